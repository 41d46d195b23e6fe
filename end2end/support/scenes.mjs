// Every page of the house, in every state that looks different.

import { BAD, GOOD, SEVERE } from "./api.mjs";
import { eventually } from "./eventually.mjs";

/** What the pages show: made once, over REST. */
export async function prepareScenes(api) {
  const late = await api.inviteLate();
  const [unanswered, halfway, thankful] = [await api.invite(), await api.invite(), await api.answered(GOOD)];
  const comment = "انتظرنا كثيرًا. The pharmacy was closed, <b>again</b>.";
  const opened = await action(api, { ...BAD, why: comment });
  const working = await action(api, BAD);
  await api.post("coordinator", `${path(working)}start/`, { version: working.version });
  const closed = await action(api, { ...BAD, nps: 6 });
  await api.post("coordinator", `${path(closed)}start/`, { version: closed.version });
  const [next, resolution] = [closed.version + 1, "Called and apologised."];
  await api.post("coordinator", `${path(closed)}close/`, { version: next, resolution });
  const pending = await action(api, SEVERE);
  await api.post("manager", `${path(pending)}start/`, { version: pending.version });
  await api.post("manager", `${path(pending)}close/`, { version: pending.version + 1, resolution });
  const journeys = await madeOfJourneys(api);
  const surveys = await madeOfSurveys(api);
  await eventually("the late link no longer works", async () => (await fetch(late.link)).status === 410);
  return { late, unanswered, halfway, thankful, opened, working, closed, pending, ...journeys, ...surveys };
}

async function action(api, answers) {
  const { encounter } = await api.answered(answers);
  return api.actionOf(encounter);
}

/** A journey, a template in force and a draft of one hospital, a message that waits and one that did its work. */
async function madeOfJourneys(api) {
  const first = async (path, wanted = () => true) => (await api.get("admin", path)).items.find(wanted);
  const journey = (await first("/api/journeys/instances/?journey_type=opd&status=completed")).id;
  const template = (await first("/api/journeys/templates/", ({ state }) => state === "published")).id;
  const { hospitals } = await api.get("admin", "/api/journeys/templates/");
  const own = hospitals.at(0).id;
  const isOurs = ({ state, hospital_id }) => state === "draft" && hospital_id === own;
  if (!(await first("/api/journeys/templates/", isOurs))) {
    await api.create("admin", "/api/journeys/templates/", { journey_type: "inpatient", hospital_id: own });
  }
  const draft = (await first("/api/journeys/templates/", isOurs)).id;
  const parked = (await first("/api/integrations/events/?status=parked")).event_id;
  const processed = (await first("/api/integrations/events/?status=processed&limit=200", ({ format }) => format === "hl7v2")).event_id;
  return { journey, template, draft, parked, processed };
}

/** A survey that is asked, and one that is written. */
async function madeOfSurveys(api) {
  const templates = "/api/surveys/templates/";
  const of = async (wanted) => (await api.get("admin", templates)).items.find(wanted);
  const asked = (await of(({ code }) => code === "opd_visit")).id;
  const copied = (await of(({ code }) => code === "inpatient")).id;
  const isOurs = ({ current, code }) => current === null && code.startsWith("scene");
  if (!(await of(isOurs))) {
    await api.create("admin", templates, { title: { ar: "للمعاينة", en: "Scene" }, copy_of: copied });
  }
  const written = (await of(isOurs)).id;
  const { content, lock_version } = await api.get("admin", `${templates}${written}/`);
  content.questions[1].text.en = "";
  await api.put("admin", `${templates}${written}/`, { lock_version, content });
  const answered = await api.get("admin", "/api/surveys/instances/?status=completed&limit=1");
  return { asked, written, response: answered.items[0].id };
}

const path = ({ card }) => `/api/actions/${card.id}/`;

/**
 * The pages: where they are, who looks, what is done there before one looks, and the status.
 *
 * `both` pages speak both languages at once, so that only one of them is the page's own.
 */
