// One's own account: details, password, second factor, sessions; and the roles.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { describe, it } from "node:test";

import { PASSWORD } from "./support/api.mjs";
import { openHouse } from "./support/house.mjs";
import { text } from "./support/texts.mjs";

const { browser } = await openHouse();

const LANGUAGES = ["ar", "en"];
const STEP_MS = 30_000;

/** What an authenticator app shows for a secret in base 32, so many steps from now (RFC 6238). */
function codeOf(secret, steps = 0) {
  const letters = secret.replaceAll(" ", "");
  const bits = [...letters]
    .map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / STEP_MS) + steps));
  const digest = createHmac("sha1", key).update(counter).digest();
  const value = digest.readUInt32BE(digest[19] & 15) & 0x7fffffff;
  return String(value % 1_000_000).padStart(6, "0");
}

async function signIn(page, language, username, password) {
  await page.getByLabel(text(language, "public.login_username")).fill(username);
  await page.getByLabel(text(language, "public.login_password"), { exact: true }).fill(password);
  await page.keyboard.press("Enter");
}

describe("the profile page", () => {
  for (const language of LANGUAGES) {
    const say = (key, values) => text(language, key, values);

    it(`is found behind one's name and keeps what is changed, in ${language}`, async () => {
      await browser.visit({ as: "coordinator", language }, async (visitor) => {
        const { page } = visitor;
        await visitor.open(`/${language}/actions`);
        await page.locator(".menu.profile > summary").click();
        await page.getByRole("link", { name: say("common.profile"), exact: true }).click();
        await page.waitForURL(`**/${language}/profile`);
        const phone = page.getByLabel(say("account.phone"));
        await phone.fill("12");
        visitor.expectRefusals(422);
        await page.getByRole("button", { name: say("account.save_details") }).click();
        await page.getByText(say("failures.phone_invalid")).waitFor();
        await phone.fill("0501234567");
        await page.getByRole("button", { name: say("account.save_details") }).click();
        await page.getByText(say("account.details_saved")).waitFor();
        await visitor.open(`/${language}/profile`);
        assert.equal(await page.getByLabel(say("account.phone")).inputValue(), "+966501234567");
      });
    });

    it(`refuses a wrong and a weak password beside their fields, in ${language}`, async () => {
      await browser.visit({ as: "viewer", language }, async (visitor) => {
        const { page } = visitor;
        await visitor.open(`/${language}/profile`);
        const change = async (current, next) => {
          await page.getByLabel(say("account.password_current")).first().fill(current);
          await page.getByLabel(say("account.password_new")).fill(next);
          visitor.expectRefusals(422);
          await page.getByRole("button", { name: say("account.save_password") }).click();
        };
        await change("not-the-password", "a quiet lamp on the seventh floor");
        await page.locator("#current-password-fault", { hasText: say("failures.wrong_password") }).waitFor();
        await change(PASSWORD, "P@ssword2026");
        await page.locator("#new-password-fault", { hasText: say("failures.password_too_common") }).waitFor();
      });
    });
  }
});

describe("a deputy", () => {
  for (const language of LANGUAGES) {
    const say = (key, values) => text(language, key, values);
    const isolated = (name) => `\u2068${name}\u2069`;

    it(`is named for the days that one is away, is told so, and goes again, in ${language}`, async () => {
      const [absent, deputy] = language === "ar" ? ["فهد الدوسري", "هند الحربي"] : ["Fahad Aldosari", "Hind Alharbi"];
      await browser.visit({ as: "hospital.admin", language }, async (visitor) => {
        const { page } = visitor;
        await visitor.open(`/${language}/profile`);
        const card = page.locator("section:has(#away), #away").first();
        const save = card.getByRole("button", { name: say("account.away_save"), exact: true });
        await save.click();
        await page.locator("#deputy_id-fault", { hasText: say("failures.required") }).waitFor();
        await page.locator("#deputy_id").fill(deputy.split(" ")[0]);
        await page.locator("#deputy_id-list [role=option]", { hasText: deputy }).click();
        const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Riyadh" }).format(new Date());
        await page.locator("#starts_on").fill(today);
        await page.locator("#ends_on").fill("2020-01-01");
        visitor.expectRefusals(422);
        await save.click();
        await page.locator("#ends_on-fault", { hasText: say("failures.before_start") }).waitFor();
        // What the top bar half covers would be too small to press.
        await page.evaluate(() => window.scrollTo(0, 0));
        assert.deepEqual(await visitor.axe(), []);
        await page.locator("#ends_on").fill(today);
        await save.click();
        await page.getByText(say("account.away_saved")).waitFor();
        await card.getByText(say("account.away_deputy_is", { name: isolated(deputy) })).waitFor();
        await browser.visit({ as: "manager", language }, async (other) => {
          await other.open(`/${language}/actions`);
          const told = await other.page.locator("main .alert-info").innerText();
          assert.ok(told.includes(absent), told);
        });
        await card.getByRole("button", { name: say("account.away_end"), exact: true }).click();
        await page.getByText(say("account.away_ended")).waitFor();
        await browser.visit({ as: "manager", language }, async (other) => {
          await other.open(`/${language}/actions`);
          assert.equal(await other.page.locator("main .alert-info").count(), 0);
        });
      });
    });
  }
});

