// Journeys as the people of a hospital define and watch them: one of each kind, one format each.

import assert from "node:assert/strict";
import { after, describe, it } from "node:test";

import { opdVisit } from "./support/api.mjs";
import { eventually } from "./support/eventually.mjs";
import { openHouse } from "./support/house.mjs";
import { text } from "./support/texts.mjs";

const { api, browser } = await openHouse();

const HOSPITAL = "DMM";
const PHYSICIAN = "SCFHS-10202";
const LANGUAGES = ["ar", "en"];

const eightDigits = () => String(Math.floor(10_000_000 + Math.random() * 89_999_999));

/** A visit told in our own JSON: the beginning, and the stage that was added. */
function inJson(code) {
  const [begun] = opdVisit({ hospital: HOSPITAL });
  const at = new Date().toISOString();
  const added = { ...begun, source_event_id: `${begun.encounter_id}-${code}`, event_code: code,
    occurred_at: at, department: "CARD", physician: PHYSICIAN };
  return { encounter: begun.encounter_id, begin: () => api.postEvents([begun]), go: () => api.postEvents([added]) };
}

/** One told in HL7 v2. */
function inHl7(code) {
  const number = eightDigits();
  const stamp = (at) => at.toISOString().replace(/[-:T]/g, "").slice(0, 14) + "+0000";
  const message = (trigger, id, at) => [
    `MSH|^~\\&|HIS|${HOSPITAL}|PX360|PX360|${stamp(at)}||ADT^${trigger}|${number}-${id}|P|2.5|||AL|NE||UNICODE UTF-8`,
    `EVN|${trigger}|${stamp(at)}`,
    `PID|1||${number}^^^${HOSPITAL}^MR||تجربة^منى||19900412|F`,
    `PV1|1|E|ER^1^2^${HOSPITAL}||||${PHYSICIAN}^اختبار^طبيب||||||||||||EMS-${number}`,
  ].join("\r");
  const post = (trigger, id, at) => api.postMessage("application/hl7-v2", message(trigger, id, at));
  return {
    encounter: `EMS-${number}`,
    begin: () => post("A04", 1, new Date(Date.now() - 60_000)),
    go: async () => assert.match(await post(code, 2, new Date()), /MSA\|CA/),
  };
}

/** One told in FHIR. */
function inFhir() {
  const number = eightDigits();
  const bundle = (id, history) => JSON.stringify({
    resourceType: "Bundle", type: "message", identifier: { value: `${number}-${id}` },
    entry: [
      { resource: {
        resourceType: "Encounter", id: "e", identifier: [{ value: `INP-${number}` }],
        status: history.at(-1).status, class: { code: "IMP" }, statusHistory: history,
        subject: { reference: "Patient/p" },
        participant: [{ type: [{ coding: [{ code: "ATND" }] }], individual: { identifier: { value: PHYSICIAN } } }],
        location: [{ location: { identifier: { value: "CARD" } } }],
        serviceProvider: { identifier: { value: HOSPITAL } } } },
      { resource: {
        resourceType: "Patient", id: "p", name: [{ family: "تجربة", given: ["منى"] }],
        identifier: [{ type: { coding: [{ code: "MR" }] }, value: number }],
        managingOrganization: { identifier: { value: HOSPITAL } } } },
    ],
  });
  const arrived = { status: "arrived", period: { start: new Date(Date.now() - 60_000).toISOString() } };
  const now = () => ({ status: "in-progress", period: { start: new Date().toISOString() } });
  return {
    encounter: `INP-${number}`,
    begin: () => api.postMessage("application/fhir+json", bundle(1, [arrived])),
    go: () => api.postMessage("application/fhir+json", bundle(2, [arrived, now()])),
  };
}

const KINDS = [
  { kind: "opd", language: "ar", place: 2, code: "WELCOME_DONE", tell: inJson },
  { kind: "ems", language: "en", place: 2, code: "Z77", tell: inHl7 },
  { kind: "inpatient", language: "ar", place: 3, code: "ENCOUNTER_IN_PROGRESS", tell: inFhir },
];

