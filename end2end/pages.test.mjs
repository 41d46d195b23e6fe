// Every page in both languages: named right, accessible, in one piece on every screen, mirrored.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { eventually } from "./support/eventually.mjs";
import { openHouse } from "./support/house.mjs";
import { prepareScenes, SCENES } from "./support/scenes.mjs";
import { text } from "./support/texts.mjs";

const LANGUAGES = { ar: "rtl", en: "ltr" };
const DESK = { width: 1440, height: 900 };
const TABLET = { width: 768, height: 1024 };
const PHONE = { width: 360, height: 780 };
const WIDTHS = [1440, 768, 360, 320];

const { api, browser } = await openHouse();
const made = await prepareScenes(api);

for (const [language, dir] of Object.entries(LANGUAGES)) {
  describe(`in ${language}`, () => {
    for (const { name, at, as, status, then, both } of SCENES) {
      if (both && language === "en") continue;
      it(`${name}: reads right, fits every screen and breaks no rule of accessibility`, async () => {
        await browser.visit({ as, language }, async (visitor) => {
          const { page } = visitor;
          await visitor.open(at(language, made), status);
          await then?.(visitor);
          const html = page.locator("html");
          assert.equal(await html.getAttribute("lang"), language);
          assert.equal(await html.getAttribute("dir"), dir);
          assert.deepEqual(await rawKeys(page), []);
          if (!both) assert.deepEqual(await page.evaluate(strayWords, language), []);
          assert.deepEqual(await overflows(page), []);
          assert.deepEqual(await violations(visitor), []);
        });
      });
    }
  });
}

/** Names of texts where there should be texts. */
async function rawKeys(page) {
  const shown = await page.evaluate(() => {
    const spoken = ["aria-label", "title", "alt", "placeholder", "data-label", "data-saving"];
    const attributes = [...document.querySelectorAll(spoken.map((name) => `[${name}]`).join())];
    const said = attributes.flatMap((element) => spoken.map((name) => element.getAttribute(name)));
    return [document.title, document.body.innerText, ...said].filter(Boolean);
  });
  const key = /\b(?:actions(?!\.escalate_overdue)|analytics|audit(?!\.exported)|common|failures|gallery|integrations(?!\.(?:process|store)_events|\.watch_sources)|journeys|kit|public)\.[a-z]\w*|\{\{|\}\}/g;
  return shown.flatMap((words) => words.match(key) ?? []);
}

/**
 * Runs in the page: words of the other language that are not marked as such. What people wrote, and
 * numbers and names of things, is marked by its element.
 */
function strayWords(language) {
  // Codes and the product's name, in capitals, are the same in both.
  const foreign = language === "ar" ? /[a-z]{2,}/ : /[\u0600-\u06ff]{2,}/;
  const marked = `[lang="${language === "ar" ? "en" : "ar"}"], [dir="ltr"], [dir="auto"], .code`;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const silent = element.closest("script, style, px-chart, textarea");
    if (!silent && !element.closest(marked) && foreign.test(node.textContent)) found.push(node.textContent.trim());
  }
  return found;
}

/** Widths at which something sticks out of the page. */
async function overflows(page) {
  const found = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    const over = () => page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    // A drawing takes its new size a moment after the page did.
    const fits = eventually("the page fits", async () => (await over()) <= 0, 1_000);
    await fits.catch(async () => found.push(`${await over()} px too wide at ${width}`));
  }
  return found;
}

/** Both themes on every size. */
async function violations(visitor) {
  const found = [];
  for (const colorScheme of ["light", "dark"]) {
    await visitor.page.emulateMedia({ colorScheme });
    for (const size of [PHONE, TABLET, DESK]) {
      await visitor.page.setViewportSize(size);
      for (const violation of await visitor.axe()) {
        found.push(`${size.width} ${colorScheme}: ${violation}`);
      }
    }
  }
  return found;
}

describe("the pages of the staff", () => {
  const pages = [
    ["coordinator", "/actions?status=open"],
    ["coordinator", `/actions/${made.working.card.id}`],
    ["admin", "/command-center"],
    ["manager", "/notifications"],
    ["admin", "/journeys?type=ems"],
    ["admin", `/journeys/templates/${made.draft}`],
    ["admin", "/integrations/sources"],
    ["coordinator", "/gallery"],
  ];
  for (const language of Object.keys(LANGUAGES)) {
    it(`fit a phone whose letters are twice as large, in ${language}`, async () => {
      for (const [as, path] of pages) {
        await browser.visit({ as, language, width: 640 }, async ({ page, open }) => {
          await open(`/${language}${path}`);
          // What a browser's own text size does: everything that is measured in rem grows.
          await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
          const over = () => page.evaluate(() =>
            document.documentElement.scrollWidth - document.documentElement.clientWidth);
          await eventually(`${path} fits`, async () => (await over()) <= 0, 1_000).catch(async () => {
            assert.fail(`${path}: ${await over()} px too wide`);
          });
        });
      }
    });

    it(`keep borders, states and focus in the reader's own colours, in ${language}`, async () => {
      for (const [as, path] of pages) {
        await browser.visit({ as, language }, async ({ page, open }) => {
          await page.emulateMedia({ forcedColors: "active" });
          await open(`/${language}${path}`);
          assert.deepEqual(await page.evaluate(invisibleInForcedColors), [], path);
        });
      }
    });
  }
});

/**
 * Runs in the page: what one could not tell from the page around it when the reader's colours
 * replace ours. Backgrounds are gone then; borders, outlines and icons have to do.
 */
