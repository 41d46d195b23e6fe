// The kit in the gallery: every piece by keyboard, in both directions of reading.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { eventually } from "./support/eventually.mjs";
import { openHouse } from "./support/house.mjs";
import { text } from "./support/texts.mjs";

const { browser, server } = await openHouse();

/** Opens the gallery as a coordinator. */
function gallery(language, doing) {
  return browser.visit({ as: "coordinator", language }, async (visitor) => {
    await visitor.open(`/${language}/gallery`);
    return doing(visitor.page, (key, values) => text(language, key, values));
  });
}

const focusedId = (page) => page.evaluate(() => document.activeElement.id);
const focusedText = (page) => page.evaluate(() => document.activeElement.textContent.trim());

for (const language of ["ar", "en"]) {
  const [forward, back] = language === "ar" ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];

  describe(`the kit in ${language}`, () => {
    it("moves along tabs as they are read, and opens one only when it is chosen", () =>
      gallery(language, async (page) => {
        await page.locator("#tab-notes").focus();
        await page.keyboard.press(forward);
        assert.equal(await focusedId(page), "tab-calls");
        assert.equal(await page.locator("#tab-notes").getAttribute("aria-selected"), "true");
        await page.keyboard.press("Enter");
        await page.locator("#panel-calls:visible").waitFor();
        await page.keyboard.press(back);
        await page.keyboard.press(back);
        assert.equal(await focusedId(page), "tab-files");
      }));

    it("keeps the keyboard in a dialog and gives it back", () =>
      gallery(language, async (page, say) => {
        const opener = page.getByRole("button", { name: say("gallery.open_dialog") });
        await opener.focus();
        await page.keyboard.press("Enter");
        await page.locator("#g-dialog[open]").waitFor();
        for (let i = 0; i < 4; i += 1) {
          await page.keyboard.press("Tab");
          const inside = await page.evaluate(() => {
            const active = document.activeElement;
            return active === document.body || document.querySelector("#g-dialog").contains(active);
          });
          assert.ok(inside);
        }
        await page.keyboard.press("Escape");
        await page.locator("#g-dialog:not([open])").waitFor({ state: "attached" });
        await eventually("the opener has the keyboard", async () =>
          (await focusedText(page)) === say("gallery.open_dialog"));
      }));

    it("asks for the word before it deletes, and says why not", () =>
      gallery(language, async (page, say) => {
        await page.getByRole("button", { name: say("gallery.open_confirm") }).click();
        const dialog = page.locator("#g-confirm[open]");
        const deed = dialog.locator(".button-danger");
        assert.equal(await deed.getAttribute("aria-disabled"), "true");
        await deed.click({ force: true });
        assert.ok(await dialog.isVisible());
        await dialog.getByRole("textbox").fill("RYD");
        await eventually("it may be pressed", async () => !(await deed.getAttribute("aria-disabled")));
        await deed.click();
        await dialog.waitFor({ state: "hidden" });
      }));

    it("finds by folded letters, picks by keyboard, and puts half-typed words back", () =>
      gallery(language, async (page, say) => {
        const field = page.locator("#g-doctor");
        await field.focus();
        await page.keyboard.type(language === "ar" ? "ساره" : "sara");
        const line = page.locator("#g-doctor-list [role=option]");
        await line.first().waitFor();
        assert.equal(await line.count(), 1);
        const said = page.locator(".combobox-said");
        assert.equal(await said.innerText(), say("kit.found", { count: 1 }));
        await page.keyboard.press("ArrowDown");
        assert.equal(await field.getAttribute("aria-activedescendant"), "g-doctor-0");
        await page.keyboard.press("Enter");
        const picked = await field.inputValue();
        assert.match(picked, language === "ar" ? /سارة/ : /Sara/);
        assert.equal(await field.getAttribute("aria-expanded"), "false");
        await page.keyboard.type("zzz");
        await page.keyboard.press("Tab");
        await eventually("the pick stands again", async () => (await field.inputValue()) === picked);
      }));

    it("says why somebody cannot be picked, and offers to create what is not there", () =>
      gallery(language, async (page, say) => {
        const field = page.locator("#g-doctor");
        await field.fill(language === "ar" ? "نورة" : "noura");
        const line = page.locator("#g-doctor-list [role=option]");
        await line.first().waitFor();
        assert.equal(await line.first().getAttribute("aria-disabled"), "true");
        assert.ok((await line.first().innerText()).includes(say("gallery.on_leave")));
        await line.first().click({ force: true });
        assert.equal(await field.getAttribute("aria-expanded"), "true");
        await field.fill("Xyz");
        await page.getByRole("button", { name: say("kit.create_from", { words: "Xyz" }) }).click();
        assert.equal(await page.locator("#g-created").innerText(), "Xyz");
      }));

    it("selects rows by keyboard and means all that match", () =>
      gallery(language, async (page, say) => {
        await page.locator("#g-table tbody th a").first().focus();
        await page.keyboard.press("KeyX");
        const count = page.locator(".bulk-count");
        const shown = (n) => say("kit.picked", { count: n, shown: n.toLocaleString("en") });
        assert.equal(await count.innerText(), shown(1));
        await page.keyboard.press("KeyJ");
        await page.keyboard.press("KeyJ");
        await page.keyboard.press("Shift+KeyX");
        assert.equal(await count.innerText(), shown(3));
        const all = say("kit.pick_all_matching", { count: 1284, shown: "1,284" });
        await page.getByRole("button", { name: all }).click();
        assert.equal(await count.innerText(), shown(1284));
        await page.getByRole("button", { name: say("kit.pick_none") }).click();
        await page.locator(".bulk").waitFor({ state: "hidden" });
      }));

    it("sorts by a link that says so, and the way back undoes it", () =>
      gallery(language, async (page, say) => {
        const head = page.getByRole("columnheader", { name: say("gallery.open_actions") });
        await head.getByRole("link").click();
        await page.waitForURL("**?sort=count");
        assert.equal(await head.getAttribute("aria-sort"), "ascending");
        assert.match(await page.locator("#g-table tbody tr").first().innerText(), /PHAR/);
        await head.getByRole("link").click();
        await page.waitForURL("**?sort=-count");
        assert.match(await page.locator("#g-table tbody tr").first().innerText(), /EMER/);
        await page.goBack();
        await page.waitForURL("**?sort=count");
        await eventually("sorted upwards again", async () =>
          /PHAR/.test(await page.locator("#g-table tbody tr").first().innerText()));
      }));

    it("shows the chosen columns in the chosen order, from the address", () =>
      gallery(language, async (page, say) => {
        await page.getByRole("button", { name: say("kit.columns"), exact: true }).click();
        const dialog = page.locator("#columns[open]");
        await dialog.getByRole("checkbox", { name: say("gallery.state") }).uncheck();
        const up = say("kit.move_up", { name: say("gallery.open_actions") });
        await dialog.getByRole("button", { name: up }).click();
        await dialog.getByRole("button", { name: say("kit.apply") }).click();
        await page.waitForURL(/cols=code(,|%2C)count(,|%2C)name/);
        const heads = page.locator("#g-table thead th:not(.cell-pick)");
        const wanted = ["code", "open_actions", "name"].map((key) => say(`gallery.${key}`));
        await eventually("three columns", async () => (await heads.count()) === 3);
        assert.deepEqual((await heads.allInnerTexts()).map((head) => head.trim()), wanted);
        await page.reload();
        assert.deepEqual((await heads.allInnerTexts()).map((head) => head.trim()), wanted);
      }));

    it("takes a deed back from the message that told of it", () =>
      gallery(language, async (page, say) => {
        const pressed = page.locator("#pressed");
        await page.getByRole("button", { name: say("gallery.say_with_undo") }).click();
        assert.equal(await pressed.innerText(), "1");
        await page.getByRole("button", { name: say("kit.undo") }).click();
        assert.equal(await pressed.innerText(), "0");
      }));

    it("walks a menu of commands and does not do what cannot be done", () =>
      gallery(language, async (page, say) => {
        await page.getByRole("button", { name: say("kit.more") }).focus();
        await page.keyboard.press("ArrowDown");
        await eventually("the first command has the keyboard", async () =>
          (await focusedText(page)).startsWith(say("gallery.assign")));
        await page.keyboard.press("End");
        await eventually("the last one", async () =>
          (await focusedText(page)).startsWith(say("gallery.delete")));
        await page.keyboard.press("Enter");
        assert.equal(await page.locator("#pressed").innerText(), "0");
        await page.keyboard.press("Home");
        await page.keyboard.press("Enter");
        assert.equal(await page.locator("#pressed").innerText(), "1");
      }));

    it("takes digits of three scripts and shows what it recognised", () =>
      gallery(language, async (page) => {
        const phone = page.locator("#g-phone");
        await phone.fill("۰۵۰۱۲۳۴۵۶۷");
        await phone.blur();
        assert.equal(await phone.inputValue(), "0501234567");
        const known = page.locator(".field:has(#g-phone) .input-known");
        assert.equal(await known.innerText(), "+966501234567");
        const minutes = page.locator("#g-minutes");
        await minutes.fill("٩٠");
        await minutes.blur();
        assert.equal(await minutes.inputValue(), "90");
      }));

    it("says the day of both calendars", () =>
      gallery(language, async (page, say) => {
        await page.locator("#g-day").fill("2026-11-24");
        await page.locator("#g-day").dispatchEvent("change");
        const month = say("common.hijri_6");
        await eventually("the Hijri day", async () =>
          (await page.locator(".field:has(#g-day) .input-known").innerText()).includes(`14 ${month} 1448`));
      }));

    it("keeps what was typed, names every fault twice, and asks before it is lost", () =>
      gallery(language, async (page, say) => {
        await page.locator("#g-forms .gallery-row button").click();
        const summary = page.locator(".error-summary");
        await summary.waitFor();
        assert.ok(await summary.evaluate((element) => element === document.activeElement));
        const sentence = say("gallery.name_missing");
        assert.equal(await summary.getByRole("link").innerText(), sentence);
        assert.equal(await page.locator("#g-name-fault").innerText(), sentence);
        await summary.getByRole("link").click();
        assert.equal(await focusedId(page), "g-name");
        await page.locator("#g-name").fill("x");
        await page.getByRole("navigation").first().getByRole("link").last().click();
        await page.locator("#unsaved[open]").waitFor();
        await page.keyboard.press("Escape");
        assert.ok(page.url().includes("/gallery"));
        assert.equal(await page.locator("#g-name").inputValue(), "x");
        await page.locator("#g-name").fill("");
      }));

    it("lets no text of a patient become markup", () =>
      gallery(language, async (page) => {
        const value = await page.locator("#g-area").inputValue();
        assert.equal(value, "</textarea><script>window.broken = true</script>");
        assert.equal(await page.evaluate(() => window.broken), undefined);
      }));

    it("answers a scale with arrows in the direction of reading", () =>
      gallery(language, async (page) => {
        await page.locator("#g-stars-3").focus();
        await page.keyboard.press(forward);
        assert.equal(await focusedId(page), "g-stars-4");
        const [first, last] = await Promise.all(["#g-nps", "#g-nps-1"].map((id) =>
          page.locator(`label:has(${id})`).boundingBox()));
        assert.ok(language === "ar" ? first.x > last.x : first.x < last.x, "the lowest is where reading begins");
      }));
  });
}

