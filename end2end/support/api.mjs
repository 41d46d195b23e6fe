// What sources and scripts do: post events, take links from the outbox, ask for numbers.

import assert from "node:assert/strict";
import { randomInt } from "node:crypto";

import { eventually } from "./eventually.mjs";

const API_KEY = "px360-demo-key";
const LINK_VALID_DAYS = 30;
/** Of every demo user. */
export const PASSWORD = "px360-demo";

/** A client of the REST doors. */
export class Api {
  #server;
  #tokens = new Map();

  constructor(server) {
    this.#server = server;
  }

  /** Posts events as the demo hospital system and expects every one to be accepted. */
  async postEvents(events) {
    const answer = await this.#fetch("/api/integrations/events/", {
      method: "POST",
      headers: { authorization: `Api-Key ${API_KEY}`, "content-type": "application/json" },
      body: JSON.stringify(events),
    });
    assert.equal(answer.status, 202, await answer.clone().text());
    const { items } = await answer.json();
    assert.deepEqual(items.map((item) => item.status), events.map(() => "accepted"));
    return items;
  }

  /** Posts one message of another format as the demo hospital system; answers what it was answered. */
  async postMessage(contentType, body) {
    const answer = await this.#fetch("/api/integrations/events/", {
      method: "POST",
      headers: { authorization: `Api-Key ${API_KEY}`, "content-type": contentType, accept: "*/*" },
      body,
    });
    assert.equal(answer.status, 202, await answer.clone().text());
    return answer.text();
  }

  /** A patient's whole outpatient visit, over HTTP, until its survey link was delivered by text message or mail. */
  async invite(visit = {}) {
    const events = opdVisit(visit);
    await this.postEvents(events);
    const { mobile, email } = events[0].patient;
    const addresses = [`+966${mobile.slice(1)}`, email];
    const message = await eventually("the link of the visit has been sent", async () => {
      const messages = await this.#server.outbox();
      return messages.find(({ address }) => addresses.includes(address));
    });
    return { ...message, token: message.link.split("/s/")[1], encounter: events[0].encounter_id };
  }

  /** Has the outpatient visits of one hospital send this survey; answers the journey template that does. */
  async sendFrom(hospital, survey) {
    const path = "/api/journeys/templates/";
    const { hospitals } = await this.get("admin", path);
    const { id: hospital_id } = hospitals.find(({ code }) => code === hospital);
    await this.create("admin", path, { journey_type: "opd", hospital_id });
    const { items } = await this.get("admin", path);
    const { id } = items.find((row) => row.hospital_id === hospital_id && row.state === "draft" && row.journey_type === "opd");
    const { body, lock_version } = await this.get("admin", `${path}${id}/`);
    for (const stage of body.stages) if (stage.survey_template_id) stage.survey_template_id = survey;
    await this.put("admin", `${path}${id}/`, { lock_version, body });
    await this.post("admin", `${path}${id}/publish/`, { lock_version: lock_version + 1 });
    return id;
  }

  /** Has its visits send what they sent before. */
  async retireJourney(id) {
    const path = `/api/journeys/templates/${id}/`;
    const { lock_version } = await this.get("admin", path);
    await this.post("admin", `${path}retire/`, { lock_version });
  }

  /** A survey whose link stops working some seconds from now. */
  inviteLate(visit = {}, secondsLeft = 8) {
    // The survey is asked for 20 minutes before the visit ends.
    const asked = Date.now() - LINK_VALID_DAYS * 24 * 3_600_000 + secondsLeft * 1_000;
    return this.invite({ ...visit, endsAt: asked + 20 * 60_000 });
  }

  /** A survey that was answered over REST: the quick way to an action. */
  async answered(answers, visit = {}) {
    const invited = await this.invite(visit);
    const answer = await this.#fetch(`/api/surveys/submit/${invited.token}/`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ language: "ar", answers }),
    });
    assert.equal(answer.status, 200, await answer.clone().text());
    return invited;
  }

  /** The action that a visit's answers opened. */
  async actionOf(encounter, username = "admin") {
    for (const { id } of await this.actions(username)) {
      const detail = await this.get(username, `/api/actions/${id}/`);
      if (detail.encounter === encounter) return detail;
    }
    return null;
  }

  /** Every live action within this person's reach, newest first. */
  async actions(username, query = "") {
    const items = [];
    for (let cursor = ""; cursor !== null; ) {
      const more = cursor && `&cursor=${encodeURIComponent(cursor)}`;
      const list = await this.get(username, `/api/actions/?${query}${more}`);
      items.push(...list.items);
      cursor = list.next_cursor;
    }
    return items.sort((one, other) => other.opened_at.localeCompare(one.opened_at));
  }

  /** The command center's numbers. */
  dashboard(username = "admin", query = "") {
    return this.get(username, `/api/analytics/dashboard/${query}`);
  }

  /** Reads JSON as this person. */
  async get(username, path) {
    const answer = await this.#as(username, path, {});
    assert.equal(answer.status, 200, `${path}: ${await answer.clone().text()}`);
    return answer.json();
  }

  /** Reads a file as this person. */
  async text(username, path) {
    const answer = await this.#as(username, path, {});
    assert.equal(answer.status, 200, `${path}: ${await answer.clone().text()}`);
    return answer.text();
  }

  /** Changes something as this person and expects that to work. */
  async post(username, path, body, status = 204) {
    const headers = { "content-type": "application/json" };
    const answer = await this.#as(username, path, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    assert.equal(answer.status, status, `${path}: ${await answer.clone().text()}`);
  }

  /** Writes something anew as this person and expects that to work. */
  async put(username, path, body) {
    const headers = { "content-type": "application/json" };
    const answer = await this.#as(username, path, { method: "PUT", headers, body: JSON.stringify(body) });
    assert.equal(answer.status, 200, `${path}: ${await answer.clone().text()}`);
  }

  /** Makes something as this person and expects that to work. */
  create(username, path, body) {
    return this.post(username, path, body, 201);
  }

  async #as(username, path, init) {
    const known = this.#tokens.has(username);
    if (!known) this.#tokens.set(username, await this.token(username));
    const authorization = `Bearer ${this.#tokens.get(username)}`;
    const answer = await this.#fetch(path, { ...init, headers: { ...init.headers, authorization } });
    // A token is valid for some minutes, a test file may run longer.
    if (answer.status !== 401 || !known) return answer;
    this.#tokens.delete(username);
    return this.#as(username, path, init);
  }

  /** An access token for scripts. */
  async token(username) {
    const answer = await this.#fetch("/api/auth/token/", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ username, password: PASSWORD }),
    });
    assert.equal(answer.status, 200, await answer.clone().text());
    return (await answer.json()).access;
  }

  #fetch(path, init) {
    return fetch(new URL(path, this.#server.url), init);
  }
}

