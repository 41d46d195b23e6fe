// The patient's side: reading never writes, every link answers calmly, little travels, nothing leaks.

import assert from "node:assert/strict";
import net from "node:net";
import { describe, it } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

import { GOOD } from "./support/api.mjs";
import { eventually } from "./support/eventually.mjs";
import { openHouse } from "./support/house.mjs";
import { text } from "./support/texts.mjs";

const FIRST_PAGE_BYTES_MAX = 14 * 1024;

const { api, browser, server } = await openHouse();
// Its time runs out while other tests run.
const late = api.inviteLate();

/** A chosen answer in a page's HTML. */
const CHECKED = /<input[^>]* checked/;

const at = (path) => new URL(path, server.url);
const get = (path, init) => fetch(at(path), { redirect: "manual", ...init });
const postForm = (path, fields, headers = {}) =>
  get(path, { method: "POST", headers, body: new URLSearchParams(fields) });

/** What a writing request would have moved. */
async function state() {
  const { nps, score, funnel, actions } = await api.dashboard();
  return { nps, score, funnel, open: actions.open, messages: (await server.outbox()).length };
}

describe("reading", () => {
  it("writes nothing, whatever address of the survey is opened, by whatever machine", async () => {
    const { token } = await api.invite();
    const before = await state();
    const page = await (await get(`/s/${token}`)).text();
    const paths = ["", "/1", "/2", "/3", "/99", "/done", "/callback", "?lang=en", "/1?a=9", "/2?lang=en"];
    for (const method of ["GET", "HEAD"]) {
      for (const path of paths) {
        const answer = await get(`/s/${token}${path}`, { method });
        assert.ok([200, 303].includes(answer.status), `${method} ${path}: ${answer.status}`);
        if (method === "HEAD") assert.equal((await answer.arrayBuffer()).byteLength, 0);
      }
    }
    assert.equal(await (await get(`/s/${token}`)).text(), page);
    assert.deepEqual(await state(), before);
  });

  it("fills in the answer of a one-click link without storing it", async () => {
    const { token } = await api.invite();
    const shown = await (await get(`/s/${token}?a=9`)).text();
    assert.match(shown, /<input[^>]* value="9"[^>]* checked/);
    assert.doesNotMatch(await (await get(`/s/${token}`)).text(), CHECKED);
  });
});

describe("a link that is no use any more", () => {
  const calmly = async (answer, status, key, languages = ["ar", "en"]) => {
    assert.equal(answer.status, status);
    assert.match(answer.headers.get("content-type"), /^text\/html/);
    const page = await answer.text();
    for (const language of languages) assert.ok(page.includes(text(language, key)), `${language} ${key}`);
    assert.doesNotMatch(page, /<form|urn:px360|panicked|sqlx/);
  };

  it("says that the answers were sent, when it was used", async () => {
    const { token } = await api.answered(GOOD);
    await calmly(await get(`/s/${token}`), 200, "public.already_title", ["ar"]);
    await calmly(await get(`/s/${token}/2?lang=en`), 200, "public.already_title", ["en"]);
    const before = await state();
    const again = await postForm(`/s/${token}/3`, { why: "once more" });
    assert.deepEqual([again.status, again.headers.get("location")], [303, `/s/${token}/done`]);
    assert.deepEqual(await state(), before);
  });

  it("says that we do not know it, when it is forged, cut or put together of two", async () => {
    const [one, other] = [(await api.invite()).token, (await api.invite()).token];
    const bytes = (token) => Buffer.from(token.slice(1), "base64url");
    const join = (...parts) => one[0] + Buffer.concat(parts).toString("base64url");
    // The first half says which survey, the second half proves that we wrote it.
    const foreign = join(bytes(one).subarray(0, 16), bytes(other).subarray(16));
    const tampered = join(bytes(one).subarray(0, 31), Buffer.from([bytes(one)[31] ^ 1]));
    assert.equal((await get(`/s/${join(bytes(one))}`)).status, 200);
    const bad = [foreign, tampered, one.slice(0, -1), `${one}A`, "forged", "%F0%9F%98%80", "%00", "A".repeat(4000)];
    for (const token of bad) {
      for (const path of ["", "/1", "/done", "/callback"]) {
        await calmly(await get(`/s/${token}${path}`), 404, "public.unknown_title");
      }
      await calmly(await postForm(`/s/${token}/1`, { nps: "9" }), 404, "public.unknown_title");
      await calmly(await postForm(`/s/${token}/callback`, { agreed: "yes" }), 404, "public.unknown_title");
    }
    const rest = await get(`/api/surveys/submit/${foreign}/`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ answers: GOOD }),
    });
    assert.equal(rest.status, 404);
  });

  it("says that the survey is closed, when its time ran out, and takes no answer", async () => {
    const { token } = await late;
    await eventually("the time of the link runs out", async () => (await get(`/s/${token}`)).status === 410);
    const before = await state();
    for (const path of ["", "/1", "/2", "/done"]) {
      await calmly(await get(`/s/${token}${path}`), 410, "public.closed_title", ["ar"]);
    }
    await calmly(await get(`/s/${token}?lang=en`), 410, "public.closed_title", ["en"]);
    await calmly(await postForm(`/s/${token}/1`, { nps: "0" }), 410, "public.closed_title", ["ar"]);
    const rest = await get(`/api/surveys/submit/${token}/`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ answers: GOOD }),
    });
    assert.equal(rest.status, 409);
    assert.deepEqual(await state(), before);
  });
});