describe("the palette and the keys", () => {
  it("finds a page by Arabic, English and Latin letters for Arabic", () =>
    browser.visit({ as: "admin", language: "ar" }, async (visitor) => {
      const { page } = visitor;
      await visitor.open("/ar/actions");
      for (const words of ["القيادة", "القياده", "command", "qiyada"]) {
        await page.keyboard.press("Control+KeyK");
        await page.locator("#palette[open] input").fill(words);
        const line = page.locator("#palette [role=option]");
        await eventually(`${words} finds the command center`, async () =>
          (await line.allInnerTexts()).some((found) => found.includes(text("ar", "common.nav_command_center"))));
        await page.keyboard.press("Escape");
        await page.locator("#palette:not([open])").waitFor({ state: "attached" });
      }
    }));

  it("goes to a record by its reference", () =>
    browser.visit({ as: "admin" }, async (visitor) => {
      const { page } = visitor;
      await visitor.open("/en/actions");
      const reference = (await page.locator("tbody th a").first().innerText()).trim();
      await page.keyboard.press("Control+KeyK");
      await page.locator("#palette[open] input").fill(reference.toLowerCase());
      // The one that Enter takes.
      await page.locator("#palette [role=option][aria-selected=true]", { hasText: reference }).waitFor();
      await page.keyboard.press("Enter");
      await page.waitForURL("**/en/actions/*");
      await page.getByRole("heading", { level: 1, name: reference }).waitFor();
    }));

  it("goes by the place of a key, not by its letter", () =>
    browser.visit({ as: "admin", language: "ar" }, async (visitor) => {
      const { page } = visitor;
      await visitor.open("/ar/actions");
      // What an Arabic keyboard sends: the code of the place, the letter that is printed on it.
      const press = (code, key) => page.evaluate(([code, key]) => {
        document.body.dispatchEvent(new KeyboardEvent("keydown", { code, key, bubbles: true, cancelable: true }));
      }, [code, key]);
      await press("KeyG", "ل");
      await press("KeyD", "ي");
      await page.waitForURL("**/ar/command-center");
      await press("Slash", "ظ");
      await page.locator("#palette[open]").waitFor();
    }));

  it("goes to the same list in the other language with Alt+L", () =>
    browser.visit({ as: "coordinator" }, async (visitor) => {
      const { page } = visitor;
      await visitor.open("/en/actions?status=open&size=25");
      await page.keyboard.press("Alt+KeyL");
      await page.waitForURL("**/ar/actions?status=open&size=25");
    }));

  for (const language of ["ar", "en"]) {
    it(`leaves the rail its pictures, with the names kept for who cannot see them, in ${language}`, () =>
      browser.visit({ as: "coordinator", language }, async (visitor) => {
        const { page } = visitor;
        await visitor.open(`/${language}/actions`);
        const width = async () => (await page.locator("nav.nav").boundingBox()).width;
        const wide = await width();
        await page.keyboard.press("BracketLeft");
        await eventually("the rail is narrow", async () => (await width()) < wide / 2);
        const place = page.getByRole("link", { name: text(language, "common.nav_actions"), exact: true });
        assert.equal(await place.getAttribute("aria-current"), "page");
        await page.reload();
        assert.ok((await width()) < wide / 2, "the first byte knows it");
        await visitor.awake();
        await page.getByRole("button", { name: text(language, "common.nav_words") }).click();
        await eventually("the rail is wide again", async () => (await width()) === wide);
      }));
  }

  it("leaves letters alone while somebody types, and for good once they are switched off", () =>
    browser.visit({ as: "coordinator" }, async (visitor) => {
      const { page } = visitor;
      await visitor.open("/en/gallery");
      await page.locator("#g-name").focus();
      await page.keyboard.type("g?/x");
      assert.equal(await page.locator("#g-name").inputValue(), "g?/x");
      await page.locator("#g-name").fill("");
      await page.locator("#g-name").blur();
      await page.keyboard.press("Shift+Slash");
      await page.getByRole("switch", { name: text("en", "kit.shortcuts_single") }).click();
      await page.keyboard.press("Escape");
      await page.reload();
      await visitor.awake?.();
      await page.keyboard.press("Slash");
      await page.keyboard.press("Control+KeyK");
      await page.locator("#palette[open]").waitFor();
      assert.equal(await page.locator("#palette input").inputValue(), "");
    }));
});