export const SCENES = [
  { name: "sign-in", at: (l) => `/${l}/login` },
  {
    name: "sign-in, refused",
    at: (l) => `/${l}/login`,
    then: async ({ page }) => {
      await page.locator("#username").fill("nobody");
      await page.locator("#password").fill("wrong");
      await page.locator("form button").click();
      await page.locator(".sum").waitFor();
    },
  },
  { name: "survey, page 1", at: (l, { unanswered }) => `/s/${unanswered.token}?lang=${l}` },
  { name: "survey, page 2", at: (l, { unanswered }) => `/s/${unanswered.token}/2?lang=${l}` },
  { name: "survey, page 3", at: (l, { unanswered }) => `/s/${unanswered.token}/3?lang=${l}` },
  {
    name: "survey, with faults",
    at: (l, { unanswered }) => `/s/${unanswered.token}/2?lang=${l}`,
    then: async ({ page }) => {
      await page.locator(".bar [name=next]").click();
      await page.locator(".sum").waitFor();
    },
  },
  {
    name: "survey, resumed with answers",
    at: (l, { halfway }) => `/s/${halfway.token}/2?lang=${l}`,
    then: async ({ page }) => {
      for (const key of ["doctor_listened", "waiting_time", "cleanliness"]) {
        await page.locator(`[name=${key}][value="4"]`).check();
      }
    },
  },
  { name: "survey, done", at: (l, { thankful }) => `/s/${thankful.token}/done?lang=${l}` },
  { name: "survey, already answered", at: (l, { thankful }) => `/s/${thankful.token}?lang=${l}` },
  { name: "survey, closed", at: (l, { late }) => `/s/${late.token}?lang=${l}`, status: 410 },
  { name: "survey, stopping messages", at: (l, { unanswered }) => `/s/${unanswered.token}/stop?lang=${l}` },
  { name: "survey, forged link", at: () => "/s/forged", status: 404, both: true },
  { name: "actions", at: (l) => `/${l}/actions`, as: "coordinator" },
  {
    name: "actions, filtered, with the filter open",
    at: (l) => `/${l}/actions?status=open&status=in_progress&overdue=1`,
    as: "coordinator",
    then: ({ page }) => page.locator(".menu.filter > summary").click(),
  },
  { name: "actions, all hospitals", at: (l) => `/${l}/actions?status=closed`, as: "admin" },
  {
    name: "actions, none",
    at: (l) => `/${l}/actions?status=pending_approval&overdue=1&mine=1`,
    as: "coordinator",
  },
  { name: "action, open", at: (l, { opened }) => `/${l}/actions/${opened.card.id}`, as: "coordinator" },
  {
    name: "command center, with the bell open",
    at: (l) => `/${l}/command-center`,
    as: "manager",
    then: ({ page }) => page.locator(".bell > summary").click(),
  },
  {
    name: "actions, saving a view for the team",
    at: (l) => `/${l}/actions?status=open&overdue=1`,
    as: "admin",
    then: async ({ page }) => {
      await page.locator(".view-offer button").click();
      await page.locator("#save-view[open] [value=role]").check();
    },
  },
  {
    name: "actions, arranging views",
    at: (l) => `/${l}/actions`,
    as: "admin",
    then: async ({ page }) => {
      await page.locator(".page-head button").first().click();
      await page.locator("#views[open]").waitFor();
    },
  },
  { name: "audit log", at: (l) => `/${l}/audit`, as: "admin" },
  {
    name: "audit log, filtered, with an entry open",
    at: (l) => `/${l}/audit?entity=action&outcome=done&from=2026-01-01&search=action`,
    as: "hospital.admin",
    then: ({ page }) => page.locator(".log-head").first().click(),
  },
  {
    name: "audit log, none, with the filter open",
    at: (l) => `/${l}/audit?actor=nobody`,
    as: "admin",
    then: ({ page }) => page.locator(".menu.filter > summary").click(),
  },
  { name: "board", at: (l) => `/${l}/journeys?type=ems`, as: "viewer" },
  { name: "board, nobody", at: (l) => `/${l}/journeys?type=inpatient&hospital=RYD`, as: "hospital.admin" },
  {
    name: "journeys, with the filter open",
    at: (l) => `/${l}/journeys/list?status=active`,
    as: "admin",
    then: ({ page }) => page.locator(".menu.filter > summary").click(),
  },
  { name: "journey", at: (l, { journey }) => `/${l}/journeys/${journey}`, as: "admin" },
  { name: "journey templates", at: (l) => `/${l}/journeys/templates`, as: "admin" },
  { name: "journey template, in force", at: (l, { template }) => `/${l}/journeys/templates/${template}`, as: "viewer" },
  {
    name: "journey template, draft, with a rule open",
    at: (l, { draft }) => `/${l}/journeys/templates/${draft}`,
    as: "admin",
    then: async ({ page }) => {
      await page.locator("#stage-name-en").fill("");
      await page.locator(".stage-panel .rule button").first().click();
      await page.locator("#rule[open]").waitFor();
    },
  },
  {
    name: "journey template, draft, before publishing",
    at: (l, { draft }) => `/${l}/journeys/templates/${draft}`,
    as: "admin",
    then: async ({ page }) => {
      await page.locator(".editor-bar .button-primary").click();
      await page.locator("#publish[open] .replay").waitFor();
    },
  },
  { name: "surveys", at: (l) => `/${l}/surveys`, as: "admin" },
  { name: "survey, current", at: (l, { asked }) => `/${l}/surveys/${asked}`, as: "viewer" },
  { name: "survey results", at: (l, { asked }) => `/${l}/surveys/${asked}/results?days=365`, as: "viewer" },
  { name: "how often patients are asked", at: (l) => `/${l}/surveys/rules`, as: "admin" },
  {
    name: "messages to patients, with attempts open",
    at: (l) => `/${l}/surveys/deliveries`,
    as: "admin",
    then: ({ page }) => page.locator(".delivery-attempts summary").first().click(),
  },
  {
    name: "messages to patients, about to be paused",
    at: (l) => `/${l}/surveys/deliveries`,
    as: "admin",
    then: async ({ page }) => {
      await page.locator(".pause-foot button").click();
      await page.locator("#pause-messages[open] textarea").waitFor();
    },
  },
  { name: "posters", at: (l) => `/${l}/surveys/posters`, as: "admin" },
  {
    name: "poster",
    at: (l) => `/${l}/surveys/posters`,
    as: "viewer",
    then: async ({ page }) => {
      await page.locator(".row-link").first().click();
      await page.locator(".poster svg.qr").waitFor();
    },
  },
  { name: "responses", at: (l) => `/${l}/surveys/responses`, as: "coordinator" },
  { name: "response", at: (l, { response }) => `/${l}/surveys/responses/${response}`, as: "viewer" },
  {
    name: "survey builder, with a fault",
    at: (l, { written }) => `/${l}/surveys/${written}`,
    as: "admin",
    then: async ({ page }) => {
      await page.locator("#question-1").click();
      await page.locator(".finding-error").waitFor();
    },
  },
  {
    name: "survey builder, with a rule open",
    at: (l, { written }) => `/${l}/surveys/${written}`,
    as: "admin",
    then: async ({ page }) => {
      await page.locator("#question-2").click();
      await page.locator(".stage-panel .fieldset .button").last().click();
      await page.locator("#new-rule[open]").waitFor();
      await page.evaluate(() => scrollTo(0, 0));
    },
  },
  {
    name: "test bench, with a result",
    at: (l) => `/${l}/journeys/test-bench`,
    as: "admin",
    then: async ({ page }) => {
      await page.locator(".samples button").nth(1).click();
      await page.locator(".bench .button-primary").click();
      await page.locator(".bench-result .stage").first().waitFor();
    },
  },
  {
    name: "messages, waiting, with the filter open",
    at: (l) => `/${l}/integrations/events?status=parked`,
    as: "hospital.admin",
    then: ({ page }) => page.locator(".menu.filter > summary").click(),
  },
  { name: "message, waiting", at: (l, { parked }) => `/${l}/integrations/events/${parked}`, as: "admin" },
  {
    name: "message, its content shown",
    at: (l, { processed }) => `/${l}/integrations/events/${processed}`,
    as: "admin",
    then: async ({ page }) => {
      await page.locator("section[aria-labelledby=raw] button").click();
      await page.locator(".raw-message").waitFor();
    },
  },
  {
    name: "code mappings, one being made",
    at: (l) => `/${l}/integrations/mappings`,
    as: "admin",
    then: async ({ page }) => {
      await page.locator(".waiting-code button").first().click();
      await page.locator("#map-code[open]").waitFor();
    },
  },
  { name: "sending systems", at: (l) => `/${l}/integrations/sources`, as: "admin" },
  {
    name: "sending systems, one more",
    at: (l) => `/${l}/integrations/sources`,
    as: "admin",
    then: async ({ page }) => {
      await page.locator(".button-primary").first().click();
      await page.locator("dialog[open] form").waitFor();
    },
  },
  { name: "notifications", at: (l) => `/${l}/notifications`, as: "manager" },
  { name: "notifications, none", at: (l) => `/${l}/notifications`, as: "viewer" },
  {
    name: "action, in progress, with a fault and the ledger open",
    at: (l, { working }) => `/${l}/actions/${working.card.id}`,
    as: "coordinator",
    then: async ({ page, expectRefusals }) => {
      expectRefusals(422);
      await page.locator("details.why > summary").click();
      await page.locator(".next-step button").click();
      await page.locator(".next-step .fault:visible").waitFor();
    },
  },
  {
    name: "action, waiting for approval",
    at: (l, { pending }) => `/${l}/actions/${pending.card.id}`,
    as: "hospital.admin",
  },
  {
    name: "action, four eyes",
    at: (l, { pending }) => `/${l}/actions/${pending.card.id}`,
    as: "manager",
  },
  { name: "action, closed", at: (l, { closed }) => `/${l}/actions/${closed.card.id}`, as: "coordinator" },
  {
    name: "command center, with its table open",
    at: (l) => `/${l}/command-center`,
    as: "admin",
    then: async ({ page }) => {
      await page.locator("px-chart").scrollIntoViewIfNeeded();
      await page.locator("px-chart svg").waitFor();
      await page.locator(".card details.why > summary").click();
    },
  },
  {
    name: "command center, with the menu open",
    at: (l) => `/${l}/command-center?hospital=RYD&days=30`,
    as: "admin",
    then: ({ page }) => page.locator(".menu.profile > summary").click(),
  },
  { name: "gallery", at: (l) => `/${l}/gallery`, as: "coordinator" },
  {
    name: "gallery, with faults",
    at: (l) => `/${l}/gallery`,
    as: "coordinator",
    then: async ({ page }) => {
      await page.locator("#g-forms .gallery-row button").click();
      await page.locator(".error-summary").waitFor();
    },
  },
  {
    name: "gallery, with a dialog",
    at: (l) => `/${l}/gallery`,
    as: "coordinator",
    then: async ({ page }) => {
      await page.locator("#g-overlays .button-danger").click();
      await page.locator("#g-confirm[open]").waitFor();
    },
  },
  {
    name: "actions, with the palette open",
    at: (l) => `/${l}/actions`,
    as: "coordinator",
    then: async ({ page }) => {
      await page.keyboard.press("Control+KeyK");
      await page.locator("#palette[open] [role=option]").first().waitFor();
    },
  },
  {
    name: "actions, with the shortcuts open",
    at: (l) => `/${l}/actions`,
    as: "coordinator",
    then: async ({ page }) => {
      await page.keyboard.press("Shift+Slash");
      await page.locator("#shortcuts[open]").waitFor();
    },
  },
  { name: "not allowed", at: (l) => `/${l}/actions`, as: "viewer", status: 403 },
  {
    name: "no such action",
    at: (l) => `/${l}/actions/00000000-0000-7000-8000-000000000000`,
    as: "coordinator",
    status: 404,
  },
  { name: "nowhere", at: (l) => `/${l}/nowhere`, as: "coordinator", status: 404, both: true },
];
