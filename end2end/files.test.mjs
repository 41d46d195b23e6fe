// A photograph or a document beside answers: added by patients, with and without scripts, and read by who may.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";

import { openHouse } from "./support/house.mjs";
import { text } from "./support/texts.mjs";

const { api, browser } = await openHouse();

const HOSPITAL = "RYD";
const templates = "/api/surveys/templates/";
const PHOTO = {
  name: "الجرح.png", mimeType: "image/png",
  buffer: await readFile(new URL("../server/tests/it/files/pixel.png", import.meta.url)),
};
const NO_FILE = { name: "photo.png", mimeType: "image/png", buffer: Buffer.from("<script>alert(1)</script>") };
const BILL = { name: "bill.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n1 0 obj\n%%EOF\n") };
const LARGE = { name: "film.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(11 << 20, "%PDF-1.7 ") };

const both = (ar, en) => ({ ar, en });
const QUESTIONS = [
  { key: "nps", page: 1, required: true, text: both("هل توصون بنا؟", "Would you recommend us?"),
    kind: { nps: { low: both("لا", "No"), high: both("نعم", "Yes") } } },
  { key: "photo", page: 1, required: false, text: both("صورة مما حدث", "A photo of what happened"), kind: "file" },
  { key: "why", page: 1, required: false, text: both("ماذا حدث؟", "What happened?"), kind: { text: { max_chars: 500 } } },
].map((question) => ({ hint: null, not_applicable: false, ...question }));

describe("a file beside answers", () => {
  let journey;
  let survey;

  before(async () => {
    await api.create("admin", templates, { title: both("مع صورة", "With a photo") });
    const { items } = await api.get("admin", templates);
    survey = items.find(({ name }) => name.en === "With a photo").id;
    const draft = await api.get("admin", `${templates}${survey}/`);
    const content = { ...draft.content, questions: QUESTIONS };
    await api.put("admin", `${templates}${survey}/`, { lock_version: draft.lock_version, content });
    await api.post("admin", `${templates}${survey}/publish/`, { lock_version: draft.lock_version + 1 });
    journey = await api.sendFrom(HOSPITAL, survey);
  });

  after(async () => {
    if (journey) await api.retireJourney(journey);
  });

  it("goes along with the page, without scripts, and nothing else is lost where it cannot be kept", async () => {
    const { token } = await api.invite({ hospital: HOSPITAL });
    await browser.visit({ language: "ar", width: 390, javaScript: false }, async ({ page, open, expectRefusals }) => {
      expectRefusals(422);
      await open(`/s/${token}`);
      await page.locator("[name=why]").fill("تأخر التضميد");
      for (const [file, wrong] of [[NO_FILE, "fault_file_kind"], [LARGE, "fault_file_large"]]) {
        await page.locator("[type=file]").setInputFiles(file);
        await page.locator(".bar [name=next]").click();
        await page.locator(".sum").getByText(text("ar", `public.${wrong}`)).waitFor();
        assert.equal(await page.locator("[name=why]").inputValue(), "تأخر التضميد");
      }
      // A good file stays while something else is still missing.
      await page.locator("[type=file]").setInputFiles(PHOTO);
      await page.locator(".bar [name=next]").click();
      await page.locator(".held").getByText("الجرح.jpg").waitFor();
      await page.locator("[name=nps][value='2']").check({ force: true });
      await page.locator(".bar [name=next]").click();
      await page.locator(".tick").waitFor();
    });
  });

  it("is sent as soon as it is chosen, taken back and sent again, with scripts", async () => {
    const { token } = await api.invite({ hospital: HOSPITAL });
    await browser.visit({ language: "en", width: 390 }, async ({ page, open, axe, expectRefusals }) => {
      expectRefusals(422);
      await open(`/s/${token}?lang=en`);
      await page.locator("[name=nps][value='3']").check({ force: true });
      assert.equal(await page.locator("[name=attach]").isVisible(), false);
      await page.locator("[type=file]").setInputFiles(NO_FILE);
      await page.locator(".sum").getByText(text("en", "public.fault_file_kind")).waitFor();
      await page.locator("[type=file]").setInputFiles(BILL);
      await page.locator(".held").getByText("bill.pdf").waitFor();
      assert.deepEqual(await axe(), []);
      await page.locator(".held [name=clear]").click();
      await page.locator(".held").waitFor({ state: "detached" });
      await page.locator("[type=file]").setInputFiles(PHOTO);
      await page.locator(".held").getByText("الجرح.jpg").waitFor();
      assert.equal(await page.locator("[name=nps]:checked").getAttribute("value"), "3");
      // What is kept on the way does not lose it, and neither does the other language.
      const keeps = page.waitForResponse((answer) => answer.status() === 204 && answer.request().method() === "POST");
      await page.locator("[name=why]").fill("The dressing came late");
      await keeps;
      await page.locator("[name=lang]").click();
      await page.locator(".held").getByText("الجرح.jpg").waitFor();
      await page.locator(".bar [name=next]").click();
      await page.locator(".tick").waitFor();
    });
  });

  it("is read by who may know the patient, and by nobody else", async () => {
    const { items } = await api.get("admin", `/api/surveys/instances/?template_id=${survey}&status=completed`);
    assert.equal(items.length, 2);
    await browser.visit({ as: "admin", language: "ar" }, async ({ page, open, axe }) => {
      await open(`/ar/surveys/responses/${items[0].id}`);
      const link = page.locator("a.file-link");
      await link.getByText("الجرح.jpg").waitFor();
      assert.deepEqual(await axe(), []);
      const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
      assert.equal(download.suggestedFilename(), "الجرح.jpg");
      const bytes = await readFile(await download.path());
      assert.deepEqual([...bytes.subarray(0, 3)], [0xff, 0xd8, 0xff]);
      assert.equal(bytes.includes("Riyadh"), false, "only what is seen is kept");
    });
    const hidden = await api.get("viewer", `/api/surveys/responses/${items[0].id}/`);
    assert.deepEqual(hidden.answers.find(({ key }) => key === "photo").answer, { Words: "•••" });
  });
});
