// Lighthouse over one page, with Debian's Chromium: prints its scores and what a phone waits for.

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [address] = process.argv.slice(2);
const chrome = await launch({
  chromePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  // Nothing but the program under test can be reached.
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
});
try {
  const { lhr } = await lighthouse(address, {
    port: chrome.port,
    logLevel: "error",
    onlyCategories: ["performance", "accessibility", "best-practices"],
  });
  const score = (name) => Math.round(lhr.categories[name].score * 100);
  const { "largest-contentful-paint": lcp, "total-blocking-time": tbt, "cumulative-layout-shift": cls } = lhr.audits;
  const failed = Object.values(lhr.audits)
    .filter(({ score, scoreDisplayMode }) => score !== null && score < 1 && scoreDisplayMode !== "informative")
    .map(({ id, displayValue }) => (displayValue ? `${id} (${displayValue})` : id));
  console.log(
    `performance ${score("performance")}, accessibility ${score("accessibility")}, ` +
      `best practices ${score("best-practices")}; LCP ${Math.round(lcp.numericValue)} ms, ` +
      `TBT ${Math.round(tbt.numericValue)} ms, CLS ${cls.numericValue.toFixed(3)}` +
      (failed.length > 0 ? `; not perfect: ${failed.join(", ")}` : ""),
  );
} finally {
  chrome.kill();
}
