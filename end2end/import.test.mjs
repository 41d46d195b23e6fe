// A file of records: handed in, understood, tried, kept; what is wrong comes back as a file.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";

import { openHouse } from "./support/house.mjs";
import { text } from "./support/texts.mjs";

const { browser } = await openHouse();

/** Two good rows, one without a phone that can be called and one of a hospital that is not there. */
const fileOf = (mark) =>
  [
    "رقم الملف,الاسم,الجوال,المستشفى,ملاحظات",
    `IMP-${mark}-1,سارة القحطاني,0512345678,RYD,`,
    `IMP-${mark}-2,هدى الزهراني,٠٥١٢٣٤٥٦٧٩,مستشفى النخيل – الرياض,x`,
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
        await page.getByText(say("records.import_checked_note")).waitFor();
        assert.deepEqual([await count("made"), await count("faulty")], ["2", "2"]);
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

    it(`is read by everybody on a phone at each step, in ${language}`, () =>
      browser.visit({ as: "admin", language, width: 390 }, async (visitor) => {
        const { page } = visitor;
        const fits = async (step) => {
          const [shown, wide] = await page.evaluate(() => [
            document.documentElement.scrollWidth,
            document.documentElement.clientWidth,
          ]);
          assert.ok(shown <= wide, `${step}: ${shown} wide on ${wide}`);
          assert.deepEqual(await visitor.axe(), [], step);
        };
        await visitor.open(`/${language}/records/patients/import`);
        await fits("the form");
        await page.locator("#file").setInputFiles({
          name: "a file with a long name of a hospital far away and its patients.csv",
          mimeType: "text/csv",
          buffer: Buffer.from(fileOf(`phone-${language}`), "utf8"),
        });
        await page.getByRole("button", { name: say("records.import_upload") }).click();
        await page.getByRole("button", { name: say("records.import_check"), exact: true }).waitFor();
        await fits("the columns");
        await page.getByRole("button", { name: say("records.import_check"), exact: true }).click();
        await page.getByText(say("records.import_checked_note")).waitFor();
        await fits("what would happen");
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
