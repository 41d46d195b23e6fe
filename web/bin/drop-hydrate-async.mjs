// Takes the entrances of `hydrate_async` out of the table of functions (ADR 0018).
//
// Every erased view (`AnyView`) carries a table with its functions, so that neither rustc nor wasm-opt may
// drop one. Only `leptos::mount::hydrate_lazy` ever takes the entrance `hydrate_async`; we do not use it, and
// xtask's fences see to that. With the entrance and the future behind it gone from the table, wasm-opt drops
// by itself what nothing else reaches.
//
// Entries of the table, never bodies: LLVM lets equal functions share one body under either name, and a body
// that is called directly may be the one that ordinary hydration runs. These two names cannot be shared with
// another purpose: what they make and poll is the future of this entrance alone.
//
// Usage: drop-hydrate-async.mjs in.wasm out.wasm

import { readFile, writeFile } from "node:fs/promises";

import binaryen from "binaryen";

const ENTRANCE = /IntoAny>::into_any::hydrate_async(::\{\{closure\}\})?(::h[0-9a-f]+)?$/;

const [from, to] = process.argv.slice(2);
binaryen.setDebugInfo(true); // The passes that follow sort functions by name.
const module = binaryen.readBinary(await readFile(from));
const traps = new Map();
let dropped = 0;

/** The function that stands where one of this shape was: it traps. */
function trapLike(name) {
  const { params, results } = binaryen.getFunctionInfo(module.getFunction(name));
  const trap = `never_called_${params}_${results}`;
  if (!traps.has(trap)) traps.set(trap, module.addFunction(trap, params, results, [], module.unreachable()));
  return trap;
}

const segments = Array.from({ length: module.getNumElementSegments() }, (_, at) =>
  binaryen.getElementSegmentInfo(module.getElementSegmentByIndex(at)));
if (segments.length !== 1) throw new Error(`One table of functions was expected, not ${segments.length}`);
const [{ name, table, offset, data }] = segments;
const { value } = binaryen.getExpressionInfo(offset);
const kept = data.map((entry) => {
  if (!ENTRANCE.test(entry)) return entry;
  dropped += 1;
  return trapLike(entry);
});
if (dropped === 0) throw new Error("No entrance is called hydrate_async: has Leptos changed, or are the names gone?");
module.removeElementSegment(name);
module.addActiveElementSegment(table, name, kept, module.i32.const(value));
await writeFile(to, module.emitBinary());
