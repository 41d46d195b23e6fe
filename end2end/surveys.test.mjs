// A survey from its first question to its results: written, published, sent, answered and counted.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";

import { eventually } from "./support/eventually.mjs";
import { openHouse } from "./support/house.mjs";
import { text } from "./support/texts.mjs";

const { api, browser } = await openHouse({ mail: true });

const HOSPITAL = "JED";
/** How often a scanner of mail opens the link. */
const SCANS = 1_000;

const PICTURE = await readFile(new URL("../server/tests/it/files/pixel.png", import.meta.url));

const templates = "/api/surveys/templates/";

/** Chooses these answers, each on a page of its own. */
async function answer(page, ...controls) {
  for (const control of controls) {
    await page.locator(control).check({ force: true });
    await page.locator(".bar [name=next]").click();
  }
}

/** Fills a pair of lines. */
async function fill(page, id, ar, en) {
  await page.locator(`#${id}-ar`).fill(ar);
  await page.locator(`#${id}-en`).fill(en);
}

describe("a survey", () => {
  let survey;
  let journey;

  after(async () => {
    if (journey) await api.retireJourney(journey);
  });

  before(async () => {
    survey = await browser.visit({ as: "admin", language: "ar", width: 1600 }, written);
    journey = await api.sendFrom(HOSPITAL, survey);
  });

  /** Writes six questions with logic in both languages and publishes them; answers which survey it is. */
  async function written({ page, open, axe, expectRefusals }) {
    const say = (key, values) => text("ar", `surveys.${key}`, values);
    await open("/ar/surveys");
    await fill(page, "new-title", "رأيكم في الاستقبال", "Your welcome");
    await page.getByRole("button", { name: say("begin_survey") }).click();
    await page.locator("#survey-form").waitFor();
    const add = async (type, ar, en) => {
      const count = await page.locator(".panes .stage-item[draggable]").count();
      await page.getByRole("button", { name: say("add_question") }).click();
      await page.getByRole("menuitem", { name: say(`type_${type}`), exact: true }).click();
      await page.locator(`#question-${count}[aria-current]`).waitFor();
      await fill(page, "question-text", ar, en);
    };
    const ends = async () => {
      await fill(page, "scale-low", "سيئ", "Poor");
      await fill(page, "scale-high", "ممتاز", "Excellent");
    };
    await add("nps", "ما مدى احتمال أن توصوا بنا؟", "How likely are you to recommend us?");
    await ends();
    await page.locator("#question-required").check();
    await add("text", "ما الذي لم يرضكم؟", "What went wrong?");
    // Asked only of whoever would not recommend us.
    await page.getByRole("button", { name: say("set_condition") }).click();
    const sheet = page.locator("#asked-when[open]");
    await sheet.locator("#shown-operator").selectOption("at_most");
    await sheet.locator("#shown-choice").selectOption("6");
    await sheet.getByRole("button", { name: say("add_condition") }).click();
    await sheet.locator(".rule").waitFor();
    await sheet.getByRole("button", { name: say("keep") }).click();
    await add("rating", "كيف كان الاستقبال؟", "How was the reception?");
    await ends();
    await add("single", "كيف وصلتم؟", "How did you come?");
    for (const [at, [ar, en]] of [["بالسيارة", "By car"], ["بالحافلة", "By bus"]].entries()) {
      await page.locator(`#choice-${at}-ar`).fill(ar);
      await page.locator(`#choice-${at}-en`).fill(en);
    }
    // Each choice gets a picture; what is none is told and changes nothing.
    expectRefusals(422);
    const files = page.locator(".choice-picture [type=file]");
    await files.first().setInputFiles({ name: "way.png", mimeType: "image/png", buffer: Buffer.from("no picture") });
    await page.locator(".choice-picture .fault").getByText(say("picture_none")).waitFor();
    for (const at of [0, 1]) {
      await files.nth(at).setInputFiles({ name: "way.png", mimeType: "image/png", buffer: PICTURE });
      await page.locator(".choice-picture img").nth(at).waitFor();
    }
    await add("yes_no", "هل كان المكان نظيفًا؟", "Was the place clean?");
    await add("csat", "ما مدى رضاكم؟", "How satisfied are you?");
    await ends();

    // Everything is kept by itself, and what was done can be taken back and done again.
    const saved = () => page.locator(".saved").getByText(say("saved"), { exact: true }).waitFor();
    await saved();
    assert.equal(await page.locator(".panes .stage-item[draggable]").count(), 6);
    await page.getByRole("button", { name: say("remove_question") }).click();
    assert.equal(await page.locator(".panes .stage-item[draggable]").count(), 5);
    await page.getByLabel(say("undo"), { exact: true }).click();
    await page.locator("#question-5").waitFor();
    await page.getByLabel(say("redo"), { exact: true }).click();
    await page.locator("#question-5").waitFor({ state: "detached" });
    await page.getByLabel(say("undo"), { exact: true }).click();
    await page.locator("#question-5").waitFor();
    await saved();
    await page.getByText(text("ar", "journeys.finding_errors", { count: 0 })).first().waitFor();

    // The words of the invitation, as the message that they make and what it costs; and a quota that nobody fills.
    await page.getByRole("button", { name: say("survey_itself") }).click();
    await fill(page, "invitation", "{hospital}: كيف كان الاستقبال؟", "{hospital}: how was your welcome?");
    const message = page.locator(".message").filter({ has: page.locator(".bubble[lang=en]") });
    await message.getByText(/: how was your welcome\?\n?http/).waitFor();
    const charged = await message.locator(".hint").last().textContent();
    const letters = Number(/\d+/.exec(charged)[0]);
    assert.equal(letters, [...(await message.locator(".bubble").textContent())].length);
    await fill(page, "quota-name", "كل من أجاب", "Everybody");
    await page.locator("#quota-size").fill("٥٠٠");
    await page.getByRole("button", { name: say("add_quota") }).click();
    await page.locator(".rule-words").getByText("500").waitFor();
    await saved();

    // The preview is the patient's own page, and both languages stand side by side.
    await page.locator("#question-5").click();
    const phone = page.frameLocator(`iframe[title="${say("preview_en")}"]`);
    await phone.getByText("How satisfied are you?").waitFor();
    assert.deepEqual(await axe(), []);
    await page.getByRole("button", { name: say("publish"), exact: true }).click();
    await page.locator("#publish[open]").getByRole("button", { name: say("publish_now") }).click();
    await page.locator(".page-head .badge").getByText(say("state_current")).waitFor();
    return page.url().split("/").at(-1);
  }

  const results = () => api.get("admin", `${templates}${survey}/results/`);
  const bars = (found, key) => Object.fromEntries(
    found.answers.find((answer) => answer.key === key).bars.map(({ value, count }) => [value, count]));

  it("is answered on a phone in Arabic without scripts and in English with them, and counted exactly", async () => {
    const unhappy = await api.invite({ hospital: HOSPITAL });
    const { subject, html, headers } = unhappy.mail;
    assert.match(subject, /نرجو تقييم زيارتكم/);
    assert.match(html, /<html lang="ar" dir="rtl"/);
    assert.match(html, /كيف كان الاستقبال؟/);
    assert.equal(headers.get("list")?.unsubscribe?.url, `${unhappy.link}/stop`);
    await browser.visit({ language: "ar", width: 390, javaScript: false }, async ({ page, open }) => {
      await open(`/s/${unhappy.token}`);
      // Larger letters hold for the whole way.
      await page.locator("[name=large-type]").check({ force: true });
      await answer(page, "[name=nps][value='2']");
      assert.equal(await page.locator("html.large [name=large-type]:checked").count(), 1);
      await page.locator("textarea").fill("لم يستقبلنا أحد");
      await page.locator(".bar [name=next]").click();
      await answer(page, "[name=rating][value='1']", "[name=single] >> nth=1", "[name=yes_no][value=no]", "[name=csat][value='2']");
      await page.locator(".tick").waitFor();
      assert.equal(await page.locator("html.large").count(), 1);
    });
    const happy = await api.invite({ hospital: HOSPITAL });
    await browser.visit({ language: "en", width: 390 }, async ({ page, open, axe }) => {
      await open(`/s/${happy.token}?lang=en`);
      // Whoever is content is not asked what went wrong.
      await answer(page, "[name=nps][value='10']", "[name=rating][value='5']");
      await page.waitForFunction(() => {
        const pictures = [...document.querySelectorAll(".pics img")];
        return pictures.length === 2 && pictures.every((picture) => picture.naturalWidth > 0);
      });
      assert.deepEqual(await axe(), []);
      // How they came may stay open.
      await page.locator(".bar [name=next]").click();
      await answer(page, "[name=yes_no][value=yes]", "[name=csat][value='5']");
      await page.locator(".tick").waitFor();
    });
    const found = await results();
    const { created, opened, started, completed } = found.funnel;
    assert.deepEqual({ created, opened, started, completed }, { created: 2, opened: 2, started: 2, completed: 2 });
    assert.equal(bars(found, "nps")[2] + bars(found, "nps")[10], 2);
    assert.deepEqual(bars(found, "yes_no"), { yes: 1, no: 1 });
    assert.deepEqual(Object.values(bars(found, "single")), [0, 1]);
    assert.equal(found.comments.length, 1);
    await browser.visit({ as: "admin", language: "en" }, async ({ page, open, axe }) => {
      await open(`/en/surveys/${survey}/results`);
      await page.getByText("How satisfied are you?").waitFor();
      await page.locator("blockquote").getByText("لم يستقبلنا أحد").waitFor();
      assert.deepEqual(await axe(), []);
      // Each response stands in the list and opens itself: the one that came first is below the other.
      await open(`/en/surveys/responses?survey=${survey}`);
      await page.locator(".template-version a").nth(1).click();
      await page.locator("dl.response").getByText("2 / 10").waitFor();
      await page.locator("dl.response blockquote").getByText("لم يستقبلنا أحد").waitFor();
      assert.deepEqual(await axe(), []);
    });
  });

  it(`is not changed by a scanner that opens the link ${SCANS} times`, async () => {
    const { link, token } = await api.invite({ hospital: HOSPITAL });
    const before = await results();
    const addresses = [link, `${link}?a=9`, `${link}/1`, `${link}/done`, `${link}/callback`];
    for (let at = 0; at < SCANS; at += 20) {
      await Promise.all(Array.from({ length: 20 }, async (_, of) => {
        const method = (at + of) % 3 === 0 ? "HEAD" : "GET";
        const answer = await fetch(addresses[of % addresses.length], { method, headers: { "sec-purpose": "prefetch" } });
        assert.ok(answer.status < 500, answer.status);
        await answer.text();
      }));
    }
    assert.deepEqual((await results()).funnel, before.funnel);
    await browser.visit({ language: "ar", width: 390 }, async ({ page, open }) => {
      await eventually("the link can still be answered", async () => {
        await open(`/s/${token}`);
        return (await page.locator("[name=nps]:checked").count()) === 0;
      });
      // A person who looks and answers nothing is counted, once.
      const { started } = before.funnel;
      await page.mouse.wheel(0, 200);
      await page.locator("main").click({ position: { x: 5, y: 5 } });
      await eventually("the look is counted", async () => (await results()).funnel.opened === before.funnel.opened + 1);
      assert.equal((await results()).funnel.started, started);
    });
  });

  it("is sent in the part of the day that its patient chose, without scripts", async () => {
    const { token } = await api.invite({ hospital: HOSPITAL });
    await browser.visit({ language: "ar", width: 390, javaScript: false }, async ({ page, open }) => {
      await open(`/s/${token}/stop`);
      assert.equal(await page.locator("[name=time]:checked").getAttribute("value"), "any");
      await page.locator("[name=time][value=evening]").check({ force: true });
      await page.getByRole("button", { name: text("ar", "public.time_do") }).click();
      assert.equal(await page.locator("[name=time]:checked").getAttribute("value"), "evening");
      await page.getByText(text("ar", "public.time_kept")).waitFor();
    });
    for (const language of ["ar", "en"]) {
      await browser.visit({ language, width: 390 }, async ({ open, axe }) => {
        await open(`/s/${token}/stop?lang=${language}`);
        assert.deepEqual(await axe(), []);
      });
    }
  });

  it("keeps answers without who gave them once it is anonymous", async () => {
    const say = (key, values) => text("en", `surveys.${key}`, values);
    await browser.visit({ as: "admin", language: "en", width: 1600 }, async ({ page, open }) => {
      await open(`/en/surveys/${survey}`);
      await page.getByRole("button", { name: say("new_version") }).click();
      await page.getByRole("button", { name: say("survey_itself") }).click();
      await page.locator("#survey-anonymous").check({ force: true });
      await page.locator(".saved").getByText(say("saved"), { exact: true }).waitFor();
      await page.getByRole("button", { name: say("publish"), exact: true }).click();
      await page.locator("#publish[open]").getByRole("button", { name: say("publish_now") }).click();
      await page.locator(".page-head .badge").getByText(say("state_current")).waitFor();
    });
    const before = await results();
    const { token } = await api.invite({ hospital: HOSPITAL });
    await browser.visit({ language: "en", width: 390 }, async ({ page, open, axe }) => {
      await open(`/s/${token}?lang=en`);
      await page.getByText(text("en", "public.unlinked")).waitFor();
      assert.deepEqual(await axe(), []);
      await answer(page, "[name=nps][value='7']", "[name=rating][value='3']");
      await page.locator(".bar [name=next]").click();
      await answer(page, "[name=yes_no][value=yes]", "[name=csat][value='3']");
      await page.locator(".tick").waitFor();
      assert.equal(await page.locator("[name=agreed]").count(), 0, "nobody can be called");
    });
    // One alone would be of whoever was there: it shows among five.
    assert.equal(bars(await results(), "nps")[7], bars(before, "nps")[7]);
    for (let at = 0; at < 4; at += 1) {
      const other = await api.invite({ hospital: HOSPITAL });
      const answers = { nps: 8, rating: 4, yes_no: true, csat: 4 };
      const body = JSON.stringify({ language: "en", answers });
      const headers = { "content-type": "application/json" };
      const address = `${new URL(other.link).origin}/api/surveys/submit/${other.token}/`;
      const receipt = await fetch(address, { method: "POST", headers, body });
      assert.equal((await receipt.json()).status, "completed");
    }
    const found = await results();
    assert.equal(found.funnel.completed, before.funnel.completed + 5);
    assert.equal(bars(found, "nps")[7], bars(before, "nps")[7] + 1);
    const list = await api.get("admin", `/api/surveys/instances/?template_id=${survey}`);
    const [told] = list.items.filter((one) => one.nps === 7);
    assert.deepEqual([told.patient_id, told.stage], [null, null]);
  });

  it("hangs on a wall and is answered by whoever comes along, without scripts and without a name", async () => {
    const say = (key, values) => text("ar", `surveys.${key}`, values);
    const address = await browser.visit({ as: "admin", language: "ar", width: 1280 }, async ({ page, open, axe }) => {
      await open("/ar/surveys/posters");
      await page.locator("#poster-survey").selectOption(survey);
      await page.locator("#poster-department").selectOption({ index: 1 });
      assert.deepEqual(await axe(), []);
      await page.getByRole("button", { name: say("make_poster") }).click();
      await page.locator(".poster svg.qr").waitFor();
      assert.deepEqual(await axe(), []);
      const file = await api.text("admin", `/api/surveys/posters/${page.url().split("/").at(-1)}/code.svg`);
      assert.match(file, /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox="0 0 \d+ \d+">/);
      await page.emulateMedia({ media: "print" });
      assert.equal(await page.locator("h1").isVisible(), false);
      assert.equal(await page.locator(".poster-ask").first().isVisible(), true);
      return page.locator(".poster-address").innerText();
    });
    const before = await results();
    const wall = `/p/${address.split("/p/")[1]}`;
    await browser.visit({ language: "ar", width: 390 }, async ({ open, axe }) => {
      await open(wall);
      assert.deepEqual(await axe(), []);
    });
    await browser.visit({ language: "en", width: 390, javaScript: false }, async ({ page, open }) => {
      await open(wall);
      await page.locator("a.lang").click();
      await page.getByText("Nobody asks for your name").waitFor();
      await page.locator("form button").click();
      await page.locator("[name=nps]").first().waitFor({ state: "attached" });
      assert.equal(await page.locator("footer a:not([href^='tel:'])").count(), 0, "nobody is sent anything");
      await answer(page, "[name=nps][value='9']", "[name=rating][value='4']");
      await page.locator(".bar [name=next]").click();
      await answer(page, "[name=yes_no][value=yes]", "[name=csat][value='4']");
      await page.locator(".tick").waitFor();
      assert.equal(await page.locator("[name=agreed]").count(), 0, "nobody can be called");
    });
    const found = await api.get("admin", `${templates}${survey}/results/?mode=poster`);
    assert.equal(found.funnel.completed, 1);
    assert.equal(bars(found, "nps")[9], 1);
    assert.equal((await results()).funnel.completed, before.funnel.completed + 1);
  });
});
