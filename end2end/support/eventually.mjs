// Waiting for something to become true. Tests wait for conditions, never for a length of time.

import { setTimeout } from "node:timers/promises";

const LOOKS_EVERY_MS = 50;
const GIVES_UP_AFTER_MS = 20_000;

/** The first truthy result of `look`, which is asked again and again. */
export async function eventually(what, look, within = GIVES_UP_AFTER_MS) {
  const end = Date.now() + within;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited ${within} ms, but never: ${what}`);
    await pause(LOOKS_EVERY_MS);
  }
}

/** For loops that look again, not for tests. `{ ref: false }` keeps no process alive. */
export const pause = (ms, options) => setTimeout(ms, undefined, options);
