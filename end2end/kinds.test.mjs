// Every kind of question as assistive technology meets it, in both directions.
//
// `GOLDEN=write node --test kinds.test.mjs` writes what is heard now; read the difference like prose.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { before, describe, it } from "node:test";

import { openHouse } from "./support/house.mjs";
import { everyKind } from "./support/questions.mjs";
import { text as said } from "./support/texts.mjs";

const { api, browser, server } = await openHouse();

const templates = "/api/surveys/templates/";
const posters = "/api/surveys/posters/";
const WORDS = {
  low: "الأقل", high: "الأكثر", a: "الأول", b: "الثاني", 1: "قليلًا", 2: "كثيرًا", hint: "تلميح",
};
const text = (word) => ({ ar: WORDS[word] ?? `سؤال ${word}`, en: word });
const LOOKS = ["stars", "faces"];

const QUESTIONS = [
  ...everyKind(text),
  // The same scale in its other looks.
  ...LOOKS.map((look) => ({
    key: look, kind: { rating: { max: 5, low: text("low"), high: text("high"), look } },
    text: text(look), hint: null, required: true, not_applicable: true,
  })),
].map((question, index) => ({ ...question, page: index + 1 }));

describe("a question", () => {
  let wall;

  before(async () => {
    await api.create("admin", templates, { title: { ar: "كل الأنواع", en: "Every kind" } });
    const { items } = await api.get("admin", templates);
    const { id } = items.find(({ name }) => name.en === "Every kind");
    const draft = await api.get("admin", `${templates}${id}/`);
    const content = { ...draft.content, questions: QUESTIONS };
    await api.put("admin", `${templates}${id}/`, { lock_version: draft.lock_version, content });
    await api.post("admin", `${templates}${id}/publish/`, { lock_version: draft.lock_version + 1 });
    const { hospitals } = await api.get("admin", posters);
    await api.create("admin", posters, { hospital_id: hospitals[0].id, template_id: id });
    const hanging = (await api.get("admin", posters)).items.find(({ template_id }) => template_id === id);
    wall = new URL((await api.get("admin", `${posters}${hanging.id}/`)).address).pathname;
  });

  /** Whoever reads the code of the poster begins; answers the address of their survey. */
  async function begun(language) {
    const begun = await fetch(new URL(`${wall}?lang=${language}`, server.url), {
      method: "POST", redirect: "manual", headers: { origin: server.url },
    });
    return begun.headers.get("location");
  }

  for (const language of ["ar", "en"]) {
    it(`of every kind is heard as it should be and breaks no rule, in ${language}`, () =>
      browser.visit({ language, width: 390 }, async ({ page, open, axe }) => {
        const address = await begun(language);
        let heard = "";
        for (const { key, page: at } of QUESTIONS) {
          await open(`${address}/${at}?lang=${language}`);
          assert.equal(await page.locator("html").getAttribute("dir"), language === "ar" ? "rtl" : "ltr");
          assert.deepEqual(await axe(), [], key);
          heard += `# ${key}\n${await page.locator("form .q").ariaSnapshot()}\n`;
        }
        const file = new URL(`golden/kinds.${language}.yml`, import.meta.url);
        if (process.env.GOLDEN === "write") await writeFile(file, heard);
        assert.equal(heard, await readFile(file, "utf8"));
      }));
  }

  it("is one of many: the answers are looked through before they are sent", () =>
    browser.visit({ language: "ar", width: 390 }, async ({ page, open, axe }) => {
      const address = await begun("ar");
      const say = (key) => said("ar", `public.${key}`);
      const at = (key) => `${address}/${QUESTIONS.find((question) => question.key === key).page}`;
      const next = page.locator(".bar [name=next]");
      await open(at("words"));
      await page.locator("textarea").fill("كلمة أولى");
      await next.click();
      await open(at("stars"));
      await page.locator("[name=stars][value='4']").check({ force: true });
      await next.click();
      await page.locator("[name=faces][value='2']").check({ force: true });
      await page.getByRole("button", { name: say("to_review") }).last().click();
      await page.getByRole("heading", { level: 1, name: say("review_title") }).waitFor();
      assert.deepEqual(await axe(), []);
      const line = page.locator(".said > div").filter({ hasText: "سؤال words" });
      await line.getByText("كلمة أولى").waitFor();
      // Nothing is sent before its button is pressed, and every answer can still be changed.
      await line.getByRole("link").click();
      await page.locator("textarea").fill("كلمة أخرى");
      await next.click();
      await open(`${address}/review`);
      await line.getByText("كلمة أخرى").waitFor();
      await page.getByRole("button", { name: say("send") }).click();
      await page.locator(".tick").waitFor();
    }));
});
