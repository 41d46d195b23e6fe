// A real browser that lets nothing pass: whatever a page complains about fails the test.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { chromium } from "playwright-core";

import { PASSWORD } from "./api.mjs";

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-quic",
  "--no-first-run",
  // Nothing but the program under test can be reached.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PATIENCE_MS = 10_000;

/** One browser for one test file. */
export async function openBrowser(server) {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  return new Visitors(await chromium.launch({ executablePath, args: ARGUMENTS }), server);
}

/** Makes visitors, and remembers who is signed in. */
class Visitors {
  #browser;
  #server;
  #sessions = new Map();

  constructor(browser, server) {
    this.#browser = browser;
    this.#server = server;
  }

  /** Closes the browser. */
  close() {
    return this.#browser.close();
  }

  /**
   * Lets a visitor do something, and fails if a page complained meanwhile.
   *
   * `as` signs somebody in; `javaScript: false` is a browser without scripts.
   */
  async visit(how, doing) {
    const { as, language = "en", theme = "light", width = 1440, javaScript = true } = how;
    const context = await this.#browser.newContext({
      baseURL: this.#server.url,
      locale: language === "ar" ? "ar-SA" : "en-US",
      timezoneId: "Asia/Riyadh",
      colorScheme: theme,
      reducedMotion: "reduce",
      javaScriptEnabled: javaScript,
      viewport: { width, height: width < 768 ? 844 : 900 },
      isMobile: width < 768,
      hasTouch: width < 768,
      deviceScaleFactor: 1,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const faults = new Faults(context, this.#server.url, javaScript);
    try {
      if (as) await this.#signIn(context, as);
      const page = await context.newPage();
      const result = await doing(new Visitor(page, faults, javaScript));
      faults.mustBeNone();
      return result;
    } catch (error) {
      error.message = faults.beside(error.message);
      throw error;
    } finally {
      await context.close();
    }
  }

  async #signIn(context, username) {
    if (!this.#sessions.has(username)) {
      const answer = await context.request.post("/en/login", {
        form: { username, password: PASSWORD },
        headers: { origin: this.#server.url },
        maxRedirects: 0,
      });
      if (answer.status() !== 303) throw new Error(`${username} cannot sign in: ${answer.status()}`);
      this.#sessions.set(username, await context.cookies());
    }
    await context.addCookies(this.#sessions.get(username));
  }
}

/** Somebody with one tab. */
class Visitor {
  #faults;
  #javaScript;

  constructor(page, faults, javaScript) {
    this.page = page;
    this.#faults = faults;
    this.#javaScript = javaScript;
  }

  /** Goes to an address that must answer with this status, and waits until the page is awake. */
  open = async (address, status = 200) => {
    const answer = await this.page.goto(address);
    if (answer.status() !== status) {
      throw new Error(`${address} answers ${answer.status()}, not ${status}`);
    }
    await this.awake();
    return answer;
  };

  /** Waits for hydration, where the page is one that hydrates. */
  awake = async () => {
    const sleeps = this.#javaScript && (await this.page.locator("head link[rel=modulepreload]").count());
    if (!sleeps) return;
    await this.page.waitForFunction(() =>
      document.documentElement.hasAttribute("data-awake") || document.querySelector("#page-broke:not([hidden])"));
    // What follows from waking up, such as buttons that may be pressed now, is a turn of the event loop away.
    await this.page.evaluate(() => new Promise((done) => setTimeout(() => setTimeout(done))));
  };

  /** Requests of the page that are meant to fail with this status. */
  expectRefusals = (status) => {
    this.#faults.expected.add(status);
  };

  /** The page is meant to break from here on. */
  expectBreakdown = () => {
    this.#faults.mayBreak = true;
  };

  /** Every violation of the accessibility rules, as lines. */
  axe = async () => {
    await this.page.evaluate(AXE);
    return this.page.evaluate(async (tags) => {
      const { violations } = await axe.run(document, { runOnly: { type: "tag", values: tags } });
      return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ target, failureSummary }) =>
          `${id} (${help}): ${target.join(" ")} ${failureSummary.split("\n").slice(1).join(";")}`,
        ),
      );
    }, AXE_TAGS);
  };
}

/** What pages complained about. */
class Faults {
  #found = [];
  /** Statuses of answers that the test wants. */
  expected = new Set();
  /** Whether the page is meant to break. */
  mayBreak = false;

  constructor(context, origin, javaScript) {
    const note = (fault) => this.#found.push(fault);
    const local = (url) => url.startsWith(`${origin}/`) || /^(data|blob|about):/.test(url);
    context.on("request", (request) => {
      if (!local(request.url())) note(`external request: ${request.url()}`);
    });
    context.on("response", (response) => {
      const refused = response.status() >= 400 && !response.request().isNavigationRequest();
      if (refused && !this.expected.has(response.status())) {
        note(`${response.status()} for ${response.url()}`);
      }
    });
    context.on("requestfailed", (request) => {
      const why = request.failure()?.errorText;
      // The browser gives up what the page it leaves still wanted.
      const left = why === "net::ERR_ABORTED";
      // What it is told to preload, a browser without scripts refuses with this reason.
      const unwanted = !javaScript && why === "csp" && request.resourceType() === "script";
      if (!left && !unwanted) note(`${why} for ${request.url()}`);
    });
    context.on("console", (message) => {
      const said = message.text();
      // Told with more precision above; a page may itself be a 404.
      const known = said.startsWith("Failed to load resource");
      if (["error", "warning"].includes(message.type()) && !known && !this.mayBreak) {
        note(`console ${message.type()} on ${message.page()?.url()}: ${said}`);
      }
    });
    context.on("weberror", (error) => {
      if (!this.mayBreak) note(`uncaught: ${error.error().stack}`);
    });
  }

  mustBeNone() {
    if (this.#found.length > 0) throw new Error("the pages complained");
  }

  beside(message) {
    return [message, ...this.#found].join("\n  ");
  }
}
