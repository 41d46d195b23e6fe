// Comfort on the patient's pages. Everything works without it.
// Nothing is kept in the browser: phones are shared, and these are answers about health. What is chosen goes to the
// server at once, which keeps it as it keeps a page that was left by "back".
(() => {
  "use strict";
  const form = document.getElementById("f");
  if (!form) return;
  const offline = document.getElementById("off");
  const summary = document.querySelector(".sum");
  // Older browsers know `autofocus` on controls only.
  if (summary && !("autofocus" in HTMLElement.prototype)) summary.focus();

  // A person is here: programs that open links of mails touch nothing. Said once a page; the server remembers the first.
  const signs = ["pointerdown", "keydown", "scroll", "touchstart"];
  const seen = () => {
    // Without a connection a later sign says it.
    if (!navigator.onLine) return;
    for (const sign of signs) removeEventListener(sign, seen);
    const address = form.dataset.opened;
    if (address) fetch(address, { method: "POST", keepalive: true, redirect: "error" }).catch(() => {});
  };
  for (const sign of signs) addEventListener(sign, seen, { passive: true });

  // One hand-in at a time. Also released on "back", when the browser shows the old page again.
  let sent = false;
  let unsaved = false;
  const release = () => {
    sent = false;
    form.removeAttribute("aria-busy");
    form.inert = false;
    for (const button of document.querySelectorAll("[data-label]")) {
      button.textContent = button.dataset.label;
      button.removeAttribute("data-label");
    }
  };
  addEventListener("pageshow", release);
  const busy = (button) => {
    form.setAttribute("aria-busy", "true");
    // Not disabled: the button's name and value have to be sent along.
    const visible = form.querySelector(".bar [name=next]");
    if (button?.name === "next" && visible && !visible.dataset.label) {
      visible.dataset.label = visible.textContent;
      visible.textContent = form.dataset.saving;
    }
  };

  const tellOffline = () => {
    offline.hidden = navigator.onLine;
    if (!navigator.onLine) offline.scrollIntoView({ block: "center" });
  };

  // What is on the page is kept while it is answered. One request at a time, the latest state last: an old one that
  // arrives late would undo a newer answer.
  const kept = form.querySelector(".kept");
  let keeping = null;
  let changed = false;
  const keep = () => {
    if (keeping || sent || !changed || !navigator.onLine || !form.dataset.kept) return;
    changed = false;
    let good = false;
    // A file goes with its own button, or with the page.
    const written = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    const body = new URLSearchParams(written);
    body.append("keep", "1");
    // Older browsers have no shorter way to give up.
    const gave = new AbortController();
    const patience = setTimeout(() => gave.abort(), 8000);
    keeping = fetch(form.action, { method: "POST", body, signal: gave.signal, keepalive: true, redirect: "error" })
      .then((answer) => {
        good = answer.status === 204;
        // A page that is refused as it stands is refused again; a busy house may take it later.
        if (answer.status >= 429) changed = true;
      })
      // The next change, the connection or the button tries again.
      .catch(() => (changed = true))
      .finally(() => {
        clearTimeout(patience);
        keeping = null;
        if (good && changed) keep();
        else if (good) {
          unsaved = false;
          kept.textContent = form.dataset.kept;
        }
      });
  };
  let soon;
  const keepSoon = (wait) => {
    changed = true;
    unsaved = true;
    kept.textContent = "";
    clearTimeout(soon);
    soon = setTimeout(keep, wait);
  };
  form.addEventListener("change", () => keepSoon(300));
  form.addEventListener("input", () => keepSoon(1500));
  // Another app is opened, or the phone is put away.
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep());

  // What was handed in without a connection is handed in when it is back.
  let waiting = null;
  addEventListener("offline", tellOffline);
  addEventListener("online", () => {
    tellOffline();
    if (waiting) form.requestSubmit(waiting.isConnected ? waiting : undefined);
    else keep();
  });

  form.addEventListener("submit", (event) => {
    if (sent || !navigator.onLine) {
      event.preventDefault();
      if (!sent) waiting = event.submitter;
      tellOffline();
      return;
    }
    if (keeping) {
      // What is on its way now would come after what is handed in, and undo it.
      event.preventDefault();
      const button = event.submitter;
      busy(button);
      changed = false;
      keeping.finally(() => form.requestSubmit(button));
      return;
    }
    clearTimeout(soon);
    waiting = null;
    sent = true;
    unsaved = false;
    busy(event.submitter);
    // What is answered while a file is on its way would be lost with this page.
    const sends = [...form.querySelectorAll("[type=file]")].some((input) => input.files.length);
    form.inert = sends;
    // A phone that lost its connection gets the button back; a file takes longer.
    setTimeout(release, sends ? 180000 : 15000);
  });
  addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });

  // Characters used, in code points like the server counts. Announced by the field's description.
  for (const area of form.querySelectorAll("textarea")) {
    const max = Number(area.dataset.max);
    const count = document.createElement("output");
    count.setAttribute("aria-live", "off");
    area.nextElementSibling.append(count);
    const tell = () => {
      const used = [...area.value.trim()].length;
      count.textContent = `${used} / ${max}`;
      count.className = used > max ? "over" : "";
    };
    tell();
    area.addEventListener("input", tell);
  }

  // A file is sent as soon as it is chosen.
  for (const button of form.querySelectorAll("[name=attach]")) {
    const input = button.parentElement.querySelector("[type=file]");
    button.hidden = true;
    input.addEventListener("input", (event) => event.stopPropagation());
    input.addEventListener("change", (event) => {
      event.stopPropagation();
      if (!input.files.length) return;
      kept.textContent = form.dataset.saving;
      form.requestSubmit(button);
    });
  }

  // A chosen answer can be taken back without a round trip.
  for (const button of form.querySelectorAll("fieldset .clear")) {
    const radios = [...form.querySelectorAll("[type=radio]")].filter(
      (radio) => radio.name === button.value,
    );
    for (const radio of radios) radio.addEventListener("change", () => (button.hidden = false));
    button.addEventListener("click", (event) => {
      event.preventDefault();
      for (const radio of radios) radio.checked = false;
      button.hidden = true;
      keepSoon(300);
      radios[0].focus();
    });
  }
})();
