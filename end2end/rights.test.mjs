// The staff's side: changes that collide, four eyes, and what lies outside one's reach.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { BAD, SEVERE } from "./support/api.mjs";
import { openHouse } from "./support/house.mjs";
import { text } from "./support/texts.mjs";

const { api, browser, server } = await openHouse();

const sentence = (key, values) => text("en", key, values);

/** An action that was just opened. */
async function open(answers, visit) {
  const { encounter } = await api.answered(answers, visit);
  return api.actionOf(encounter);
}


describe("an action that somebody else changed meanwhile", () => {
  it("is not overwritten, and what was written stays until it can be handed in", async () => {
    const action = await open(SEVERE);
    const change = (who, what, version, more = {}) =>
      api.post(who, `/api/actions/${action.card.id}/${what}/`, { version, ...more });
    await change("manager", "start", action.version);
    await browser.visit({ as: "manager" }, async (visitor) => {
      const { page } = visitor;
      await visitor.open(`/en/actions/${action.card.id}`);
      const written = "We met the family\nand agreed on a new appointment.";
      const field = page.getByLabel(sentence("actions.resolution"));
      await field.fill(written);
      const resolution = "Something else.";
      await change("hospital.admin", "close", action.version + 1, { resolution });
      await change("admin", "decide", action.version + 2, { approve: false, reason: "More, please." });
      visitor.expectRefusals(409);
      const ask = page.getByRole("button", { name: sentence("actions.ask_approval") });
      await ask.click();
      await page.getByRole("alert").getByText(sentence("failures.stale_version")).waitFor();
      assert.equal(await field.inputValue(), written);
      await page.getByRole("button", { name: sentence("common.show_latest") }).click();
      await page.locator(".timeline").getByText("More, please.").waitFor();
      assert.equal(await field.inputValue(), written);
      await ask.click();
      await page.getByRole("status").getByText(sentence("actions.approval_asked")).waitFor();
    });
    const { resolution } = await api.get("manager", `/api/actions/${action.card.id}/`);
    assert.equal(resolution, "We met the family\nand agreed on a new appointment.");
  });
});

describe("four eyes", () => {
  it("keep whoever asked for a closing from approving it, and say why", async () => {
    const action = await open(SEVERE);
    const change = (what, version, more) =>
      api.post("hospital.admin", `/api/actions/${action.card.id}/${what}/`, { version, ...more });
    await change("start", action.version);
    await change("close", action.version + 1, { resolution: "Done." });
    await browser.visit({ as: "hospital.admin" }, async (visitor) => {
      const { page } = visitor;
      await visitor.open(`/en/actions/${action.card.id}`);
      assert.ok(await page.getByText(sentence("actions.four_eyes_note")).isVisible());
      assert.equal(await page.getByRole("button", { name: sentence("actions.approve") }).count(), 0);
    });
    const token = await api.token("hospital.admin");
    const answer = await fetch(`${server.url}/api/actions/${action.card.id}/decide/`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ version: action.version + 2, approve: true, reason: "" }),
    });
    assert.equal(answer.status, 409);
    assert.equal((await answer.json()).type, "urn:px360:conflict:four_eyes");
  });

  it("send a closing back only with a reason", async () => {
    const action = await open(SEVERE);
    const path = `/api/actions/${action.card.id}`;
    await api.post("manager", `${path}/start/`, { version: action.version });
    await api.post("manager", `${path}/close/`, { version: action.version + 1, resolution: "Done." });
    await browser.visit({ as: "hospital.admin" }, async (visitor) => {
      const { page } = visitor;
      await visitor.open(`/en/actions/${action.card.id}`);
      visitor.expectRefusals(422);
      const reject = page.getByRole("button", { name: sentence("actions.reject") });
      await reject.click();
      await page.getByText(sentence("failures.reason_required")).waitFor();
      await page.getByLabel(sentence("actions.reason"), { exact: true }).fill("Please call the patient.");
      await reject.click();
      await page.getByRole("status").getByText(sentence("actions.decided")).waitFor();
      await page.locator(".action-state").getByText(sentence("actions.status_in_progress")).waitFor();
    });
  });
});

describe("what lies outside one's reach", () => {
  it("does not exist: an action of another hospital", async () => {
    const action = await open(BAD, { hospital: "JED" });
    await browser.visit({ as: "coordinator" }, async (visitor) => {
      await visitor.open(`/en/actions/${action.card.id}`, 404);
      const heading = visitor.page.getByRole("heading", { level: 1 });
      assert.equal(await heading.innerText(), sentence("failures.title_not_found"));
      assert.equal(await visitor.page.getByText(action.card.reference).count(), 0);
    });
  });

  it("is not offered: a viewer finds no way to the actions", async () => {
    await browser.visit({ as: "viewer" }, async (visitor) => {
      await visitor.open("/en");
      await visitor.page.waitForURL("**/en/command-center");
      const nav = visitor.page.getByRole("navigation", { name: sentence("common.nav_label") });
      const places = ["common.nav_command_center", "journeys.nav", "surveys.title", "records.title"];
      const found = places.map((key) => sentence(key));
      assert.deepEqual(await nav.getByRole("link").allInnerTexts(), found);
      await visitor.open("/en/actions", 403);
    });
  });

  it("is told without names: a nurse sees no patient's phone", async () => {
    const action = await open(BAD);
    await browser.visit({ as: "nurse" }, async (visitor) => {
      await visitor.open(`/en/actions/${action.card.id}`);
      const facts = await visitor.page.locator('section[aria-labelledby="patient"]').innerText();
      const { patient_phone: phone, patient_mrn: record } = action;
      for (const secret of [phone, record, "Muna Tajriba"]) assert.ok(!facts.includes(secret), secret);
    });
  });
});
