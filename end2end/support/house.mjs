// What a test file begins with: the program, its REST doors and a browser, all gone afterwards.

import { after } from "node:test";

import { Api } from "./api.mjs";
import { openBrowser } from "./browser.mjs";
import { startServer } from "./server.mjs";

/** Opens everything for one test file. */
export async function openHouse() {
  const server = await startServer();
  const browser = await openBrowser(server);
  after(async () => {
    try {
      await browser.close();
    } finally {
      await server.stop();
    }
  });
  return { server, browser, api: new Api(server) };
}
