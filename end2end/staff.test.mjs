// The staff's side: signing in and out, languages, themes, filters, the keyboard, and saying no.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { BAD, PASSWORD } from "./support/api.mjs";
import { readBoard, mustAgree } from "./support/board.mjs";
import { eventually } from "./support/eventually.mjs";
import { openHouse } from "./support/house.mjs";
import { text } from "./support/texts.mjs";

const { api, browser, server } = await openHouse();

const sentence = (key, values) => text("en", key, values);
const queryOf = (page) => new URL(page.url()).search;

/** An action that was just opened. */
async function open(answers, visit) {
  const { encounter } = await api.answered(answers, visit);
  return api.actionOf(encounter);
}

async function signIn(page, username, password) {
  await page.getByLabel(sentence("public.login_username")).fill(username);
  await page.getByLabel(sentence("public.login_password"), { exact: true }).fill(password);
  await page.keyboard.press("Enter");
}

describe("signing in", () => {
  it("says what is wrong, keeps the name and forgets the password, also without JavaScript", async () => {
    await browser.visit({ javaScript: false }, async (visitor) => {
      const { page } = visitor;
      await visitor.open("/en/login?next=%2Fen%2Fcommand-center");
      await signIn(page, "viewer", "not-the-password");
      const summary = page.getByRole("alert");
      await summary.waitFor();
      const said = sentence("public.login_fault_credentials");
      assert.equal(await summary.getByRole("link").innerText(), said);
      assert.equal(await page.locator("#username-fault").innerText(), said);
      assert.match(await page.title(), /^Error: /);
      assert.ok(await summary.evaluate((element) => element === document.activeElement));
      assert.equal(await page.locator("#username").inputValue(), "viewer");
      assert.equal(await page.locator("#password").inputValue(), "");
      assert.equal((await page.context().cookies()).length, 0);
      await signIn(page, "viewer", PASSWORD);
      await page.waitForURL("**/en/command-center");
    });
  });

  it("names each field that is empty", async () => {
    await browser.visit({ language: "ar" }, async (visitor) => {
      const { page } = visitor;
      await visitor.open("/ar/login");
      await page.locator("form button").click();
      const links = page.getByRole("alert").getByRole("link");
      await links.first().waitFor();
      assert.deepEqual(
        await links.allInnerTexts(),
        ["username", "password"].map((field) => text("ar", `public.login_fault_${field}`)),
      );
    });
  });

  it("leads to the page that was asked for, and never to another site", async () => {
    for (const [next, lands] of [
      ["/en/actions?status=closed", "/en/actions?status=closed"],
      ["//evil.example/", "/en"],
      ["https://evil.example/", "/en"],
      ["/\\evil.example", "/en"],
    ]) {
      const answer = await fetch(`${server.url}/en/login`, {
        method: "POST",
        redirect: "manual",
        body: new URLSearchParams({ username: "admin", password: PASSWORD, next }),
      });
      assert.deepEqual([answer.status, answer.headers.get("location")], [303, lands]);
    }
  });

  it("is asked of everybody who opens a page of the staff", async () => {
    for (const path of ["/en", "/en/actions?overdue=1", "/en/command-center", "/ar/actions/x"]) {
      const answer = await fetch(server.url + path, { redirect: "manual" });
      assert.equal(answer.status, 303, path);
      const login = new URL(answer.headers.get("location"), server.url);
      assert.equal(login.pathname, `/${path.slice(1, 3)}/login`);
      assert.equal(login.searchParams.get("next"), path);
    }
  });
});

describe("signing out", () => {
  it("ends the session, and the pages seen before do not come back", async () => {
    await browser.visit({}, async (visitor) => {
      const { page } = visitor;
      await visitor.open("/en/login");
      await signIn(page, "coordinator", PASSWORD);
      await page.waitForURL("**/actions");
      await visitor.open("/en/actions");
      const [session] = await page.context().cookies();
      await page.locator(".menu.profile > summary").click();
      await page.getByRole("button", { name: sentence("common.sign_out") }).click();
      await page.waitForURL("**/en/login");
      await page.goBack();
      await page.waitForURL("**/en/login?next=*");
      // Somebody who has kept the cookie gets nowhere with it, and the log says so.
      server.expectComplaint(/suspicious activity: record not found in store/);
      const cookie = `${session.name}=${session.value}`;
      const answer = await fetch(`${server.url}/en/actions`, { headers: { cookie }, redirect: "manual" });
      assert.equal(answer.status, 303);
    });
  });
});

