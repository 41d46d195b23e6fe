// Saved views, the way from action to action, and what one is told.

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";

import { BAD, SEVERE } from "./support/api.mjs";
import { eventually } from "./support/eventually.mjs";
import { openHouse } from "./support/house.mjs";
import { text } from "./support/texts.mjs";

const { api, browser } = await openHouse();

const LANGUAGES = ["ar", "en"];
const tabs = (page) => page.locator("nav.tabs .tab");
const current = (page) => page.locator("nav.tabs .tab[aria-current]");
const rows = (page) => page.locator("tbody .cell-reference a");

before(async () => {
  for (let count = 0; count < 3; count += 1) await api.answered(BAD);
  await api.answered(SEVERE);
});

describe("a saved view", () => {
  for (const language of LANGUAGES) {
    const say = (key, values) => text(language, key, values);

    it(`is saved, changed, shared, opens the list, goes and comes back, in ${language}`, async () => {
      const name = language === "ar" ? `أشد الإجراءات ${Date.now()}` : `Worst first ${Date.now()}`;
      await browser.visit({ as: "coordinator", language }, async (visitor) => {
        const { page } = visitor;
        // What no view shows can be kept.
        await visitor.open(`/${language}/actions?status=open&sort=-severity`);
        await page.getByRole("button", { name: say("kit.view_save"), exact: true }).click();
        const form = page.locator("#save-view");
        await form.getByLabel(say("kit.view_name")).fill("   ");
        await page.keyboard.press("Enter");
        visitor.expectRefusals(422);
        await form.getByText(say("failures.name_required")).waitFor();
        await form.getByLabel(say("kit.view_name")).fill(name);
        await page.keyboard.press("Enter");
        const mine = page.locator("nav.tabs .tab", { hasText: name });
        await mine.waitFor();
        await eventually("the new view is the one that is shown", async () =>
          (await current(page).innerText()).includes(name));
        // The list changes a moment before the address does.
        await page.waitForURL(/view=.*status=open.*sort=-severity/);
        // What differs from it is marked, and can be kept in it.
        await page.getByRole("link", { name: say("actions.sla"), exact: true }).click();
        await page.locator(".tab-changed").waitFor();
        const kept = say("kit.view_keep", { name: `\u2068${name}\u2069` });
        await page.getByRole("button", { name: kept }).click();
        await page.locator(".tab-changed").waitFor({ state: "detached" });
        // It opens the list from now on.
        await page.getByRole("button", { name: say("kit.views"), exact: true }).click();
        const line = page.locator("#views .view-line", { hasText: name });
        await line.locator(".view-first").click();
        await page.locator(`#views .view-line:has-text("${name}") .view-first[aria-pressed=true]`).waitFor();
        await page.keyboard.press("Escape");
        await page.locator("#views[open]").waitFor({ state: "detached" });
        await page.getByRole("link", { name: say("common.nav_command_center") }).click();
        await page.waitForURL("**/command-center");
        await page.locator("nav.nav").getByRole("link", { name: say("common.nav_actions") }).click();
        await eventually("the list opens with it", async () =>
          (await current(page).innerText()).includes(name));
        // Others find it as soon as it is the team's.
        await page.getByRole("button", { name: say("kit.views"), exact: true }).click();
        await line.getByRole("button", { name: say("kit.view_edit", { name: `\u2068${name}\u2069` }) }).click();
        const change = page.locator("#change-view");
        await change.getByLabel(say("kit.view_for_team")).check();
        await change.getByRole("button", { name: say("kit.save"), exact: true }).click();
        await change.waitFor({ state: "hidden" });
        await browser.visit({ as: "manager", language }, async (manager) => {
          await manager.open(`/${language}/actions`);
          const shared = manager.page.locator("nav.tabs .tab", { hasText: name });
          assert.equal(await shared.locator(".tab-shared").count(), 1);
        });
        // It goes, and comes back.
        await line.getByRole("button", { name: say("kit.view_remove", { name: `\u2068${name}\u2069` }) }).click();
        await page.locator("nav.tabs .tab", { hasText: name }).waitFor({ state: "detached" });
        await page.locator(".toast-undo").click();
        await eventually("it is back", async () =>
          (await tabs(page).allInnerTexts()).some((label) => label.includes(name)));
      });
      await forgetView(language, name);
    });
  }
});

