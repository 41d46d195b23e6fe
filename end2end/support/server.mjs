// The program under test: demo data in the given database, served on a free port, ended by its id.

import { execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify, stripVTControlCharacters } from "node:util";

import { eventually, pause } from "./eventually.mjs";

/** Enough for a trend of some weeks, little enough to be made in seconds. */
const DAYS_OF_HISTORY = "14";
/** Links are signed with it, so every start over one database needs the same. */
const SECRET = "browser-tests-only-0123456789-0123456789";
const STARTS_WITHIN_MS = 60_000;
const ENDS_WITHIN_MS = 60_000;
/** What sqlx says of a busy machine: how long something took is no matter of these tests. */
const SLOW = / sqlx::\S+: .*exceeded \S+ threshold/;

/** A running PX360. */
export class Server {
  #child;
  #folder;
  #log = "";
  #expected = [];
  #mailbox;

  constructor(child, url, folder, mailbox) {
    this.url = url;
    this.#mailbox = mailbox;
    this.#child = child;
    this.#folder = folder;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (text) => (this.#log += stripVTControlCharacters(text)));
    }
  }

  /** Everything that the program said. */
  get log() {
    return this.#log;
  }

  /** The messages that left the house, oldest first. */
  async outbox() {
    if (this.#mailbox) return this.#mailbox.messages();
    const text = await readFile(outboxIn(this.#folder), "utf8").catch((error) => {
      if (error.code === "ENOENT") return "";
      throw error;
    });
    // The last line may be half written.
    return text.split("\n").slice(0, -1).map((line) => JSON.parse(line));
  }

  /** A warning of the program that the test causes on purpose. */
  expectComplaint(pattern) {
    this.#expected.push(pattern);
  }

  /** Ends the program. Whatever it complained about fails the tests, even if nobody looked. */
  async stop() {
    const gone = this.#child.exitCode !== null || this.#child.signalCode !== null;
    if (gone) throw new Error(`px360 ended before the tests did:\n${this.#log}`);
    const ended = new Promise((resolve) => this.#child.once("exit", () => resolve(true)));
    this.#child.kill("SIGTERM");
    if (!(await Promise.race([ended, pause(ENDS_WITHIN_MS, { ref: false })]))) {
      this.#child.kill("SIGKILL");
      throw new Error(`px360 did not end within ${ENDS_WITHIN_MS} ms\n${this.#log}`);
    }
    await rm(this.#folder, { recursive: true, force: true });
    const complaints = this.#log
      .split("\n")
      .filter((line) => / (WARN|ERROR) |panicked at/.test(line))
      .filter((line) => ![SLOW, ...this.#expected].some((pattern) => pattern.test(line)));
    if (complaints.length > 0) {
      throw new Error(`px360 complained:\n${complaints.slice(0, 20).join("\n")}`);
    }
  }
}

/** Starts PX360 for one test file; with a mailbox every message leaves by mail. */
export async function startServer(mailbox) {
  await takeTurn(needed("DATABASE_URL"));
  const folder = await mkdtemp(path.join(tmpdir(), "px360-end2end-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    PX360_ADDR: `127.0.0.1:${port}`,
    PX360_PUBLIC_URL: url,
    PX360_OUTBOX_FILE: outboxIn(folder),
    PX360_DATA_DIR: folder,
    PX360_SECRET: SECRET,
    ...(mailbox && {
      PX360_SMTP_URL: await mailbox.listen(),
      PX360_MAIL_FROM: "PX360 <px360@example.sa>",
    }),
    LEPTOS_OUTPUT_NAME: "px360",
    LEPTOS_SITE_PKG_DIR: "pkg",
    LEPTOS_SITE_ROOT: needed("PX360_SITE_ROOT"),
    LEPTOS_HASH_FILES: "true",
  };
  const program = needed("PX360_BIN");
  await promisify(execFile)(program, ["seed-demo", "--days", DAYS_OF_HISTORY], { env, cwd: folder });
  const child = spawn(program, ["serve"], { env, cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  const server = new Server(child, url, folder, mailbox);
  // Should the tests end without their hooks.
  process.once("exit", () => child.kill("SIGKILL"));
  await eventually("the program is ready", async () => {
    if (child.exitCode !== null) throw new Error(`px360 ended at once:\n${server.log}`);
    const answer = await fetch(`${url}/health/ready/`).catch(() => null);
    return answer?.ok && server;
  }, STARTS_WITHIN_MS);
  return server;
}

const outboxIn = (folder) => path.join(folder, "outbox.jsonl");

function needed(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; \`cargo xtask test\` sets it`);
  return value;
}

/**
 * Test files share one database, and node may start several files at once. Each waits here until it
 * is alone. The name is no file: the system forgets it with the process, however that ends.
 */
async function takeTurn(database) {
  const name = `\0px360-end2end ${database}`;
  for (;;) {
    const turn = net.createServer();
    const taken = await new Promise((resolve, reject) => {
      turn.once("listening", () => resolve(true));
      turn.once("error", (error) => (error.code === "EADDRINUSE" ? resolve(false) : reject(error)));
      turn.listen({ path: name });
    });
    if (taken) return turn.unref();
    await pause(100);
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