describe("the second factor", () => {
  it("is set up by a camera's code, asked for at the next sign-in, and turned off", async () => {
    const language = "en";
    const say = (key, values) => text(language, key, values);
    let [secret, kept] = ["", []];
    await browser.visit({ language }, async (visitor) => {
      const { page } = visitor;
      await visitor.open("/en/login?next=%2Fen%2Fprofile");
      await signIn(page, language, "nurse", PASSWORD);
      await page.waitForURL("**/en/profile");
      await visitor.open("/en/profile");
      await page.locator("#factor-password").fill(PASSWORD);
      await page.getByRole("button", { name: say("account.begin") }).click();
      await page.getByRole("img", { name: say("account.picture") }).waitFor();
      secret = await page.locator(".card .code", { hasText: /^[A-Z2-7 ]{39}$/ }).innerText();
      await page.locator("#factor-code").fill(codeOf(secret));
      await page.getByRole("button", { name: say("account.confirm") }).click();
      await page.locator(".recovery-codes li").first().waitFor();
      assert.equal(await page.locator(".recovery-codes li").count(), 10);
      kept = await page.locator(".recovery-codes li").allInnerTexts();
      await page.getByRole("button", { name: say("account.recovery_kept") }).click();
      await page.getByRole("button", { name: say("account.disable") }).waitFor();
    });
    // Without JavaScript as well.
    await browser.visit({ language, javaScript: false }, async (visitor) => {
      const { page } = visitor;
      await visitor.open("/en/login?next=%2Fen%2Fprofile");
      await signIn(page, language, "nurse", PASSWORD);
      await page.waitForURL(/\/en\/login\/code\?next=/);
      await page.getByLabel(say("public.code_label")).fill("000000");
      await page.keyboard.press("Enter");
      await page.getByRole("alert").getByText(say("public.code_fault_wrong")).waitFor();
      // The code that confirmed it is spent; the next step's is accepted early.
      await page.getByLabel(say("public.code_label")).fill(codeOf(secret, 1));
      await page.keyboard.press("Enter");
      await page.waitForURL("**/en/profile");
    });
    // Whoever lost the device gets in with what they kept, and turns it off.
    await browser.visit({ language }, async (visitor) => {
      const { page } = visitor;
      await visitor.open("/en/login?next=%2Fen%2Fprofile");
      await signIn(page, language, "nurse", PASSWORD);
      await page.waitForURL(/\/en\/login\/code\?next=/);
      await page.getByLabel(say("public.code_label")).fill(kept[0]);
      await page.keyboard.press("Enter");
      await page.waitForURL("**/en/profile");
      await visitor.awake();
      await page.getByText(say("account.codes_left", { count: 9 })).waitFor();
      const spent = kept[0];
      // A button that may be pressed is one of a page that listens.
      await page.getByRole("button", { name: say("account.renew_codes") }).click({ trial: true });
      // What was kept on paper is gone: new ones end the rest of the old ones.
      await page.locator("#factor-password").fill(PASSWORD);
      await page.locator("#factor-code").fill(kept[1]);
      await page.getByRole("button", { name: say("account.renew_codes") }).click();
      await page.locator(".recovery-codes li").first().waitFor();
      kept = await page.locator(".recovery-codes li").allInnerTexts();
      await page.getByRole("button", { name: say("account.recovery_kept") }).click();
      await page.getByText(say("account.codes_left", { count: 10 })).waitFor();
      await page.locator("#factor-password").fill(PASSWORD);
      await page.locator("#factor-code").fill(spent);
      visitor.expectRefusals(422);
      await page.getByRole("button", { name: say("account.disable") }).click();
      await page.getByText(say("failures.wrong_code")).waitFor();
      await page.locator("#factor-code").fill(kept[1]);
      await page.getByRole("button", { name: say("account.disable") }).click();
      await page.getByRole("button", { name: say("account.begin") }).waitFor();
    });
  });
});

describe("sessions", () => {
  it("are listed, and another one can be ended", async () => {
    const say = (key, values) => text("en", key, values);
    await browser.visit({}, async (here) => {
      await here.open("/en/login?next=%2Fen%2Fprofile");
      await signIn(here.page, "en", "physician", PASSWORD);
      await here.page.waitForURL("**/en/profile");
      await browser.visit({}, async (there) => {
        await there.open("/en/login?next=%2Fen%2Fprofile");
        await signIn(there.page, "en", "physician", PASSWORD);
        await there.page.waitForURL("**/en/profile");
        await here.open("/en/profile");
        const lines = here.page.locator(".session");
        assert.equal(await lines.count(), 2);
        assert.equal(await here.page.getByText(say("account.session_current")).count(), 1);
        await here.page.getByRole("button", { name: say("account.sessions_end_others") }).click();
        await here.page.getByText(say("account.sessions_ended")).waitFor();
        await lines.nth(1).waitFor({ state: "detached" });
        await there.page.goto("/en/profile");
        await there.page.waitForURL("**/en/login?next=*");
      });
    });
  });
});

describe("the roles page", () => {
  for (const language of LANGUAGES) {
    it(`shows what each role allows, in ${language}`, async () => {
      await browser.visit({ as: "viewer", language }, async (visitor) => {
        const { page } = visitor;
        await visitor.open(`/${language}/roles`);
        const line = page.getByRole("row", { name: text(language, "account.may_user_secure") });
        const cells = line.getByRole("cell");
        assert.equal(await cells.count(), 8);
        assert.equal(await cells.nth(0).innerText(), text(language, "account.scope_all"));
        assert.equal(await cells.nth(1).innerText(), text(language, "account.scope_hospital"));
      });
    });
  }
});
