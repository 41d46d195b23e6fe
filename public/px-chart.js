// <px-chart lang="ar"><script type="application/json">{…}</script></px-chart>
//
// Draws the ECharts option that the server made. The drawing lives in a shadow root, so that the
// page stays what the server sent and can be hydrated. ECharts is loaded once, when the first chart
// comes into view. No option holds code: `px.tips` are finished sentences, colours are the names of
// custom properties, looked up here so that they follow the theme.

const ECHARTS = "/vendor/echarts.esm.min.mjs";
const ARABIC = "/vendor/echarts-ar.mjs";

let library;

/** The library with the Arabic locale, loaded once. */
function load() {
  library ??= Promise.all([import(ECHARTS), import(ARABIC).catch(() => null)]).then(
    ([echarts, arabic]) => {
      if (arabic) echarts.registerLocale("AR", arabic.default ?? arabic);
      return echarts;
    },
  );
  // A lost connection must not spoil the next attempt.
  library.catch(() => (library = undefined));
  return library;
}

/** The option with every `var(--name)` replaced by the colour it stands for. */
function resolved(value, style) {
  if (typeof value === "string") {
    const name = /^var\((--[\w-]+)\)$/.exec(value)?.[1];
    return name ? style.getPropertyValue(name).trim() : value;
  }
  if (Array.isArray(value)) return value.map((part) => resolved(part, style));
  if (value && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [key, resolved(part, style)]),
    );
  }
  return value;
}

/** The tooltip as elements: no HTML, and no inline styles that the content policy would refuse. */
function tooltip(tips, dir) {
  return (params) => {
    const box = document.createElement("div");
    box.dir = dir;
    const at = Array.isArray(params) ? params[0]?.dataIndex : params?.dataIndex;
    (tips[at] ?? []).forEach((line, i) => {
      const row = document.createElement("div");
      row.textContent = line;
      if (i === 0) row.style.fontWeight = "600";
      box.append(row);
    });
    return box;
  };
}

class PxChart extends HTMLElement {
  #place;
  #chart;
  #cleanUp = [];

  connectedCallback() {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    this.#place = document.createElement("div");
    this.#place.dir = "ltr";
    Object.assign(this.#place.style, { inlineSize: "100%", blockSize: "100%" });
    root.replaceChildren(this.#place);

    const seen = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) {
        seen.disconnect();
        this.#begin();
      }
    }, { rootMargin: "200px" });
    seen.observe(this);
    this.#cleanUp.push(() => seen.disconnect());
  }

  disconnectedCallback() {
    this.#cleanUp.splice(0).forEach((undo) => undo());
    this.#chart?.dispose();
    this.#chart = undefined;
  }

  /** Draws, and draws again whenever data, theme or motion change. */
  #begin() {
    const draw = () => this.#draw();
    const data = new MutationObserver(draw);
    data.observe(this, { childList: true, subtree: true, characterData: true });
    const theme = new MutationObserver(draw);
    theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    const size = new ResizeObserver(() => this.#chart?.resize());
    size.observe(this);
    const queries = ["(prefers-color-scheme: dark)", "(prefers-reduced-motion: reduce)"].map(
      (query) => matchMedia(query),
    );
    queries.forEach((query) => query.addEventListener("change", draw));
    this.#cleanUp.push(() => {
      [data, theme, size].forEach((observer) => observer.disconnect());
      queries.forEach((query) => query.removeEventListener("change", draw));
    });
    draw();
  }

  async #draw() {
    let echarts;
    try {
      echarts = await load();
    } catch {
      // The table below the chart says the same.
      this.hidden = true;
      return;
    }
    const source = this.querySelector("script[type='application/json']")?.textContent;
    if (!this.isConnected || !source) return;

    const { px, ...option } = resolved(JSON.parse(source), getComputedStyle(this));
    const font = getComputedStyle(this).fontFamily;
    const fonts = (key, value) => (key === "fontFamily" ? font : value);
    const drawn = JSON.parse(JSON.stringify(option), fonts);
    drawn.animation = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    drawn.aria = { enabled: false };
    if (drawn.tooltip) drawn.tooltip.formatter = tooltip(px.tips, px.dir);

    this.#chart ??= echarts.init(this.#place, null, {
      renderer: "svg",
      locale: this.lang === "ar" ? "AR" : "EN",
    });
    this.#chart.setOption(drawn, { notMerge: true });
  }
}

customElements.define("px-chart", PxChart);
