// What a test file begins with: the program, its REST doors and a browser, all gone afterwards.

import { after } from "node:test";

import { Api } from "./api.mjs";
import { openBrowser } from "./browser.mjs";
import { Mailbox } from "./mailbox.mjs";
import { startServer } from "./server.mjs";

/** Opens everything for one test file; `mail` for a house whose messages leave by mail. */
export async function openHouse({ mail = false } = {}) {
  const mailbox = mail ? new Mailbox() : null;
  const server = await startServer(mailbox);
  const browser = await openBrowser(server);
  after(async () => {
    try {
      await browser.close();
    } finally {
      await server.stop();
      await mailbox?.close();
    }
  });
  return { server, browser, api: new Api(server) };
}
