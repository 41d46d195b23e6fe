// Back, forward and loading anew: filters, page and place are as they were.

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";

import { BAD } from "./support/api.mjs";
import { eventually } from "./support/eventually.mjs";
import { openHouse } from "./support/house.mjs";
import { text } from "./support/texts.mjs";

const { api, browser } = await openHouse();

describe("coming back to the list", () => {
  before(async () => {
    const total = async () => (await api.get("coordinator", "/api/actions/?status=open")).total;
    for (let missing = 40 - (await total()); missing > 0; missing -= 1) await api.answered(BAD);
    await eventually("there is more than a page", async () => (await total()) >= 40);
  });

  for (const language of ["ar", "en"]) {
    it(`finds filters, page and place as they were, in ${language}`, async () => {
      await browser.visit({ as: "coordinator", language, width: 390 }, async (visitor) => {
        const { page } = visitor;
        const rows = page.locator("tbody .cell-reference a");
        await visitor.open(`/${language}/actions?status=open&size=25`);
        const before = await rows.first().innerText();
        await page.locator("a[rel=next]").click();
        await eventually("the second page is there", async () =>
          (await rows.first().innerText()) !== before);
        const [address, first] = [page.url(), await rows.first().innerText()];
        assert.match(address, /status=open.*cursor=/);
        const top = await scrollTo(page, rows.nth(12));
        const asBefore = (how) => comesBack(page, how, { address, top }, async () =>
          (await rows.first().innerText()) === first);
        await rows.nth(12).click();
        await page.waitForURL("**/actions/*");
        await eventually("the action is shown from its top", async () => (await placeOf(page)) === 0);
        await page.goBack();
        await asBefore("back");
        await page.goForward();
        await page.waitForURL("**/actions/*");
        await page.goBack();
        await asBefore("forward and back");
        await page.reload();
        await visitor.awake();
        await asBefore("a reload");
      });
    });
  }
});

/** The middle of the screen, where nothing covers it and a click needs no scrolling of its own. */
async function scrollTo(page, place) {
  await place.evaluate((element) => element.scrollIntoView({ block: "center", behavior: "instant" }));
  const top = await placeOf(page);
  assert.ok(top > 300, `there is nothing to come back to at ${top}`);
  return top;
}

const placeOf = (page) => page.evaluate(() => Math.round(scrollY));

/** Address and place are as they were, and whatever else `look` asks. */
async function comesBack(page, how, { address, top }, look = async () => true) {
  let seen;
  await eventually(`all is as before after ${how}`, async () => {
    seen = { address: page.url(), top: await placeOf(page) };
    return seen.address === address && Math.abs(seen.top - top) <= 1 && (await look());
  }).catch((error) => {
    error.message += `; at ${JSON.stringify(seen)} instead of ${JSON.stringify({ address, top })}`;
    throw error;
  });
}

describe("every other page", () => {
  const pages = [
    { as: "admin", path: "/command-center?days=30&hospital=RYD", far: ".departments tbody tr" },
    { as: "coordinator", path: "/notifications", far: ".notices-page .notice" },
    { as: "coordinator", path: "/gallery?sort=name", far: "#g-feedback" },
  ];
  for (const language of ["ar", "en"]) {
    for (const { as, path, far } of pages) {
      it(`finds filters and place as they were: ${path} in ${language}`, async () => {
        await browser.visit({ as, language, width: 390 }, async (visitor) => {
          const { page } = visitor;
          await visitor.open(`/${language}${path}`);
          const address = page.url();
          const top = await scrollTo(page, page.locator(far).last());
          await page.locator("nav.nav").getByRole("link", { name: text(language, "common.nav_actions") }).click();
          await page.waitForURL("**/actions*");
          await eventually("the list is shown from its top", async () => (await placeOf(page)) === 0);
          await page.goBack();
          await comesBack(page, "back", { address, top });
          await page.goForward();
          await page.waitForURL("**/actions*");
          await page.goBack();
          await comesBack(page, "forward and back", { address, top });
          await page.reload();
          await visitor.awake();
          await comesBack(page, "a reload", { address, top });
        });
      });
    }
  }
});
