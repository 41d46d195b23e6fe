// Writes public/icons.svg: our own mark, and the Lucide icons named in icons.txt.
// Run by hand after icons.txt changed: npm install lucide-static && node icons.mjs

import { readFile, writeFile } from "node:fs/promises";

const here = new URL("./", import.meta.url);
const sprite = new URL("../public/icons.svg", here);
const source = process.env.LUCIDE ?? new URL("node_modules/lucide-static/icons/", here).pathname;

const names = (await readFile(new URL("icons.txt", here), "utf8")).split("\n").filter(Boolean).sort();
const kept = (await readFile(sprite, "utf8")).match(/^[\s\S]*?<\/symbol>\n/)[0];
const symbols = await Promise.all(names.map(async (name) => {
  const svg = await readFile(`${source}/${name}.svg`, "utf8");
  const drawing = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
  const stroke = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"';
  return `<symbol id="${name}" viewBox="0 0 24 24" ${stroke}>${drawing.replace(/\n\s*/g, "")}</symbol>\n`;
}));
await writeFile(sprite, `${kept}${symbols.join("")}</svg>\n`);
