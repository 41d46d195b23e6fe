// The main job: a visit becomes a survey, a bad answer becomes an action, an executive sees it.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { SEVERE } from "./support/api.mjs";
import { mustAgree, mustHaveMovedBy, readBoard } from "./support/board.mjs";
import { openHouse } from "./support/house.mjs";
import { text } from "./support/texts.mjs";

const { api, browser } = await openHouse();

const next = (page) => page.locator(".bar [name=next]").click();
const choose = (page, key, value) => page.locator(`[name=${key}][value="${value}"]`).check();
const isChosen = (page, key, value) => page.locator(`[name=${key}][value="${value}"]`).isChecked();

/** Waits for the survey's page of this name. */
const arrives = (page, name) => page.waitForURL(({ pathname }) => pathname.endsWith(`/${name}`));

/** The command center as REST and as its page tell it, which must be the same. */
async function commandCenter(language) {
  return browser.visit({ as: "admin", language }, async ({ page, open }) => {
    const numbers = await api.dashboard();
    await open(`/${language}/command-center`);
    mustAgree(await readBoard(page), numbers);
    return numbers;
  });
}

async function signInByHand(page, username, language) {
  await page.getByLabel(text(language, "public.login_username")).fill(username);
  await page.getByLabel(text(language, "public.login_password"), { exact: true }).fill("px360-demo");
  await page.getByRole("button", { name: text(language, "public.login_button") }).click();
}

/** Every `<time>` of an element, to the second. */
const times = (place) =>
  place.locator("time").evaluateAll((all) => all.map((time) => Date.parse(time.dateTime)));
const toTheSecond = (instant) => Math.floor(Date.parse(instant) / 1000) * 1000;

