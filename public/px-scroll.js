// Back and forward return to where one was.
//
// A browser restores the place at once, but a page of ours first shows a skeleton that is shorter than
// that, and a page that is loaded anew is measured in another font before its own has come. So the
// places are kept here, and taken up again when there is room and nothing moves any more.

const KEPT = "px-scroll";
/** How long nothing may change before the page counts as complete, and how long we wait at most. */
const QUIET_MS = 300;
const PATIENCE_MS = 4000;

const places = new Map(JSON.parse(sessionStorage.getItem(KEPT) ?? "[]"));
/** The address that is perhaps being left: what moves there now is the next page's doing. */
let leaving = null;
let returning = null;

function remember() {
  if (returning || location.href === leaving) return;
  // The one that was seen last stands last: only the latest are kept.
  places.delete(location.href);
  places.set(location.href, Math.round(scrollY));
}

function mayLeave(event) {
  if (event.type === "keydown" && event.code !== "Enter") return;
  remember();
  const address = location.href;
  leaving = address;
  setTimeout(() => {
    if (leaving === address) leaving = null;
  }, 1000);
}

function comeBack() {
  leaving = null;
  const top = places.get(location.href);
  if (top === undefined) return;
  const began = performance.now();
  let changed = began;
  const watcher = new MutationObserver(() => (changed = performance.now()));
  watcher.observe(document.body, { childList: true, subtree: true });
  const visit = { end: () => watcher.disconnect() };
  returning?.end();
  returning = visit;
  const settle = (now) => {
    if (returning !== visit) return;
    if (Math.round(scrollY) !== top) scrollTo({ top, behavior: "instant" });
    const dressed = document.fonts.status === "loaded";
    const complete = dressed && Math.round(scrollY) === top && now - changed > QUIET_MS;
    if (complete || now - began > PATIENCE_MS) return stop();
    requestAnimationFrame(settle);
  };
  requestAnimationFrame(settle);
}

/** The reader moves: from here on it is theirs. */
function stop() {
  returning?.end();
  returning = null;
}

for (const input of ["wheel", "touchstart", "pointerdown", "keydown"]) {
  addEventListener(input, stop, { capture: true, passive: true });
}
addEventListener("click", mayLeave, { capture: true });
addEventListener("keydown", mayLeave, { capture: true });
addEventListener("scroll", remember, { passive: true });
addEventListener("popstate", comeBack);
addEventListener("pagehide", () => sessionStorage.setItem(KEPT, JSON.stringify([...places].slice(-50))));

const [arrival] = performance.getEntriesByType("navigation");
if (arrival?.type !== "navigate") comeBack();