describe("when something is wrong with the page itself", () => {
  it("says that it broke, tells the server, and offers the way out", () =>
    browser.visit({ as: "coordinator", language: "ar" }, async (visitor) => {
      const { page } = visitor;
      await visitor.open("/ar/gallery");
      assert.ok(await page.locator("#page-broke").isHidden());
      visitor.expectBreakdown();
      server.expectComplaint(/the gallery broke on purpose/);
      const told = page.waitForResponse("**/page-broke");
      await page.getByRole("button", { name: text("ar", "gallery.break_page") }).click();
      assert.equal((await told).status(), 204);
      await page.locator("#page-broke").waitFor();
      assert.ok((await page.locator("#page-broke").innerText()).includes(text("ar", "kit.broken_page")));
      await page.locator("#page-broke a").click();
      await page.waitForLoadState("load");
      assert.ok(await page.locator("#page-broke").isHidden());
    }));

  it("offers a reload when the server hands out another build", () =>
    browser.visit({ as: "coordinator" }, async (visitor) => {
      const { page } = visitor;
      await visitor.open("/en/actions");
      const banner = page.locator(".banner-info");
      const asked = page.waitForResponse("**/build");
      await page.evaluate(() => window.dispatchEvent(new Event("focus")));
      await asked;
      assert.equal(await banner.count(), 0);
      await page.evaluate(() => (document.documentElement.dataset.build = "of yesterday"));
      await page.evaluate(() => window.dispatchEvent(new Event("focus")));
      await banner.waitFor();
      assert.ok((await banner.innerText()).includes(text("en", "kit.new_version")));
    }));

  it("says when there is no connection, and when there is one again", () =>
    browser.visit({ as: "coordinator" }, async (visitor) => {
      const { page } = visitor;
      await visitor.open("/en/actions");
      await page.context().setOffline(true);
      await page.locator(".banner-warn:visible").waitFor();
      await page.context().setOffline(false);
      await page.locator(".banner-warn:visible").waitFor({ state: "hidden" });
    }));
});