describe("a hospital defines its own journey and watches it", () => {
  /** Templates of this hospital alone, so that nobody else's visits change; retired in the end. */
  after(async () => {
    const { items } = await api.get("admin", "/api/journeys/templates/");
    for (const { id } of items.filter(({ hospital_id, state }) => hospital_id && state === "published")) {
      const { lock_version } = await api.get("admin", `/api/journeys/templates/${id}/`);
      await api.post("admin", `/api/journeys/templates/${id}/retire/`, { lock_version });
    }
  });

  for (const { kind, language, place, code, tell } of KINDS) {
    const say = (key, values) => text(language, `journeys.${key}`, values);

    it(`${kind}, in ${language}: drafted, moved, published; its message completes the stage`, () =>
      browser.visit({ as: "admin", language }, async (visitor) => {
        const { page, open } = visitor;
        await open(`/${language}/journeys/templates`);
        await page.locator("#draft-type").selectOption(kind);
        const owner = page.locator("#draft-owner");
        const ours = await owner.locator("option").filter({ hasText: /Dammam|الدمام/ }).getAttribute("value");
        await owner.selectOption(ours);
        await page.getByRole("button", { name: say("begin_draft") }).click();
        await page.locator(".stage-panel").waitFor();
        const items = page.locator(".stage-item");
        const before = await items.count();

        // One more stage, whose message must name the physician.
        await page.getByRole("button", { name: say("add_stage") }).click();
        await eventually("the new stage has the keyboard", () =>
          page.evaluate(() => document.activeElement?.id === "stage-name-ar"));
        await page.locator("#stage-name-ar").fill("الترحيب");
        await page.locator("#stage-name-en").fill("Welcome");
        await page.locator("#stage-code").fill("welcome");
        await page.getByRole("button", { name: say("add_rule") }).click();
        await page.locator("#rule[open] #rule-codes").fill(code);
        await page.getByRole("button", { name: say("keep_rule") }).click();
        await page.locator(".stage-panel .rule").getByText(code).waitFor();
        await page.locator("#stage-physician").check();

        // Moved by the keyboard to its place, and what was done is said.
        const last = page.locator(`#stage-${before}`);
        await last.focus();
        for (let at = before; at >= place; at--) {
          await page.keyboard.press("Alt+ArrowUp");
          await eventually(`it stands at ${at}`, () =>
            page.evaluate((id) => document.activeElement?.id === id, `stage-${at - 1}`));
        }
        await items.nth(place - 1).getByText(language === "ar" ? "الترحيب" : "Welcome").waitFor();
        await page.getByText(new RegExp(`${place}.*${before + 1}`)).first().waitFor({ state: "attached" });

        // What publishing means is shown before it is done.
        await page.getByRole("button", { name: say("publish"), exact: true }).click();
        const sheet = page.locator("#publish[open]");
        await sheet.getByText(say("change_added")).waitFor();
        await sheet.locator("table.replay").waitFor();
        await sheet.getByRole("button", { name: say("publish_now") }).click();
        await page.locator(".page-head .badge").getByText(say("state_published")).waitFor();

        // The board, kept up to date by itself, and the stage with its physician.
        const visit = tell(code);
        await visit.begin();
        await open(`/${language}/journeys?type=${kind}&hospital=${HOSPITAL}`);
        const waiting = page.locator(".board-column", { has: page.getByText(language === "ar" ? "الترحيب" : "Welcome") });
        await eventually("the visit is on the board", async () => {
          if (await waiting.getByText(visit.encounter).count()) return true;
          await page.reload();
          await visitor.awake();
          return false;
        });
        await visit.go();
        await waiting.getByText(visit.encounter).waitFor({ state: "detached", timeout: 25_000 });
        await open(`/${language}/journeys/list?encounter_number=${visit.encounter}`);
        await page.locator("a.row-link").first().click();
        const stage = page.locator(".stage", { has: page.getByText(language === "ar" ? "الترحيب" : "Welcome") });
        await stage.getByText(say("stage_completed")).first().waitFor();
        const licence = await physicianName(language);
        await stage.getByText(licence).waitFor();
        assert.ok((await page.locator(".stage").count()) > before);
      }));
  }

  it("a stage is moved by dragging and by its menu, and one that was removed comes back", () =>
    browser.visit({ as: "admin", language: "en" }, async ({ page, open, expectRefusals }) => {
      expectRefusals(409);
      await open("/en/journeys/templates");
      await page.getByRole("button", { name: text("en", "journeys.begin_draft") }).click();
      await page.locator(".stage-panel").waitFor();
      const names = () => page.locator(".stage-words > bdi").allInnerTexts();
      const before = await names();
      await page.locator(".stage-item").nth(0).dragTo(page.locator(".stage-item").nth(2));
      const moved = [before[1], before[2], before[0], ...before.slice(3)];
      await eventually("it was dragged", async () => String(await names()) === String(moved));
      const menu = page.locator(".stage-item").nth(2).locator(".menu-commands");
      await menu.getByRole("button").first().click();
      await menu.getByRole("menuitem", { name: text("en", "kit.reorder_first") }).click();
      await eventually("it is back", async () => String(await names()) === String(before));
      await page.locator("#stage-1").click();
      await page.getByRole("button", { name: text("en", "journeys.remove_stage") }).click();
      await eventually("it is gone", async () => (await names()).length === before.length - 1);
      await page.getByRole("button", { name: text("en", "kit.undo") }).click();
      await eventually("it is there again", async () => String(await names()) === String(before));
      // A fault is named, leads to its stage and keeps it from being published.
      await page.locator("#stage-0").click();
      await page.locator("#stage-name-en").fill("");
      await page.locator(".finding-error").first().waitFor();
      await page.getByRole("button", { name: text("en", "journeys.publish"), exact: true }).click();
      const sheet = page.locator("#publish[open]");
      await sheet.getByText(text("en", "journeys.publish_blocked")).waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: text("en", "journeys.discard_draft") }).first().click();
      await page.locator("#discard[open] .button-danger").click();
      await page.waitForURL("**/journeys/templates");
    }));
});

