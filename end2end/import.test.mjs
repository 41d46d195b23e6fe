// A file of records: handed in, understood, tried, kept; what is wrong comes back as a file.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";

import { eventually } from "./support/eventually.mjs";
import { openHouse } from "./support/house.mjs";
import { text } from "./support/texts.mjs";

const { browser } = await openHouse();

/** Two good rows, one without a phone that can be called and one of a hospital that is not there. */
const fileOf = (mark) =>
  [
    "رقم الملف,الاسم,الجوال,المستشفى,ملاحظات",
    `IMP-${mark}-1,سارة القحطاني,0512345678,RYD,`,
    `IMP-${mark}-2,هدى الزهراني,٠٥١٢٣٤٥٦٧٩,مستشفى الرياض,x`,
    `IMP-${mark}-3,أحمد الحربي,لا يوجد,RYD,`,
    `IMP-${mark}-4,سعد المطيري,,NOWHERE,`,
  ].join("\r\n");

describe("a file of patients", () => {
  for (const language of ["ar", "en"]) {
    const say = (key, values) => text(language, key, values);

    it(`is understood, tried and kept, and its faulty rows are fetched, in ${language}`, () =>
      browser.visit({ as: "admin", language }, async (visitor) => {
        const { page } = visitor;
        await visitor.open(`/${language}/records/patients`);
        await page.getByRole("link", { name: say("records.import"), exact: true }).click();
        await page.waitForURL(`**/${language}/records/patients/import`);
        await page.locator("#file").setInputFiles({
          name: "people.csv",
          mimeType: "text/csv",
          buffer: Buffer.from(fileOf(language), "utf8"),
        });
        await page.getByRole("button", { name: say("records.import_upload") }).click();
        await page.waitForURL(new RegExp(`/${language}/records/imports/[0-9a-f-]{36}$`));
        const chosen = () => page.locator("select").evaluateAll((all) => all.map((it) => it.value));
        const meant = ["mrns.mrn", "name_ar", "mobile", "mrns.hospital_id", ""];
        assert.deepEqual(await chosen(), meant, "columns say what they are");
        await page.getByRole("button", { name: say("records.import_check"), exact: true }).click();
        const count = (id) => page.locator(`[data-count=${id}] dd`).innerText();
        await eventually(async () => {
          assert.equal(await count("made"), "2");
          assert.equal(await count("faulty"), "2");
        });
        await page.getByText(say("records.import_checked_note")).waitFor();
        const wrong = page.locator("#import-faults").locator("xpath=ancestor::section").locator("tbody tr");
        assert.equal(await wrong.count(), 2);
        const go = say("records.import_go", { count: 2, shown: "2" });
        await page.getByRole("button", { name: go }).click();
        await page.getByText(say("records.import_done_note")).waitFor();
        assert.equal(await count("made"), "2");
        const fetched = page.waitForEvent("download");
        await page.getByRole("link", { name: say("records.import_faults_file") }).click();
        const file = await readFile(await (await fetched).path(), "utf8");
        const lines = file.trim().split("\r\n");
        assert.equal(lines.length, 3, file);
        assert.ok(lines[1].startsWith(`IMP-${language}-3,`), file);
        assert.ok(lines[1].includes(say("failures.phone_invalid")), file);
        await visitor.open(`/${language}/records/patients?search=${encodeURIComponent("ساره القحطانى")}`);
        await page.getByText(`IMP-${language}-1`).first().waitFor();
      }));

    it(`that is no table is refused beside its field, in ${language}`, () =>
      browser.visit({ as: "admin", language }, async (visitor) => {
        const { page } = visitor;
        await visitor.open(`/${language}/records/patients/import`);
        const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]);
        await page
          .locator("#file")
          .setInputFiles({ name: "x.png", mimeType: "image/png", buffer: picture });
        await page.getByRole("button", { name: say("records.import_upload") }).click();
        await page.getByText(say("failures.not_a_table")).waitFor();
      }));
  }
});