/** Removes what the test saved, through the page: the tests share one house. */
async function forgetView(language, name) {
  await browser.visit({ as: "coordinator", language }, async ({ page, open }) => {
    await open(`/${language}/actions`);
    await page.getByRole("button", { name: text(language, "kit.views"), exact: true }).click();
    const label = text(language, "kit.view_remove", { name: `\u2068${name}\u2069` });
    await page.getByRole("button", { name: label }).click();
    await page.locator("nav.tabs .tab", { hasText: name }).waitFor({ state: "detached" });
  });
}

describe("from an action", () => {
  for (const language of LANGUAGES) {
    it(`one goes on to the next of the list by keys and links, in ${language}`, async () => {
      await browser.visit({ as: "coordinator", language }, async (visitor) => {
        const { page } = visitor;
        await visitor.open(`/${language}/actions?status=open&sort=-opened`);
        const listed = await rows(page).allInnerTexts();
        await rows(page).first().click();
        const heading = (at) => page.getByRole("heading", { level: 1, name: listed[at] });
        await heading(0).waitFor();
        const place = page.locator(".neighbours .num-words");
        const said = (at) => text(language, "actions.place_in_list", { place: at, total: listed.length });
        await eventually("it says where one is", async () => (await place.innerText()) === said(1));
        await page.keyboard.press("KeyJ");
        await heading(1).waitFor();
        await eventually("the place follows", async () => (await place.innerText()) === said(2));
        await page.reload();
        await visitor.awake();
        await eventually("a reload keeps the list", async () => (await place.innerText()) === said(2));
        await page.keyboard.press("KeyK");
        await heading(0).waitFor();
        assert.equal(await page.locator(".neighbours a").count(), 1, "before the first there is none");
        await page.locator(".breadcrumb a").click();
        await page.waitForURL(`**/${language}/actions?status=open&sort=-opened`);
      });
    });
  }

  it("words that were being written stay with their action", async () => {
    await browser.visit({ as: "coordinator" }, async (visitor) => {
      const { page } = visitor;
      await visitor.open("/en/actions?status=open&sort=-opened");
      await rows(page).first().click();
      await page.locator("#note").fill("half a note");
      await page.locator(".neighbours a").last().click();
      await eventually("the next action has none of it", async () =>
        (await page.locator("#note").inputValue()) === "");
      await page.locator(".neighbours a").first().click();
      await eventually("the first one has it still", async () =>
        (await page.locator("#note").inputValue()) === "half a note");
    });
  });
});

describe("what one is told", () => {
  for (const [language, width] of [["ar", 390], ["en", 1440], ["en", 390]]) {
    it(`is counted, leads to its action and is read then, in ${language} at ${width} px`, async () => {
      const { encounter } = await api.answered(SEVERE);
      const { card } = await api.actionOf(encounter);
      await browser.visit({ as: "manager", language, width }, async (visitor) => {
        const { page } = visitor;
        await visitor.open(`/${language}/actions`);
        const badge = page.locator(".unread:visible");
        const unread = Number((await badge.innerText()).replace("+", ""));
        assert.ok(unread > 0);
        if (width > 1000) {
          await page.locator(".bell > summary").click();
        } else {
          await page.locator(".nav-inbox a").click();
          await page.waitForURL("**/notifications");
        }
        const notice = page.locator(".notice-unread a:visible", { hasText: card.reference });
        assert.match(await notice.innerText(), new RegExp(card.reference));
        await notice.click();
        await page.getByRole("heading", { level: 1, name: card.reference }).waitFor();
        await eventually("it counts as read", async () => {
          const left = (await badge.count()) ? Number((await badge.innerText()).replace("+", "")) : 0;
          return left === unread - 1;
        });
      });
    });
  }

  it("can be read all at once, and unread ones shown alone", async () => {
    await api.answered(SEVERE);
    await browser.visit({ as: "manager" }, async (visitor) => {
      const { page } = visitor;
      await visitor.open("/en/notifications?unread=1");
      assert.ok((await page.locator(".notices-page .notice-unread").count()) > 0);
      assert.equal(await page.locator(".notices-page .notice:not(.notice-unread)").count(), 0);
      await page.locator(".page-head button").click();
      await page.getByText(text("en", "common.told_nothing_unread")).first().waitFor();
      assert.equal(await page.locator(".unread").count(), 0);
    });
  });

  it("is there without JavaScript", async () => {
    await browser.visit({ as: "manager", javaScript: false, language: "ar" }, async ({ page, open }) => {
      await open("/ar/notifications");
      assert.ok((await page.locator(".notices-page .notice").count()) > 0);
    });
  });
});
