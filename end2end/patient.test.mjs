// What happened to a patient, and who they are for whoever says why.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { openHouse } from "./support/house.mjs";
import { text } from "./support/texts.mjs";

const { browser } = await openHouse();

describe("a patient's page", () => {
  for (const language of ["ar", "en"]) {
    const say = (key, values) => text(language, key, values);
    const list = `/${language}/records/patients`;

    it(`tells what happened, newest first, in ${language}`, () =>
      browser.visit({ as: "coordinator", language, width: 1280 }, async (visitor) => {
        const { page } = visitor;
        // Whoever was here today; other tests make patients to whom nothing happened.
        await visitor.open(`${list}?search=RYD-109001`);
        await page.locator(".row-link").first().click();
        const timeline = page.locator("section[aria-labelledby=timeline]");
        await timeline.locator(".entry").first().waitFor();
        const times = await timeline.locator("time").evaluateAll((all) => all.map((it) => it.dateTime));
        assert.ok(times.length > 2, times);
        assert.deepEqual(times, times.toSorted().toReversed());
        assert.deepEqual(await visitor.axe(), []);
      }));

    it(`shows who it is for a reason, on a phone, in ${language}`, () =>
      browser.visit({ as: "nurse", language, width: 390 }, async (visitor) => {
        const { page } = visitor;
        visitor.expectRefusals(422);
        await visitor.open(list);
        const row = page.locator(".row-link").nth(language === "ar" ? 0 : 1);
        await row.click();
        await page.getByText(say("records.masked")).waitFor();
        assert.match(await page.locator("h1").innerText(), /•••/);
        const open = page.locator("details.glass summary");
        await open.click();
        await page.evaluate(() => scrollTo(0, 0));
        assert.deepEqual(await visitor.axe(), []);
        const show = page.getByRole("button", { name: say("records.glass_show") });
        await show.click();
        await page.getByText(say("records.glass_purpose_required")).waitFor();
        await page.getByRole("radio", { name: say("records.glass_treatment"), exact: true }).check();
        await page.locator("#note").fill("now");
        await show.click();
        await page.getByText(say("failures.note_too_short")).waitFor();
        assert.equal(await page.locator("#note").inputValue(), "now", "nothing is lost");
        await page.locator("#note").fill("The patient is back at the desk.");
        await show.click();
        await page.locator(".alert [href$='#eye']").waitFor();
        assert.doesNotMatch(await page.locator("h1").innerText(), /•••/);
        assert.equal(await page.getByText(say("records.masked")).count(), 0);
      }));

    it(`leaves the reason in the audit log, in ${language}`, () =>
      browser.visit({ as: "hospital.admin", language, width: 1280 }, async (visitor) => {
        const { page } = visitor;
        await visitor.open(`/${language}/audit?action=patient.glass_broken`);
        const entry = page.locator(".log-entry").first();
        await entry.getByText(say("audit.did_patient_glass_broken")).waitFor();
        await entry.locator("summary").click();
        await entry.getByText("The patient is back at the desk.").waitFor();
      }));
  }
});
