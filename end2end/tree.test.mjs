// Departments are walked and moved with the keyboard, a mouse and a finger.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { openHouse } from "./support/house.mjs";
import { text } from "./support/texts.mjs";

const { browser } = await openHouse();

describe("the tree of departments", () => {
  for (const language of ["ar", "en"]) {
    const say = (key, values) => text(language, key, values);
    const address = `/${language}/records/departments/tree`;
    const forth = language === "ar" ? "ArrowLeft" : "ArrowRight";
    const back = language === "ar" ? "ArrowRight" : "ArrowLeft";
    const line = (page, code) => page.locator(".tree-line").filter({ has: page.locator(`bdi:text-is("${code}")`) });
    const level = (locator) => locator.getAttribute("aria-level");
    const focused = (page) => page.evaluate(() => document.activeElement.querySelector(".hint")?.innerText ?? "");

    it(`is walked with the arrows of the language, in ${language}`, () =>
      browser.visit({ as: "hospital.admin", language, width: 1280 }, async (visitor) => {
        const { page } = visitor;
        await visitor.open(address);
        const lines = page.locator(".tree-line");
        const all = await lines.count();
        assert.ok(all > 4, `${all}`);
        await lines.first().focus();
        await page.keyboard.press(back);
        await lines.nth(1).waitFor({ state: "detached" });
        assert.equal(await lines.first().getAttribute("aria-expanded"), "false");
        await page.keyboard.press(forth);
        await page.keyboard.press(forth);
        await page.locator('.tree-line[aria-level="2"]:focus').waitFor();
        await page.keyboard.press("End");
        await page.waitForFunction(() => document.activeElement === [...document.querySelectorAll(".tree-line")].at(-1));
        await page.keyboard.press("Home");
        await page.waitForFunction(() => document.activeElement === document.querySelector(".tree-line"));
        await page.locator(".tree-find").fill("CARD");
        await line(page, "CARD").waitFor();
        assert.ok(await lines.count() < all, "what does not fit is out of sight");
        assert.deepEqual(await visitor.axe(), []);
      }));

    it(`moves a department with the keyboard and takes it back, in ${language}`, () =>
      browser.visit({ as: "hospital.admin", language, width: 1280 }, async (visitor) => {
        const { page } = visitor;
        await visitor.open(address);
        const card = line(page, "CARD");
        const before = await level(card);
        assert.equal(before, "3");
        await card.focus();
        await page.keyboard.press("Space");
        await page.locator(".tree-notice").waitFor();
        await page.keyboard.press("Escape");
        await page.locator(".tree-notice").waitFor({ state: "detached" });
        await page.keyboard.press("Space");
        await page.keyboard.press("Home");
        await page.keyboard.press("Enter");
        await page.getByText(say("records.tree_moved")).waitFor();
        await page.locator('.tree-line[aria-level="2"]').filter({ hasText: "CARD" }).waitFor();
        await visitor.open(address);
        assert.equal(await level(line(page, "CARD")), "2", "it was kept");
        assert.equal(await focused(page), "");
        const opd = line(page, "OPD");
        await line(page, "CARD").dragTo(opd);
        await page.locator('.tree-line[aria-level="3"]').filter({ hasText: "CARD" }).waitFor();
        await page.getByRole("button", { name: say("kit.undo") }).first().click();
        await page.locator('.tree-line[aria-level="2"]').filter({ hasText: "CARD" }).waitFor();
        await line(page, "CARD").dragTo(line(page, "OPD"));
        await page.locator('.tree-line[aria-level="3"]').filter({ hasText: "CARD" }).waitFor();
      }));

    it(`puts nothing below itself, and shows on a phone where it may stand, in ${language}`, () =>
      browser.visit({ as: "hospital.admin", language, width: 390 }, async (visitor) => {
        const { page } = visitor;
        await visitor.open(address);
        const opd = line(page, "OPD");
        await opd.getByRole("button", { name: say("kit.tree_move_this", { name: "" }).trim() }).click();
        await page.locator(".tree-notice").waitFor();
        assert.equal(await line(page, "CARD").locator(".button:visible").count(), 0);
        assert.equal(await opd.locator(".button:visible").count(), 0);
        const [shown, wide] = await page.evaluate(() => [
          document.documentElement.scrollWidth,
          document.documentElement.clientWidth,
        ]);
        assert.ok(shown <= wide, `${shown} wide on ${wide}`);
        assert.deepEqual(await visitor.axe(), []);
        await page.locator(".tree-notice .button").click();
        await page.locator(".tree-notice").waitFor({ state: "detached" });
      }));

    it(`lets those who may not move only look, in ${language}`, () =>
      browser.visit({ as: "manager", language, width: 1280 }, async (visitor) => {
        const { page } = visitor;
        await visitor.open(address);
        await line(page, "CARD").waitFor();
        assert.equal(await page.locator(".tree-act:visible").count(), 0);
        await line(page, "CARD").focus();
        await page.keyboard.press("Space");
        assert.equal(await page.locator(".tree-notice").count(), 0);
        await page.keyboard.press("Enter");
        await page.waitForURL(/departments\/[0-9a-f-]{36}$/);
      }));
  }
});
