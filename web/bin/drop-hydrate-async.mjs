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

// The second form is the same as the compiler mangles it: files that are split keep such names.
const ENTRANCE =
  /IntoAny(>::|\$GT\$8)into_any(::|13)hydrate_async(::\{\{closure\}\}|28_\$u7b\$\$u7b\$closure\$u7d\$\$u7d\$)?(::h[0-9a-f]+|17h[0-9a-f]+E)?$/;

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

// One in the main file and one that it leaves free for each file that was split off, which has its own.
const segments = Array.from({ length: module.getNumElementSegments() }, (_, at) =>
  binaryen.getElementSegmentInfo(module.getElementSegmentByIndex(at)));
for (const { name, table, offset, data } of segments) {
  if (!data.some((entry) => ENTRANCE.test(entry))) continue;
  const kept = data.map((entry) => {
    if (!ENTRANCE.test(entry)) return entry;
    dropped += 1;
    return trapLike(entry);
  });
  const { value } = binaryen.getExpressionInfo(offset);
  module.removeElementSegment(name);
  module.addActiveElementSegment(table, name, kept, module.i32.const(value));
}
// A file that was split off may have no view of its own; the shell has.
if (dropped === 0 && !/\/(split|chunk)_[^/]*$/.test(from)) {
  throw new Error("No entrance is called hydrate_async: has Leptos changed, or are the names gone?");
}
await writeFile(to, module.emitBinary());