/** The four events of an outpatient visit that ends now, or at `endsAt`; with what else is said of the patient. */
export function opdVisit({ hospital = "RYD", language = "ar", endsAt = Date.now(), patient = {} } = {}) {
  // Nobody else in this database has these: neither demo data nor another run.
  const eightDigits = () => String(randomInt(10_000_000, 99_999_999));
  const encounter = `E2E-${eightDigits()}`;
  const licence = { RYD: "SCFHS-10002", JED: "SCFHS-10102", DMM: "SCFHS-10202" }[hospital];
  const steps = [
    ["OPD_REGISTERED", 75, null, null],
    ["OPD_TRIAGED", 60, "OPD", null],
    ["OPD_CONSULTED", 20, "CARD", licence],
    ["OPD_DISPENSED", 5, "PHARM", null],
  ];
  return steps.map(([code, minutesAgo, department, physician]) => ({
    source_event_id: `${encounter}-${code}`,
    event_code: code,
    occurred_at: new Date(endsAt - minutesAgo * 60_000).toISOString(),
    encounter_id: encounter,
    hospital,
    department,
    physician,
    patient: {
      mrn: eightDigits(),
      name_ar: "منى تجربة",
      name_en: "Muna Tajriba",
      mobile: `05${eightDigits()}`,
      email: `${encounter.toLowerCase()}@example.sa`,
      language,
      sex: "female",
      ...patient,
    },
    data: {},
  }));
}

/** The answers of a contented patient. */
export const GOOD = { nps: 10, doctor_listened: 5, waiting_time: 5, cleanliness: 5 };
/** Answers that open an action of medium severity. */
export const BAD = { nps: 5, doctor_listened: 3, waiting_time: 2, cleanliness: 4 };
/** Answers that open an action whose closing another person has to approve. */
export const SEVERE = { nps: 2, doctor_listened: 2, waiting_time: 2, cleanliness: 3 };
