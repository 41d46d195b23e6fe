// Takes out what can never run (ADR 0018).
//
// Every view carries a table of its functions, so that the compiler keeps all of them. Two of them have
// no caller: `hydrate_async` belongs to `leptos::mount::hydrate_lazy`, `hydrate_from_template` to the
// macro `template!`. We use neither; xtask's fences see to that. Together they are a tenth of the whole
// file. Whoever called one of them would trap at once.
//
// Usage: drop-unused-hydration.mjs in.wasm out.wasm

import { readFile, writeFile } from "node:fs/promises";

import binaryen from "binaryen";

const NAMES = [/\bhydrate_async\b/, /\bhydrate_from_template\b/];

const [from, to] = process.argv.slice(2);
binaryen.setDebugInfo(true); // The passes that follow sort functions by name.
const module = binaryen.readBinary(await readFile(from));
module.setFeatures(binaryen.Features.All);
const all = Array.from({ length: module.getNumFunctions() }, (_, at) =>
  binaryen.getFunctionInfo(module.getFunctionByIndex(at)));
const ours = all.filter(({ module: imported }) => !imported);
for (const pattern of NAMES) {
  if (ours.some(({ name }) => pattern.test(name))) continue;
  console.error(`No function is called ${pattern}: has Leptos changed, or are the names gone?`);
  process.exit(1);
}
const dropped = ours.filter(({ name }) => NAMES.some((pattern) => pattern.test(name)));
for (const { name, params, results } of dropped) {
  module.removeFunction(name);
  module.addFunction(name, params, results, [], module.unreachable());
}
await writeFile(to, module.emitBinary());
