// The audit log as people read it, and a page that is older than the server.

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";

import { BAD } from "./support/api.mjs";
import { eventually } from "./support/eventually.mjs";
import { openHouse } from "./support/house.mjs";
import { text } from "./support/texts.mjs";

const { api, browser } = await openHouse();

const LANGUAGES = ["ar", "en"];
const lines = (page) => page.locator(".log > li");

let action;

before(async () => {
  const { encounter } = await api.answered(BAD);
  action = await api.actionOf(encounter);
  await api.post("coordinator", `/api/actions/${action.card.id}/start/`, { version: action.version });
});

describe("the audit log", () => {
  for (const language of LANGUAGES) {
    const say = (key, values) => text(language, key, values);

    it(`is found in the navigation, filtered, opened and taken along, in ${language}`, () =>
      browser.visit({ as: "admin", language }, async (visitor) => {
        const { page } = visitor;
        await visitor.open(`/${language}/command-center`);
        await page.locator("nav.nav").getByRole("link", { name: say("common.nav_audit") }).click();
        await page.waitForURL(`**/${language}/audit`);
        await lines(page).first().waitFor();
        assert.ok((await lines(page).count()) > 5);
        // Narrowed by what was done.
        await page.locator(".menu.filter > summary").click();
        await page.getByLabel(say("audit.action"), { exact: true }).selectOption("action.started");
        await page.getByRole("button", { name: say("audit.apply_filter") }).click();
        await page.waitForURL("**/audit?action=action.started");
        await eventually("only what was asked for is shown", async () => {
          const found = await page.locator(".log-what").allInnerTexts();
          return found.length > 0 && found.every((words) => words === say("audit.did_action_started"));
        });
        // Opened, and from there to all about the same thing.
        const line = lines(page).first();
        await line.locator("summary").click();
        await line.getByText("action.started", { exact: true }).waitFor();
        await line.getByRole("link", { name: say("audit.same_thing") }).click();
        await page.waitForURL(/entity=action&entity_id=/);
        await eventually("the opening of the action is shown too", async () =>
          (await page.locator(".log-what").allInnerTexts()).includes(say("audit.did_action_opened")));
        // A filter is taken away by its chip.
        await page.locator("a.chip").first().click();
        await eventually("there is one chip less", async () => (await page.locator("a.chip").count()) < 2);
        // The file holds what the filter finds, and taking it is remembered.
        await visitor.open(`/${language}/audit?action=action.started`);
        const href = await page.locator(".files a").first().getAttribute("href");
        const file = await page.evaluate(async (href) => (await fetch(href)).text(), href);
        const rows = file.trim().split("\r\n");
        assert.ok(rows.length > 1 && rows.slice(1).every((row) => row.includes(",action.started,")));
        await visitor.open(`/${language}/audit?action=audit.exported`);
        assert.ok((await lines(page).count()) >= 1);
        await lines(page).first().locator("summary").click();
        const facts = await lines(page).first().innerText();
        assert.ok(facts.includes("filter.action"), facts);
      }));

    it(`is read without scripts and on a phone, in ${language}`, async () => {
      await browser.visit({ as: "admin", language, javaScript: false }, async (visitor) => {
        const { page } = visitor;
        await visitor.open(`/${language}/audit?search=${action.card.id}`);
        await lines(page).first().locator("summary").click();
        assert.ok(await lines(page).first().locator(".log-body").isVisible());
      });
      await browser.visit({ as: "admin", language, width: 390 }, async (visitor) => {
        const { page } = visitor;
        await visitor.open(`/${language}/audit`);
        await lines(page).first().locator("summary").click();
        const [shown, wide] = await page.evaluate(() =>
          [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
        assert.ok(shown <= wide, `${shown} wide on ${wide}`);
        assert.deepEqual(await visitor.axe(), []);
      });
    });
  }

  it("goes on to older entries and back to the first", () =>
    browser.visit({ as: "admin" }, async (visitor) => {
      const { page } = visitor;
      await visitor.open("/en/audit?size=25");
      const newest = await lines(page).first().getAttribute("id");
      await page.getByRole("link", { name: text("en", "common.next_page") }).click();
      await page.waitForURL(/cursor=\d+/);
      await eventually("other entries are shown", async () =>
        (await lines(page).first().getAttribute("id")) !== newest);
      await page.getByRole("link", { name: text("en", "common.first_page") }).click();
      await eventually("the newest are shown again", async () =>
        (await lines(page).count()) === 25 && !page.url().includes("cursor"));
    }));

  it("is offered to nobody who may not read it", () =>
    browser.visit({ as: "coordinator" }, async (visitor) => {
      const { page } = visitor;
      await visitor.open("/en/actions");
      const link = page.locator("nav.nav").getByRole("link", { name: text("en", "common.nav_audit") });
      assert.equal(await link.count(), 0);
      await visitor.open("/en/audit", 403);
    }));
});

describe("a page that is older than the server", () => {
  it("changes nothing, and says at once that there is a newer version", () =>
    browser.visit({ as: "coordinator" }, async (visitor) => {
      const { page } = visitor;
      const entries = page.locator(".timeline > li");
      await visitor.open(`/en/actions/${action.card.id}`);
      const before = await entries.count();
      await page.route("**/rpc/actions/note*", (route) =>
        route.continue({
          headers: { ...route.request().headers(), accept: "application/vnd.px360.page;build=0" },
        }));
      visitor.expectRefusals(412);
      await page.getByLabel(text("en", "actions.internal_note")).fill("Written on an old page.");
      await page.getByRole("button", { name: text("en", "actions.save_note") }).click();
      await page.getByText(text("en", "failures.outdated")).waitFor();
      await page.locator(".banner-info").getByText(text("en", "kit.new_version")).waitFor();
      await page.unroute("**/rpc/actions/note*");
      await visitor.open(`/en/actions/${action.card.id}`);
      assert.equal(await entries.count(), before);
    }));
});