describe("switching the language", () => {
  it("keeps the page and its filters", async () => {
    const query = "?status=open&status=in_progress&overdue=1";
    await browser.visit({ as: "coordinator" }, async (visitor) => {
      const { page } = visitor;
      await visitor.open(`/en/actions${query}`);
      await page.getByRole("link", { name: "العربية" }).click();
      await page.waitForURL(`**/ar/actions${query}`);
      assert.equal(await page.locator("html").getAttribute("dir"), "rtl");
      assert.equal(await page.locator("h1").innerText(), text("ar", "actions.title"));
      await page.getByRole("link", { name: "English" }).click();
      await page.waitForURL(`**/en/actions${query}`);
    });
  });

  it("keeps where one was going, on the sign-in page", async () => {
    await browser.visit({ javaScript: false }, async (visitor) => {
      const { page } = visitor;
      await visitor.open("/en/login?next=%2Fen%2Factions%3Foverdue%3D1");
      await page.getByRole("link", { name: "العربية" }).click();
      const { pathname, searchParams } = new URL(page.url());
      assert.deepEqual([pathname, searchParams.get("next")], ["/ar/login", "/ar/actions?overdue=1"]);
    });
  });
});

describe("the theme", () => {
  it("is remembered, and known before the first paint", async () => {
    await browser.visit({ as: "coordinator" }, async (visitor) => {
      const { page } = visitor;
      await visitor.open("/en/actions");
      const html = page.locator("html");
      const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      assert.equal(await html.getAttribute("data-theme"), "system");
      const light = await background();
      await page.locator(".menu.profile > summary").click();
      await page.getByRole("button", { name: sentence("common.theme_dark") }).click();
      assert.equal(await html.getAttribute("data-theme"), "dark");
      assert.notEqual(await background(), light);
      const dark = await background();
      const answer = await visitor.open("/en/command-center");
      assert.match((await answer.text()).slice(0, 200), /<html[^>]* data-theme="dark"/);
      assert.equal(await background(), dark);
      await page.locator(".menu.profile > summary").click();
      const chosen = page.getByRole("button", { name: sentence("common.theme_dark") });
      assert.equal(await chosen.getAttribute("aria-pressed"), "true");
    });
  });

  it("comes with the page itself, without any script", async () => {
    await browser.visit({ as: "coordinator", javaScript: false }, async (visitor) => {
      const { page } = visitor;
      await page.context().addCookies([{ name: "px_theme", value: "dark", url: server.url }]);
      await visitor.open("/en/actions");
      const scheme = await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
      assert.equal(scheme, "dark");
    });
  });
});

describe("the filters of the list", () => {
  /** What the rows say about the state of each action. */
  const shown = (page) => page.locator("tbody .cell-status").allInnerTexts();
  const narrow = async (page) => {
    await page.locator(".menu.filter > summary").click();
    await page.getByRole("checkbox", { name: sentence("actions.status_closed") }).check();
    await page.getByRole("button", { name: sentence("actions.apply_filter") }).click();
    await page.waitForURL("**/en/actions?*status=closed*");
    await page.locator(".chip").waitFor();
  };
  const mustBeClosed = async (page) => {
    const states = await eventually("only closed actions are shown", async () => {
      const found = await shown(page);
      return found.length > 0 && found.every((state) => state.includes("Closed")) && found;
    });
    const { total } = await api.get("coordinator", "/api/actions/?status=closed");
    assert.equal(states.length, total);
    assert.equal(await page.locator(".list-summary span").first().innerText(), `${total} actions`);
  };

  for (const javaScript of [true, false]) {
    it(`live in the address: reload, back and forward keep them, ${javaScript ? "with" : "without"} JavaScript`, async () => {
      await browser.visit({ as: "coordinator", javaScript }, async (visitor) => {
        const { page } = visitor;
        await visitor.open("/en/actions");
        const everything = await shown(page);
        await narrow(page);
        await mustBeClosed(page);
        await page.reload();
        await visitor.awake();
        await mustBeClosed(page);
        await page.goBack();
        assert.equal(queryOf(page), "");
        await eventually("all live actions are back", async () =>
          (await shown(page)).join() === everything.join());
        await page.goForward();
        await mustBeClosed(page);
        await page.locator(".chip").click();
        await eventually("the filter is gone", async () =>
          queryOf(page) === "" && (await shown(page)).join() === everything.join());
      });
    });
  }

  it("add up, and the counts beside the views are true", async () => {
    const overdue = await api.get("coordinator", "/api/actions/?status=open&overdue=true");
    await browser.visit({ as: "coordinator" }, async (visitor) => {
      const { page } = visitor;
      await visitor.open("/en/actions?overdue=1&status=open");
      assert.deepEqual(
        await page.locator("tbody .cell-reference").allInnerTexts(),
        overdue.items.map(({ reference }) => reference),
      );
      const { live, overdue: late, pending_approval: pending, mine } = overdue.counts;
      const counts = await page.locator(".tab-count").allInnerTexts();
      // Behind these four stand the views that people saved.
      assert.deepEqual(counts.slice(0, 4).map(Number), [live, late, pending, mine]);
    });
  });

  it("of nonsense in the address show the list instead of an error", async () => {
    await browser.visit({ as: "coordinator" }, async (visitor) => {
      await visitor.open("/en/actions?status=banana&overdue=perhaps&hospital=");
      assert.ok((await shown(visitor.page)).length > 0);
    });
  });
});