describe("the first page", () => {
  it(`takes at most ${FIRST_PAGE_BYTES_MAX} bytes on the wire, script and headers included`, async (t) => {
    const { token } = await api.invite();
    for (const coding of ["br", "gzip", "identity"]) {
      for (const language of ["ar", "en"]) {
        const page = await onTheWire(`/s/${token}?lang=${language}`, coding);
        const [, script] = /<script src="([^"]+)" defer/.exec(page.body);
        const { bytes } = await onTheWire(script, coding);
        t.diagnostic(`${coding} ${language}: page ${page.bytes} B + script ${bytes} B`);
        assert.equal(page.coding, coding);
        // Every browser in use takes one of the two codings; without, the page alone must fit.
        const counted = coding === "identity" ? page.bytes : page.bytes + bytes;
        assert.ok(counted <= FIRST_PAGE_BYTES_MAX, `${coding} ${language}: ${counted}`);
      }
    }
  });

  it("loads one small script and no wasm, no font and no style sheet", async () => {
    const { link } = await api.invite();
    await browser.visit({ width: 390 }, async ({ page, open }) => {
      const loaded = [];
      page.on("request", (request) => loaded.push(request.resourceType()));
      await open(link);
      await page.waitForLoadState("networkidle");
      assert.deepEqual(loaded, ["document", "script"]);
    });
  });
});

/** How many bytes an answer takes, headers included, and what it says. */
async function onTheWire(path, coding) {
  const { hostname, port, pathname, search } = at(path);
  const answer = await new Promise((resolve, reject) => {
    const chunks = [];
    const socket = net.connect(port, hostname, () =>
      socket.write(
        `GET ${pathname}${search} HTTP/1.1\r\nHost: ${hostname}\r\n` +
          `Accept-Encoding: ${coding}\r\nConnection: close\r\n\r\n`,
      ),
    );
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("end", () => resolve(Buffer.concat(chunks)));
    socket.on("error", reject);
  });
  const end = answer.indexOf("\r\n\r\n");
  const head = answer.subarray(0, end).toString();
  assert.match(head, /^HTTP\/1.1 200 /);
  const used = /^content-encoding: (\S+)/im.exec(head)?.[1] ?? "identity";
  const raw = answer.subarray(end + 4);
  const body = /^transfer-encoding: chunked/im.test(head) ? unchunked(raw) : raw;
  const decode = { br: brotliDecompressSync, gzip: gunzipSync, identity: (bytes) => bytes }[used];
  return { bytes: answer.length, coding: used, body: decode(body).toString() };
}

function unchunked(raw) {
  const parts = [];
  for (let from = 0; ; ) {
    const end = raw.indexOf("\r\n", from);
    const length = Number.parseInt(raw.subarray(from, end).toString(), 16);
    if (length === 0) return Buffer.concat(parts);
    parts.push(raw.subarray(end + 2, end + 2 + length));
    from = end + 2 + length + 2;
  }
}

