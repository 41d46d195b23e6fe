// Two records of one patient: found by each other, compared, merged and parted again.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { openHouse } from "./support/house.mjs";
import { text } from "./support/texts.mjs";

const { browser } = await openHouse();

const field = (page, name) => page.locator(`[id="${name}"]`);

describe("two records of one patient", () => {
  for (const language of ["ar", "en"]) {
    const say = (key, values) => text(language, key, values);
    const list = `/${language}/records/patients`;

    async function make(visitor, { name, mrn, mobile, email }) {
      const { page } = visitor;
      await visitor.open(`${list}/new`);
      await field(page, "name_ar").fill(name);
      await field(page, "mobile").fill(mobile);
      if (email) await field(page, "email").fill(email);
      await field(page, "birth_date").fill("1990-01-25");
      await field(page, "mrns.0.hospital_id").fill("RYD");
      await page.locator(`[id="mrns.0.hospital_id-list"] [role=option]`).first().click();
      await field(page, "mrns.0.mrn").fill(mrn);
      await page.getByRole("button", { name: say("records.create"), exact: true }).click();
      await page.waitForURL(new RegExp(`${list}/[0-9a-f-]{36}$`));
      return page.url();
    }

    it(`become one and two again, in ${language}`, () =>
      browser.visit({ as: "admin", language, width: 390 }, async (visitor) => {
        const { page } = visitor;
        const mobile = language === "ar" ? "0533111222" : "0533111333";
        const twin = { name: "آمنة الإبراهيم", mobile };
        await make(visitor, { ...twin, mrn: `TWIN-${language}-1`, email: `amna-${language}@example.sa` });
        const kept = await make(visitor, { ...twin, name: "امنه الابراهيم", mrn: `TWIN-${language}-2` });
        const card = page.locator("section[aria-labelledby=kin]");
        await card.getByText(say("records.merge_same_phone")).waitFor();
        await card.getByRole("link", { name: say("records.merge_compare") }).click();
        await page.getByRole("heading", { name: say("records.merge_title") }).waitFor();
        const [shown, wide] = await page.evaluate(() => [
          document.documentElement.scrollWidth,
          document.documentElement.clientWidth,
        ]);
        assert.ok(shown <= wide, `${shown} wide on ${wide}`);
        assert.deepEqual(await visitor.axe(), []);
        const email = page.locator("input[name=email]");
        assert.deepEqual(await email.evaluateAll((all) => all.map((it) => it.checked)), [false, true],
          "what the one lacks it takes from the other");
        await page.locator("input[name=name_ar]").nth(1).check();
        await page.getByRole("button", { name: say("records.merge_go"), exact: true }).click();
        await page.waitForURL(kept);
        assert.equal(await field(page, "name_ar").inputValue(), "آمنة الإبراهيم");
        assert.equal(await field(page, "email").inputValue(), `amna-${language}@example.sa`);
        assert.equal(await field(page, "mrns.1.mrn").count(), 1, "both numbers");
        await visitor.open(`${list}?search=TWIN-${language}-1`);
        assert.equal(await page.locator(".row-link").count(), 1);
        await visitor.open(new URL(kept).pathname);
        await card.getByRole("button", { name: say("records.merge_undo") }).click();
        await page.getByText(say("records.merge_undone")).waitFor();
        await visitor.open(new URL(kept).pathname);
        assert.equal(await field(page, "name_ar").inputValue(), "امنه الابراهيم");
        assert.equal(await field(page, "email").inputValue(), "");
        assert.equal(await field(page, "mrns.1.mrn").count(), 0);
        await card.getByText(say("records.merge_same_phone")).waitFor();
      }));
  }
});