describe("pages of the staff without JavaScript", () => {
  it("show every number and table", async () => {
    const numbers = await api.dashboard();
    await browser.visit({ as: "admin", javaScript: false }, async (visitor) => {
      await visitor.open("/en/command-center");
      mustAgree(await readBoard(visitor.page), numbers);
      const rows = await visitor.page.locator(".departments tbody tr").count();
      assert.equal(rows, numbers.departments.length);
    });
  });

  it("say the same as after waking up", async () => {
    for (const path of ["/en/actions", "/ar/command-center"]) {
      const words = (javaScript) =>
        browser.visit({ as: "coordinator", javaScript }, async ({ page, open: goTo }) => {
          await goTo(path);
          const text = await page.locator("body").innerText();
          // The minute may have changed in between: on the clock, and in what is left of a deadline.
          return text.replace(/\d\d:\d\d/g, "").replace(/(?:\d+ (?:hour|minute)s? ?)+/g, "");
        });
      assert.equal(await words(true), await words(false), path);
    }
  });
});

describe("the keyboard", () => {
  it("goes from the first tab over the skip link to the first action and opens it", async () => {
    await browser.visit({ as: "coordinator" }, async (visitor) => {
      const { page } = visitor;
      await visitor.open("/en/actions");
      const focused = page.locator(":focus");
      await page.keyboard.press("Tab");
      assert.equal(await focused.innerText(), sentence("common.skip_to_content"));
      const box = await focused.boundingBox();
      assert.ok(box.y >= 0 && box.height >= 24, "the skip link stays out of sight");
      await page.keyboard.press("Enter");
      const first = page.locator("tbody .cell-reference a").first();
      const reference = await first.innerText();
      const passed = [];
      while ((await focused.innerText()) !== reference) {
        await page.keyboard.press("Tab");
        passed.push(await focused.innerText());
        assert.ok(passed.length < 18, `never came to ${reference}: ${passed.join(" | ")}`);
        // The link of a row shows it around the whole row.
        const outlines = await focused.evaluate((element) =>
          [null, "::after"].map((part) => getComputedStyle(element, part).outlineStyle));
        assert.ok(outlines.includes("solid"), `the focus cannot be seen on: ${passed.at(-1)}`);
      }
      // Top bar and navigation were skipped.
      assert.ok(!passed.includes(sentence("common.nav_actions")), passed.join(" | "));
      await page.keyboard.press("Enter");
      const heading = page.getByRole("heading", { level: 1, name: reference });
      await heading.waitFor();
      await eventually("the heading has the focus", () =>
        heading.evaluate((element) => element === document.activeElement));
    });
  });

  it("comes to the heading also where a part of the page is late", async () => {
    await browser.visit({ as: "coordinator" }, async ({ page, open: goTo }) => {
      await goTo("/en/actions");
      let letThrough;
      const late = new Promise((resolve) => (letThrough = resolve));
      await page.route("**/rpc/actions/neighbours*", async (route) => {
        await late;
        await route.continue();
      });
      const detail = page.waitForResponse("**/rpc/actions/detail*");
      await page.locator("tbody .cell-reference a").first().click();
      await (await detail).finished();
      // Longer than building the page takes.
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      for (let frames = 0; frames < 20; frames += 1) await page.evaluate(frame);
      letThrough();
      await eventually("the heading has the focus", () =>
        page.evaluate(() => document.activeElement === document.querySelector("h1")));
      assert.match(page.url(), /\/en\/actions\/[^/]+/);
    });
  });

  it("opens a menu and leaves it with Escape", async () => {
    await browser.visit({ as: "coordinator" }, async (visitor) => {
      const { page } = visitor;
      await visitor.open("/en/actions");
      const summary = page.locator(".menu.profile > summary");
      await summary.focus();
      await page.keyboard.press("Enter");
      const way = page.getByRole("button", { name: sentence("common.sign_out") });
      await way.waitFor();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Escape");
      await way.waitFor({ state: "hidden" });
      assert.ok(await summary.evaluate((element) => element === document.activeElement));
    });
  });

  it("hands in a note with Ctrl+Enter", async () => {
    const action = await open(BAD);
    await browser.visit({ as: "coordinator" }, async (visitor) => {
      const { page } = visitor;
      await visitor.open(`/en/actions/${action.card.id}`);
      await page.getByLabel(sentence("actions.internal_note")).fill("Called, no answer.");
      await page.keyboard.press("Control+Enter");
      await page.getByRole("status").getByText(sentence("actions.noted")).waitFor();
      await page.locator(".timeline").getByText("Called, no answer.").waitFor();
      assert.equal(await page.getByLabel(sentence("actions.internal_note")).inputValue(), "");
    });
  });
});