describe("handing in twice", () => {
  it("makes one response, when two submits arrive at once", async () => {
    const { token } = await api.invite();
    await postForm(`/s/${token}/1`, { nps: "9" });
    await postForm(`/s/${token}/2`, { doctor_listened: "5", waiting_time: "5" });
    const before = await state();
    const submits = Array.from({ length: 8 }, () => postForm(`/s/${token}/3`, { why: "at once" }));
    for (const answer of await Promise.all(submits)) {
      assert.deepEqual([answer.status, answer.headers.get("location")], [303, `/s/${token}/done`]);
    }
    const after = await state();
    assert.equal(after.nps.n, before.nps.n + 1);
    assert.equal(after.nps.promoters, before.nps.promoters + 1);
    assert.equal(after.funnel.completed, before.funnel.completed + 1);
  });

  it("sends one request, when the button is pressed twice", async () => {
    const { link, token } = await api.invite({ language: "en" });
    await postForm(`/s/${token}/1`, { nps: "9" });
    await postForm(`/s/${token}/2`, { doctor_listened: "5", waiting_time: "5" });
    await browser.visit({ width: 390 }, async ({ page, open }) => {
      await open(link);
      const posts = [];
      page.on("request", (request) => request.method() === "POST" && posts.push(request.url()));
      await page.locator(".bar [name=next]").dblclick();
      await page.waitForURL(({ pathname }) => pathname.endsWith("/done"));
      assert.equal(posts.length, 1);
    });
  });

  it("keeps the first answer to the question of a call", async () => {
    const { token, encounter } = await api.answered(GOOD);
    for (const agreed of ["yes", "no", "maybe"]) {
      const answer = await postForm(`/s/${token}/callback`, { agreed });
      assert.equal(answer.status, 303);
    }
    const { card, callback } = await api.actionOf(encounter);
    assert.deepEqual([card.kind, callback], ["callback", true]);
  });
});

describe("a phone that is put away or loses its connection", () => {
  const stored = async (token) => CHECKED.test(await (await get(`/s/${token}/1`)).text());

  it("has told us every answer that was chosen, before any button was pressed", async () => {
    const { token } = await api.invite();
    await browser.visit({ language: "ar", width: 390 }, async ({ page, open }) => {
      await open(`/s/${token}`);
      await page.locator("[name=nps][value='7']").check({ force: true });
      await page.locator(".kept").getByText(text("ar", "public.kept")).waitFor();
      assert.ok(await stored(token));
      // Whoever comes back finds it; another answer takes its place.
      await open(`/s/${token}/1`);
      assert.ok(await page.locator("[name=nps][value='7']").isChecked());
      await page.locator("[name=nps][value='3']").check({ force: true });
      await eventually("the last answer is the one that is kept", async () =>
        /<input[^>]* value="3"[^>]* checked/.test(await (await get(`/s/${token}/1`)).text()));
    });
  });

  it("hands in by itself, when the connection is back, what was handed in without one", async () => {
    const { token } = await api.invite();
    await browser.visit({ language: "en", width: 390 }, async ({ page, open }) => {
      await open(`/s/${token}?lang=en`);
      await page.context().setOffline(true);
      await page.locator("[name=nps][value='9']").check({ force: true });
      await page.locator(".bar [name=next]").click();
      await page.getByText(text("en", "public.offline")).waitFor();
      assert.ok(!(await stored(token)));
      await page.context().setOffline(false);
      await page.waitForURL(`**/s/${token}/2`);
      assert.ok(await stored(token));
    });
  });
});

describe("answers that no page of ours sends", () => {
  it("are refused on the page, and nothing of them is kept", async () => {
    const { token } = await api.invite();
    for (const nps of ["11", "-1", "9.5", "ten", "", "99999999999999999999"]) {
      const answer = await postForm(`/s/${token}/1`, { nps });
      assert.equal(answer.status, 422, nps);
      const page = await answer.text();
      assert.ok(page.includes(text("ar", "public.problem")));
      assert.doesNotMatch(page, CHECKED);
    }
    assert.doesNotMatch(await (await get(`/s/${token}`)).text(), CHECKED);
  });

  it("are shown as text, whatever they hold, and nowhere run", async () => {
    const { link, token } = await api.invite({ language: "en" });
    const attack = '</textarea><script>document.title="owned"</script><img src=x onerror=alert(1)>';
    await postForm(`/s/${token}/1`, { nps: "9" });
    await postForm(`/s/${token}/2`, { doctor_listened: "5", waiting_time: "5" });
    await postForm(`/s/${token}/3`, { why: attack, lang: "en" });
    await browser.visit({}, async ({ page, open }) => {
      await open(`${link}/3`);
      assert.equal(await page.getByRole("textbox").inputValue(), attack);
      assert.notEqual(await page.title(), "owned");
    });
  });

  it("are refused when another site's page sends them", async () => {
    const { token } = await api.invite();
    const evil = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    const answer = await postForm(`/s/${token}/1`, { nps: "0" }, evil);
    assert.equal(answer.status, 403);
    assert.doesNotMatch(await (await get(`/s/${token}`)).text(), CHECKED);
  });
});