function invisibleInForcedColors() {
  const bare = (element) => {
    const style = getComputedStyle(element);
    const framed = ["Top", "Right", "Bottom", "Left"].some((side) =>
      style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`]) > 0);
    return !framed && style.outlineStyle === "none" && style.textDecorationLine === "none";
  };
  const shown = (element) => element.checkVisibility();
  const current = [...document.querySelectorAll(".tab[aria-current], .nav-link[aria-current], .chip-choice[aria-pressed=true]")];
  const controls = [...document.querySelectorAll(".input, .button:not(.button-quiet), .unread")];
  return [...current, ...controls].filter(shown).filter(bare).map((element) => element.outerHTML.slice(0, 120));
}

describe("what is read first stands at the beginning of the line", () => {
  for (const [language, dir] of Object.entries(LANGUAGES)) {
    // Further along the line, whatever the direction of reading.
    const along = dir === "rtl" ? (box) => -(box.x + box.width) : (box) => box.x;
    const boxOf = (place) => place.boundingBox();

    it(`the scale runs from 0 at the ${dir === "rtl" ? "right" : "left"} in ${language}`, async () => {
      for (const width of [390, 1440]) {
        await browser.visit({ language, width }, async ({ page, open }) => {
          await open(`/s/${made.unanswered.token}?lang=${language}`);
          const cells = await page.locator(".nps label").all();
          const boxes = await Promise.all(cells.map(boxOf));
          assert.equal(boxes.length, 11);
          for (const [value, box] of boxes.slice(1).entries()) {
            const sameLine = Math.abs(box.y - boxes[value].y) < 1;
            assert.ok(sameLine ? along(box) > along(boxes[value]) : box.y > boxes[value].y);
          }
          const [low, high] = await Promise.all((await page.locator(".ends span").all()).map(boxOf));
          assert.ok(along(low) < along(high));
          assert.equal(Math.sign(boxes[0].x - boxes[1].x), dir === "rtl" ? 1 : -1);
          // Fingers: 48 px high and at least 24 px wide, also with eleven of them.
          assert.ok(boxes.every((box) => box.height >= 48 && box.width >= 44), JSON.stringify(boxes[0]));
        });
      }
    });

    it(`"back" stands before "next" in ${language}`, async () => {
      await browser.visit({ language, width: 390 }, async ({ page, open }) => {
        await open(`/s/${made.unanswered.token}/2?lang=${language}`);
        const back = await boxOf(page.getByRole("button", { name: text(language, "public.back") }));
        const next = await boxOf(page.locator(".bar [name=next]"));
        assert.ok(along(back) < along(next));
        assert.equal(back.y, next.y);
      });
    });

    it(`navigation and first column stand at the beginning in ${language}`, async () => {
      await browser.visit({ as: "coordinator", language }, async ({ page, open }) => {
        await open(`/${language}/actions`);
        const nav = await boxOf(page.locator("nav.nav"));
        const main = await boxOf(page.locator("main"));
        assert.ok(along(nav) < along(main));
        assert.equal(Math.abs(along(nav)), dir === "rtl" ? 1440 : 0);
        const heads = await Promise.all((await page.locator("thead th").all()).map(boxOf));
        const order = heads.map(along);
        assert.deepEqual(order, [...order].sort((one, other) => one - other));
      });
    });
  }
});

describe("the rows of the list", () => {
  for (const language of Object.keys(LANGUAGES)) {
    it(`stay within their frame on every desk, with a wide and a narrow rail, in ${language}`, async () => {
      // The admin sees the most: several hospitals' names.
      await browser.visit({ as: "admin", language }, async ({ page, open }) => {
        await open(`/${language}/actions`);
        const beyond = () => page.locator("table.queue").evaluate((table) =>
          table.scrollWidth - table.parentElement.clientWidth);
        for (const rail of ["wide", "narrow"]) {
          await page.evaluate((rail) => (document.documentElement.dataset.rail = rail), rail);
          for (let width = 960; width <= 1480; width += 20) {
            await page.setViewportSize({ width, height: 900 });
            assert.ok((await beyond()) <= 0, `${await beyond()} px beyond, ${rail} rail, ${width} px`);
          }
        }
      });
    });
  }
});

describe("the trend of the command center", () => {
  for (const language of Object.keys(LANGUAGES)) {
    it(`is drawn, and told as a table, in ${language}`, async () => {
      await browser.visit({ as: "admin", language }, async ({ page, open }) => {
        const { trend } = await api.dashboard();
        await open(`/${language}/command-center`);
        const chart = page.locator("px-chart");
        await chart.scrollIntoViewIfNeeded();
        await chart.locator("svg text").first().waitFor();
        assert.equal(await chart.getAttribute("aria-hidden"), "true");
        const weeks = await chart.locator("svg text").allTextContents();
        assert.ok(weeks.length > trend.length);
        await page.getByText(text(language, "analytics.show_data")).click();
        const rows = await page.locator('table:has(#trend-caption) tbody tr').all();
        assert.equal(rows.length, trend.length);
        const counts = rows.map((row) => row.locator("td").last().innerText());
        assert.deepEqual((await Promise.all(counts)).map(Number), trend.map(({ nps }) => nps.n));
      });
    });
  }

  it("reads from right to left in Arabic, numbers included", async () => {
    await browser.visit({ as: "admin", language: "ar" }, async ({ page, open }) => {
      await open("/ar/command-center");
      const chart = page.locator("px-chart");
      await chart.scrollIntoViewIfNeeded();
      await chart.locator("svg text").first().waitFor();
      // The drawing itself is from left to right, so words beside numbers need marks.
      const mixed = (await chart.locator("svg text").allTextContents()).filter(
        (words) => /[\u0600-\u06ff]/.test(words) && /\d/.test(words),
      );
      assert.ok(mixed.length > 0);
      assert.deepEqual(mixed.filter((words) => !/^\u2067.*\u2069$/.test(words)), []);
    });
  });
});