describe("a bad visit, told in Arabic on a phone without JavaScript", () => {
  const phone = { language: "ar", width: 390, javaScript: false };
  const sentence = (key, values) => text("ar", key, values);
  const comment = "انتظرنا <b>ساعتين</b> & لم يشرح أحد السبب.";
  let before;
  let survey;
  let action;

  it("brings a link to the patient's phone after the events of the visit", async () => {
    before = await commandCenter("ar");
    survey = await api.invite({ language: "ar" });
    assert.equal(survey.language, "ar");
    assert.equal(survey.channel, "sms");
    assert.ok(survey.text.includes(survey.link));
  });

  it("refuses an empty page with a summary that leads to the question", async () => {
    await browser.visit(phone, async ({ page, open }) => {
      await open(survey.link);
      assert.equal(await page.locator("html").getAttribute("dir"), "rtl");
      await next(page);
      const fault = sentence("public.fault_scale", { low: 0, high: 10 });
      const said = sentence("public.fault_of_question", { number: 1, fault });
      const summary = page.getByRole("alert").filter({ hasText: sentence("public.problem") });
      assert.equal(await summary.getByRole("link").innerText(), said);
      assert.equal(await page.locator(".q .err").innerText(), said);
      assert.match(await page.title(), /^خطأ: /);
      assert.ok(await summary.evaluate((element) => element === document.activeElement));
      await summary.getByRole("link").click();
      assert.equal(new URL(page.url()).hash, `#${await page.locator("[name=nps]").first().getAttribute("id")}`);
    });
  });

  it("keeps the answer while the language is switched there and back", async () => {
    await browser.visit(phone, async ({ page, open }) => {
      await open(survey.link);
      await choose(page, "nps", 5);
      await page.getByRole("button", { name: "English" }).click();
      assert.equal(await page.locator("html").getAttribute("lang"), "en");
      assert.equal(await page.locator("html").getAttribute("dir"), "ltr");
      assert.ok(await isChosen(page, "nps", 5));
      await page.getByRole("button", { name: "العربية" }).click();
      assert.equal(await page.locator("html").getAttribute("lang"), "ar");
      assert.ok(await isChosen(page, "nps", 5));
      await next(page);
      await arrives(page, "2");
    });
  });

  it("goes on where the patient stopped, and back without losing anything", async () => {
    await browser.visit(phone, async ({ page, open }) => {
      await open(survey.link);
      assert.ok(await page.getByText(sentence("public.resumed")).isVisible());
      assert.equal(await page.locator("[name=doctor_listened]").count(), 5);
      await choose(page, "doctor_listened", 3);
      await page.getByRole("button", { name: sentence("public.back") }).click();
      assert.ok(await isChosen(page, "nps", 5));
      await next(page);
      assert.ok(await isChosen(page, "doctor_listened", 3));
      await choose(page, "waiting_time", 2);
      await next(page);
      await arrives(page, "3");
    });
  });

  it("thanks, is sorry, and asks whether we may call", async () => {
    await browser.visit(phone, async ({ page, open }) => {
      await open(survey.link);
      await page.getByRole("textbox").fill(comment);
      await page.getByRole("button", { name: sentence("public.send") }).click();
      await arrives(page, "done");
      assert.equal(await page.locator("h1").innerText(), sentence("public.done_title"));
      assert.ok(await page.getByText(sentence("public.callback_sorry")).isVisible());
      assert.ok(await page.getByText(sentence("public.callback_ask_low")).isVisible());
      await page.getByRole("button", { name: sentence("public.callback_yes") }).click();
      const noted = page.getByRole("status");
      assert.equal(await noted.innerText(), sentence("public.callback_agreed"));
      assert.equal(await page.getByRole("button").count(), 0);
    });
  });

  it("moves the command center by exactly one detractor", async () => {
    const after = await commandCenter("ar");
    // The stretched scales are 5,000, 5,000 and 2,500; cleanliness was not answered.
    mustHaveMovedBy(before, after, { group: "detractors", score: 41.67, openActions: 1 });
  });

  it("shows the coordinator an action with its deadline, in the list and on its page", async () => {
    action = await api.actionOf(survey.encounter);
    await browser.visit({ language: "ar" }, async ({ page, open, awake }) => {
      await open("/ar/actions");
      assert.match(page.url(), /\/ar\/login\?next=/);
      await signInByHand(page, "coordinator", "ar");
      await page.waitForURL("**/ar/actions");
      await awake();
      const row = page.getByRole("row").filter({ hasText: action.card.reference });
      assert.ok((await times(row)).includes(toTheSecond(action.card.due_at)));
      const said = await row.innerText();
      for (const word of ["status_open", "severity_medium", "kind_low_score", "clock_response"]) {
        assert.ok(said.includes(sentence(`actions.${word}`)), `${word}: ${said}`);
      }
      assert.ok(said.includes("5/10"));
      await row.getByRole("link").click();
      await page.waitForURL(`**/ar/actions/${action.card.id}`);
      await page.getByRole("heading", { level: 1, name: action.card.reference }).waitFor();
      const clocks = await times(page.locator('section[aria-labelledby="clocks"]'));
      assert.deepEqual(clocks, [action.response_due_at, action.resolution_due_at].map(toTheSecond));
      assert.equal(await page.locator("blockquote.answer-words").innerText(), comment);
      assert.ok(await page.getByText(sentence("actions.callback_yes"), { exact: true }).isVisible());
    });
  });

  it("lets the coordinator start and close the action", async () => {
    await browser.visit({ as: "coordinator", language: "ar" }, async ({ page, open }) => {
      await open(`/ar/actions/${action.card.id}`);
      await page.getByRole("button", { name: sentence("actions.start") }).click();
      await page.getByRole("status").getByText(sentence("actions.started")).waitFor();
      await page.locator(".action-state").getByText(sentence("actions.status_in_progress")).waitFor();
      const done = "اتصلنا بالمريض واعتذرنا.";
      await page.getByLabel(sentence("actions.resolution")).fill(done);
      await page.getByRole("button", { name: sentence("actions.close") }).click();
      await page.getByRole("status").getByText(sentence("actions.closed")).waitFor();
      await page.locator(".action-state").getByText(sentence("actions.status_closed")).waitFor();
      const kinds = ["opened", "callback_yes", "started", "closed"];
      assert.deepEqual(
        await page.locator(".timeline .entry-title").allInnerTexts(),
        kinds.map((kind) => sentence(`actions.log_${kind}`)),
      );
      assert.equal(await page.getByRole("button", { name: sentence("actions.close") }).count(), 0);
    });
    const closed = await api.get("coordinator", `/api/actions/${action.card.id}/`);
    assert.equal(closed.card.status, "closed");
    assert.ok(closed.closed_at >= closed.responded_at);
  });
});