describe("the headers of every answer", () => {
  const PUBLIC = ["/ar/login", "/en/login", "/s/forged", "/nowhere", "/ar/nowhere"];
  const STAFF = ["/en/command-center", "/ar/actions", "/en/actions/00000000-0000-7000-8000-000000000000"];
  const OTHER = ["/", "/ar", "/health/", "/api/schema/", "/api/actions/", "/api/docs/", "/api/redoc/", "/px-chart.js"];

  it("forbid sniffing, framing, foreign referrers and whatever a page does not need", async () => {
    const { token } = await api.invite();
    const cookie = await sessionCookie("admin");
    for (const path of [...PUBLIC, ...STAFF, ...OTHER, `/s/${token}`, `/s/${token}/2`]) {
      const { headers } = await get(path, { headers: STAFF.includes(path) ? { cookie } : {} });
      const told = (name) => headers.get(name) ?? `no ${name} on ${path}`;
      assert.equal(told("x-content-type-options"), "nosniff");
      assert.equal(told("x-frame-options"), "DENY");
      assert.equal(told("referrer-policy"), "same-origin");
      assert.equal(told("cross-origin-opener-policy"), "same-origin");
      assert.match(told("permissions-policy"), /camera=\(\).*geolocation=\(\).*microphone=\(\)/);
      const policy = directives(told("content-security-policy"));
      assert.deepEqual(policy["default-src"], ["'none'"], path);
      assert.deepEqual(policy["frame-ancestors"], ["'none'"], path);
      assert.deepEqual(policy["base-uri"], ["'none'"], path);
      assert.ok(!policy["script-src"]?.includes("'unsafe-inline'"), path);
      assert.ok(!policy["script-src"]?.includes("'unsafe-eval'"), path);
      assert.ok(["", "'self'"].includes((policy["connect-src"] ?? []).join(" ")), path);
      assert.equal(headers.get("server"), null);
    }
  });

  it("let no inline script run that the page's nonce does not name", async () => {
    const cookie = await sessionCookie("admin");
    const nonces = new Set();
    for (const path of STAFF) {
      const answer = await get(path, { headers: { cookie } });
      const policy = directives(answer.headers.get("content-security-policy"));
      const [, nonce] = /'nonce-([^']+)'/.exec(policy["script-src"].join(" "));
      nonces.add(nonce);
      const scripts = (await answer.text()).match(/<script\b[^>]*>/g);
      const runs = scripts.filter((tag) => !tag.includes('type="application/json"'));
      assert.ok(runs.length > 0);
      assert.deepEqual(runs.filter((tag) => !tag.includes(`nonce="${nonce}"`)), [], path);
    }
    assert.equal(nonces.size, STAFF.length, "a nonce was used twice");
  });

  it("let patients' pages run our one script, and keep them out of caches and search engines", async () => {
    const { token } = await api.invite();
    for (const path of [`/s/${token}`, `/s/${token}/done`, "/s/forged", "/en/login"]) {
      const { headers } = await get(path);
      assert.equal(headers.get("cache-control"), "no-store", path);
      assert.equal(headers.get("x-robots-tag"), "noindex", path);
      const policy = directives(headers.get("content-security-policy"));
      assert.deepEqual(policy["script-src"], ["'self'"]);
      assert.deepEqual(policy["form-action"], ["'self'"]);
      assert.match(policy["style-src"].join(" "), /^'sha256-[^']+'$/);
    }
  });

  it("keep staff pages, with patients' names on them, out of every cache", async () => {
    const cookie = await sessionCookie("coordinator");
    for (const path of ["/en/actions", "/en/command-center"]) {
      const { headers } = await get(path, { headers: { cookie } });
      assert.match(headers.get("cache-control") ?? "nothing", /no-store/, path);
    }
  });
});

const directives = (policy) =>
  Object.fromEntries(
    policy.split(";").map((part) => part.trim().split(/\s+/)).map(([name, ...rest]) => [name, rest]),
  );

async function sessionCookie(username) {
  const answer = await postForm("/en/login", { username, password: "px360-demo" }, { origin: server.url });
  assert.equal(answer.status, 303);
  const cookie = answer.headers.get("set-cookie");
  assert.match(cookie, /HttpOnly/);
  assert.match(cookie, /SameSite=Lax/);
  return cookie.split(";")[0];
}
