// Ends with an error when a WebAssembly file is not one that browsers load: an optimiser may write what only
// newer engines read.
//
// Usage: must-load.mjs file.wasm

import { readFile } from "node:fs/promises";

const [file] = process.argv.slice(2);
try {
  new WebAssembly.Module(await readFile(file));
} catch (error) {
  console.error(`${file} would load in no browser: ${error.message}`);
  process.exit(1);
}
