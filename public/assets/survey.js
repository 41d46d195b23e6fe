// Comfort on the patient's pages. Everything works without it.
// Nothing is kept in the browser: phones are shared, and these are answers about health.
(() => {
  "use strict";
  const form = document.getElementById("f");
  if (!form) return;
  const offline = document.getElementById("off");
  const summary = document.querySelector(".sum");
  // Older browsers know `autofocus` on controls only.
  if (summary && !("autofocus" in HTMLElement.prototype)) summary.focus();

  // One hand-in at a time. Also released on "back", when the browser shows the old page again.
  let sent = false;
  let unsaved = false;
  const release = () => {
    sent = false;
    form.removeAttribute("aria-busy");
    for (const button of document.querySelectorAll("[data-label]")) {
      button.textContent = button.dataset.label;
      button.removeAttribute("data-label");
    }
  };
  addEventListener("pageshow", release);

  const tellOffline = () => {
    offline.hidden = navigator.onLine;
    if (!navigator.onLine) offline.scrollIntoView({ block: "center" });
  };
  addEventListener("online", tellOffline);
  addEventListener("offline", tellOffline);

  form.addEventListener("submit", (event) => {
    if (sent || !navigator.onLine) {
      event.preventDefault();
      tellOffline();
      return;
    }
    sent = true;
    unsaved = false;
    form.setAttribute("aria-busy", "true");
    // Not disabled: the button's name and value have to be sent along.
    const visible = form.querySelector(".bar [name=next]");
    if (event.submitter?.name === "next" && visible) {
      visible.dataset.label = visible.textContent;
      visible.textContent = form.dataset.saving;
    }
    // A phone that lost its connection gets the button back.
    setTimeout(release, 15000);
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
    area.addEventListener("input", () => {
      unsaved = true;
      tell();
    });
  }

  // A chosen answer can be taken back without a round trip.
  for (const button of form.querySelectorAll(".clear")) {
    const radios = [...form.querySelectorAll("[type=radio]")].filter(
      (radio) => radio.name === button.value,
    );
    for (const radio of radios) radio.addEventListener("change", () => (button.hidden = false));
    button.addEventListener("click", (event) => {
      event.preventDefault();
      for (const radio of radios) radio.checked = false;
      button.hidden = true;
      radios[0].focus();
    });
  }
})();