/** What the physician is called. */
async function physicianName(language) {
  const { items } = await api.get("admin", `/api/organizations/physicians/?search=${PHYSICIAN}`);
  return items[0][`name_${language}`];
}

describe("a code that nobody knows", () => {
  for (const language of LANGUAGES) {
    const say = (key, values) => text(language, `integrations.${key}`, values);

    it(`parks the message until somebody says what it means, in ${language}`, () =>
      browser.visit({ as: "admin", language }, async (visitor) => {
        const { page, open } = visitor;
        const unknown = `HEART-${eightDigits()}`;
        const [begun] = opdVisit();
        begun.department = unknown;
        const [{ event_id }] = await api.postEvents([begun]);
        await eventually("it waits", async () =>
          (await api.get("admin", `/api/integrations/events/${event_id}/`)).status === "parked");
        // From the log to the message, from there to the codes.
        await open(`/${language}/integrations/events?status=parked`);
        await page.locator("tr", { hasText: begun.encounter_id }).locator("a.row-link").click();
        await page.getByText(unknown).first().waitFor();
        await page.getByRole("link", { name: say("to_mappings") }).click();
        await page.waitForURL(`**/${language}/integrations/mappings`);
        const line = page.locator("li", { hasText: unknown });
        await line.getByRole("button").click();
        await page.getByRole("combobox").fill("CARD");
        await page.getByRole("option").first().click();
        await page.locator("#map-code[open] .button-primary").click();
        await eventually("the code waits no more", async () => (await line.count()) === 0);
        await eventually("the message went on", async () =>
          (await api.get("admin", `/api/integrations/events/${event_id}/`)).status === "processed");
        await open(`/${language}/integrations/events/${event_id}`);
        await page.getByText(say("did_open_journey")).waitFor();
        // Who looks at the content is remembered.
        await page.getByRole("button", { name: say("raw_show") }).click();
        await page.locator(".raw-message").getByText(begun.encounter_id).first().waitFor();
      }));
  }
});

describe("the test bench", () => {
  for (const language of LANGUAGES) {
    it(`shows what a message would do and keeps nothing, in ${language}`, () =>
      browser.visit({ as: "admin", language }, async ({ page, open }) => {
        const journeys = () => api.get("admin", "/api/journeys/instances/?encounter_number=TRY-EMS-1");
        await open(`/${language}/journeys/test-bench`);
        await page.locator(".samples button").nth(1).click();
        await page.getByRole("button", { name: text(language, "journeys.bench_try") }).click();
        await page.locator(".tried-message").nth(1).waitFor();
        await page.locator(".bench-result .stage").first().waitFor();
        assert.deepEqual((await journeys()).items, []);
      }));
  }
});

describe("a system that sends", () => {
  it("is added, gets a key that is shown once, and sends with it", () =>
    browser.visit({ as: "admin", language: "ar" }, async ({ page, open }) => {
      const say = (key) => text("ar", `integrations.${key}`);
      const code = `his-${eightDigits()}`;
      await open("/ar/integrations/sources");
      await page.getByRole("button", { name: say("new_source") }).click();
      const form = page.locator("dialog[open]");
      await form.getByLabel(say("code"), { exact: true }).fill(code);
      await form.getByLabel(say("name"), { exact: true }).fill("نظام التجربة");
      await form.locator("#source-everywhere").check();
      await form.locator(".button-primary").click();
      const key = await page.locator("#new-key[open] .new-key").innerText();
      assert.match(key, /^px_/);
      const answer = await page.request.post("/api/integrations/events/", {
        headers: { authorization: `Api-Key ${key}` }, data: [opdVisit()[0]],
      });
      assert.equal(answer.status(), 202);
      await page.keyboard.press("Escape");
      await page.getByText(code).first().waitFor();
      assert.equal(await page.getByText(key).count(), 0);
    }));
});
