// Records: found, made, changed and removed, of every kind, in both languages.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { eventually } from "./support/eventually.mjs";
import { openHouse } from "./support/house.mjs";
import { text } from "./support/texts.mjs";

const { browser } = await openHouse();

const LANGUAGES = ["ar", "en"];
const KINDS = ["hospital", "department", "physician", "employee", "patient", "user"];

const field = (page, name) => page.locator(`[id="${name}"]`);

/** Types into a field that searches, and takes what is found first. */
async function pick(page, name, words) {
  await field(page, name).fill(words);
  await page.locator(`[id="${name}-list"] [role=option]`).first().click();
}

describe("records", () => {
  for (const language of LANGUAGES) {
    const say = (key, values) => text(language, key, values);
    const list = (kind) => `/${language}/records/${kind}s`;

    /** Fills the form of a kind, sends it and waits for the new record's page. */
    async function make(visitor, kind, fill) {
      const { page } = visitor;
      await visitor.open(list(kind));
      await page.getByRole("link", { name: say(`records.new_${kind}`) }).click();
      await page.waitForURL(`**${list(kind)}/new`);
      await fill(page);
      await page.getByRole("button", { name: say("records.create"), exact: true }).click();
      await page.waitForURL(new RegExp(`${list(kind)}/[0-9a-f-]{36}$`));
      return page.url();
    }

    it(`of every kind are made from what one knows, in ${language}`, () =>
      browser.visit({ as: "admin", language }, async (visitor) => {
        const { page } = visitor;
        const code = language.toUpperCase();
        const named = (ar, en) => async () => {
          await field(page, "name_ar").fill(ar);
          await field(page, "name_en").fill(en);
        };
        await make(visitor, "hospital", async () => {
          await field(page, "code").fill(`TST-${code}`);
          await named("مستشفى التجربة", "Trial Hospital")();
        });
        await make(visitor, "department", async () => {
          await pick(page, "hospital_id", `TST-${code}`);
          await field(page, "code").fill("CARD");
          await named("قسم القلب", "Cardiology")();
        });
        await make(visitor, "physician", async () => {
          await field(page, "licence").fill(`L-${code}-1`);
          await named("د. سارة", "Dr. Sara")();
          await page.getByRole("button", { name: say("records.add_row") }).click();
          await pick(page, "affiliations.0.hospital_id", `TST-${code}`);
        });
        await make(visitor, "user", async () => {
          await field(page, "username").fill(`noura-${language}`);
          await named("نورة", "Noura")();
          await field(page, "email").fill(`noura-${language}@example.sa`);
          await field(page, "password").fill("a quiet lamp on the seventh floor");
          await pick(page, "hospital_id", `TST-${code}`);
        });
        // Nobody gives a role without saying which.
        await page.getByRole("button", { name: say("account.role_give") }).click();
        await page.locator("#role-fault", { hasText: say("failures.role_required") }).waitFor();
        await field(page, "role").selectOption("nurse");
        await pick(page, "role-hospital", `TST-${code}`);
        await page.getByRole("button", { name: say("account.role_give") }).click();
        await page.locator("#user-roles").locator("..").getByRole("button", {
          name: say("account.role_revoke", { role: say("common.role_nurse") }),
        }).waitFor();
        await make(visitor, "employee", async () => {
          await pick(page, "hospital_id", `TST-${code}`);
          await field(page, "number").fill("E-1");
          await named("نورة", "Noura")();
          await pick(page, "user_id", `noura-${language}`);
        });
        await make(visitor, "patient", async () => {
          await named("إبراهيم مصطفى", "Ibrahim Mustafa")();
          await pick(page, "mrns.0.hospital_id", `TST-${code}`);
          await field(page, "mrns.0.mrn").fill(`M-${code}-7`);
          await field(page, "mobile").fill("٠٥٠١٢٣٤٥٦٧");
        });
        assert.equal(await field(page, "mobile").inputValue(), "+966501234567");
        // Found by another spelling of the name.
        await visitor.open(list("patient"));
        await field(page, "search").fill("ابراهيم مصطفي");
        await page.keyboard.press("Enter");
        await page.waitForURL(/search=/);
        await eventually("the patient is found", async () =>
          (await page.locator(".records tbody").innerText()).includes(`M-${code}-7`));
        // And by one with a wrong letter, which the list says.
        await field(page, "search").fill("ابراهيم مصظفى");
        await page.keyboard.press("Enter");
        await page.getByText(say("records.alike")).waitFor();
        assert.ok((await page.locator(".records tbody").innerText()).includes(`M-${code}-7`));
      }));

    it(`say every fault beside its field and keep what was typed, in ${language}`, () =>
      browser.visit({ as: "admin", language }, async (visitor) => {
        const { page } = visitor;
        await visitor.open(`${list("patient")}/new`);
        await field(page, "name_ar").fill("خالد");
        await field(page, "mobile").fill("12");
        visitor.expectRefusals(422);
        await page.getByRole("button", { name: say("records.create"), exact: true }).click();
        await page.locator("#mobile-fault", { hasText: say("failures.phone_invalid") }).waitFor();
        await page.locator('[id="mrns.0.mrn-fault"]', { hasText: say("failures.required") }).waitFor();
        assert.equal(await field(page, "name_ar").inputValue(), "خالد");
        assert.deepEqual(await visitor.axe(), []);
      }));

    it(`keep what was written before the page was awake, in ${language}`, () =>
      browser.visit({ as: "admin", language }, async (visitor) => {
        const { page } = visitor;
        let wake;
        const slept = new Promise((resolve) => { wake = resolve; });
        await page.route("**/*.wasm", async (route) => {
          await slept;
          await route.continue();
        });
        await page.goto(`${list("hospital")}/new`, { waitUntil: "domcontentloaded" });
        await field(page, "code").fill(`EARLY-${language}`);
        await field(page, "name_ar").fill("مستشفى مبكر");
        await field(page, "consent_required").check();
        assert.equal(await page.locator("html[data-awake]").count(), 0);
        wake();
        await visitor.awake();
        assert.equal(await field(page, "name_ar").inputValue(), "مستشفى مبكر");
        assert.ok(await field(page, "consent_required").isChecked());
        await page.getByRole("button", { name: say("records.create"), exact: true }).click();
        await page.waitForURL(new RegExp(`${list("hospital")}/[0-9a-f-]{36}$`));
        assert.equal(await field(page, "code").inputValue(), `EARLY-${language}`);
        assert.ok(await field(page, "consent_required").isChecked());
      }));

    it(`are changed and removed many at once, in ${language}`, () =>
      browser.visit({ as: "admin", language }, async (visitor) => {
        const { page } = visitor;
        for (const number of [1, 2]) {
          await make(visitor, "hospital", async () => {
            await field(page, "code").fill(`BULK-${language}-${number}`);
            await field(page, "name_ar").fill("مستشفى من كثير");
          });
        }
        const both = say("records.bulk_done", { count: 2 });
        const all = page.locator(".records thead input[type=checkbox]");
        await visitor.open(`${list("hospital")}?search=bulk-${language}`);
        await all.check();
        await page.getByRole("button", { name: say("records.bulk_deactivate"), exact: true }).click();
        await page.getByText(both).waitFor();
        await eventually("neither is in use", async () =>
          (await page.locator(".records tbody").innerText()).split(say("records.no")).length - 1 >= 2);
        await visitor.open(`${list("hospital")}?search=bulk-${language}`);
        await all.check();
        assert.deepEqual(await visitor.axe(), []);
        await page.locator(".bulk").getByRole("button", { name: say("records.remove"), exact: true }).click();
        await page.getByRole("dialog").getByRole("button", { name: say("records.remove"), exact: true }).click();
        await page.getByText(say("records.bulk_removed", { count: 2 })).waitFor();
        await page.getByText(say("records.empty_no_match")).waitFor();
      }));

    it(`are changed and removed, in ${language}`, () =>
      browser.visit({ as: "admin", language }, async (visitor) => {
        const { page } = visitor;
        const address = await make(visitor, "hospital", async () => {
          await field(page, "code").fill(`GONE-${language}`);
          await field(page, "name_ar").fill("مؤقت");
        });
        await field(page, "city_en").fill("Riyadh");
        // The hours that go without saying are there to be changed.
        await field(page, "working_hours.0.from_time").fill("07:30");
        await page.getByRole("button", { name: say("records.save"), exact: true }).click();
        await page.getByText(say("records.saved")).waitFor();
        await page.goto(address);
        assert.equal(await field(page, "city_en").inputValue(), "Riyadh");
        assert.equal(await field(page, "working_hours.0.from_time").inputValue(), "07:30");
        await visitor.awake?.();
        await page.getByRole("button", { name: say("records.remove"), exact: true }).click();
        await page.getByRole("dialog").getByRole("button", { name: say("records.remove"), exact: true }).click();
        await page.waitForURL(`**${list("hospital")}`);
        await eventually("it is in the list no more", async () =>
          !(await page.locator(".records").innerText()).includes(`GONE-${language}`));
      }));

    it(`fit a phone and are read by everybody, in ${language}`, () =>
      browser.visit({ as: "admin", language, width: 390 }, async (visitor) => {
        for (const kind of KINDS) {
          for (const path of [list(kind), `${list(kind)}/new`]) {
            await visitor.open(path);
            const [shown, wide] = await visitor.page.evaluate(() =>
              [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
            assert.ok(shown <= wide, `${path}: ${shown} wide on ${wide}`);
            assert.deepEqual(await visitor.axe(), [], path);
          }
        }
      }));

    it(`are listed as somebody saved it, in ${language}`, () =>
      browser.visit({ as: "hospital.admin", language, width: 1280 }, async (visitor) => {
        const { page } = visitor;
        const name = language === "ar" ? "أقسام غير نشطة" : "Closed departments";
        await visitor.open(`${list("department")}?active=false&sort=-code`);
        await page.getByRole("button", { name: say("kit.view_save"), exact: true }).click();
        await page.locator("#save-view").getByLabel(say("kit.view_name")).fill(name);
        await page.keyboard.press("Enter");
        const views = page.getByRole("navigation", { name: say("records.views_label") });
        await views.getByRole("link", { name }).waitFor();
        await page.waitForURL(/view=.*active=false.*sort=-code/);
        await views.getByRole("link", { name: say("records.view_all"), exact: true }).click();
        await eventually("all of them are there", async () => !page.url().includes("active"));
        await views.getByRole("link", { name }).click();
        await page.waitForURL(/view=.*active=false/);
        assert.deepEqual(await visitor.axe(), []);
        // Of another kind there is none.
        await visitor.open(list("physician"));
        assert.equal(await page.getByRole("link", { name }).count(), 0);
      }));
  }

  it("are narrowed by their closed words, and by nothing else once a chip is taken away", () =>
    browser.visit({ as: "admin" }, async (visitor) => {
      const { page } = visitor;
      await visitor.open("/en/records/patients");
      await page.locator(".menu.filter > summary").click();
      await page.getByLabel(text("en", "records.field_sex")).selectOption("female");
      await page.getByRole("button", { name: text("en", "records.apply_filter") }).click();
      await page.waitForURL(/sex=female/);
      await page.locator("a.chip").click();
      await page.waitForURL("**/en/records/patients");
    }));

  it("are narrowed to a department that is looked for", () =>
    browser.visit({ as: "hospital.admin" }, async (visitor) => {
      const { page } = visitor;
      await visitor.open("/en/records/employees");
      await page.locator(".menu.filter > summary").click();
      await pick(page, "department_id", "Cardiology clinic");
      await page.getByRole("button", { name: text("en", "records.apply_filter") }).click();
      await page.waitForURL(/department_id=[0-9a-f-]{36}/);
      await page.locator("a.chip", { hasText: "Cardiology clinic" }).waitFor();
      assert.ok((await page.locator(".row-link").count()) >= 1);
      await page.locator("a.chip").click();
      await page.waitForURL("**/en/records/employees");
    }));

  it("are read and not changed by whoever may only read them", () =>
    browser.visit({ as: "viewer" }, async (visitor) => {
      const { page } = visitor;
      await visitor.open("/en/records/hospitals");
      assert.equal(await page.getByRole("link", { name: text("en", "records.new_hospital") }).count(), 0);
      await page.locator(".row-link").first().click();
      await page.getByText(text("en", "records.read_only")).waitFor();
      await visitor.open("/en/records/hospitals/new", 403);
      await visitor.open("/en/records/patients", 403);
      await visitor.open("/en/records/nothing", 404);
    }));
});