describe("a severe experience", () => {
  const sentence = (key) => text("en", key);
  let path;

  it("goes to the department's manager, who can only ask for approval", async () => {
    const { encounter } = await api.answered(SEVERE);
    const action = await api.actionOf(encounter);
    assert.equal(action.card.severity, "high");
    path = `/en/actions/${action.card.id}`;
    await browser.visit({ as: "manager" }, async ({ page, open }) => {
      await open(path);
      await page.getByRole("button", { name: sentence("actions.start") }).click();
      await page.getByLabel(sentence("actions.resolution")).fill("Spoke with the family.");
      await page.getByRole("button", { name: sentence("actions.ask_approval") }).click();
      await page.getByRole("status").getByText(sentence("actions.approval_asked")).waitFor();
      await page.getByText(sentence("actions.four_eyes_note")).waitFor();
      assert.equal(await page.getByRole("button", { name: sentence("actions.approve") }).count(), 0);
    });
  });

  it("is closed when another person approves", async () => {
    await browser.visit({ as: "coordinator" }, async ({ page, open }) => {
      await open(path);
      assert.ok(await page.getByText(sentence("actions.waits_for_approval")).isVisible());
    });
    await browser.visit({ as: "hospital.admin" }, async ({ page, open }) => {
      await open(path);
      assert.ok(await page.getByText("Spoke with the family.").first().isVisible());
      await page.getByRole("button", { name: sentence("actions.approve") }).click();
      await page.getByRole("status").getByText(sentence("actions.decided")).waitFor();
      await page.locator(".action-state").getByText(sentence("actions.status_closed")).waitFor();
    });
  });
});

describe("a good visit, told in English on a phone with JavaScript", () => {
  const phone = { language: "en", width: 390 };
  const sentence = (key, values) => text("en", key, values);
  let before;
  let survey;

  it("brings an English link", async () => {
    before = await commandCenter("en");
    survey = await api.invite({ language: "en" });
    assert.equal(survey.language, "en");
  });

  it("is told in three pages, with the script's comforts", async () => {
    await browser.visit(phone, async ({ page, open }) => {
      await open(survey.link);
      assert.equal(await page.locator("html").getAttribute("dir"), "ltr");
      await choose(page, "nps", 10);
      await next(page);
      await arrives(page, "2");
      await choose(page, "doctor_listened", 5);
      await choose(page, "waiting_time", 5);
      // An optional answer can be taken back without a round trip.
      await choose(page, "cleanliness", 1);
      await page.getByRole("button", { name: sentence("public.clear") }).click();
      assert.ok(!(await isChosen(page, "cleanliness", 1)));
      await choose(page, "cleanliness", 5);
      await next(page);
      await arrives(page, "3");
      await page.getByRole("textbox").fill("Kind people.");
      assert.equal(await page.locator("output:not(.kept)").innerText(), "12 / 1000");
      await page.getByRole("button", { name: sentence("public.send") }).click();
      await arrives(page, "done");
      assert.ok(await page.getByText(sentence("public.callback_ask")).isVisible());
      assert.equal(await page.getByText(sentence("public.callback_sorry")).count(), 0);
      await page.getByRole("button", { name: sentence("public.callback_no") }).click();
      await page.getByText(sentence("public.callback_declined")).waitFor();
    });
  });

  it("moves the command center by exactly one promoter and opens no action", async () => {
    const after = await commandCenter("en");
    mustHaveMovedBy(before, after, { group: "promoters", score: 100, openActions: 0 });
    assert.equal(await api.actionOf(survey.encounter), null);
  });
});
