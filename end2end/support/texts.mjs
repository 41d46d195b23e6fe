// The sentences of the product, so that tests name them by key and never repeat them.

import { readFileSync } from "node:fs";

const FOLDER = new URL("../../app/locales/", import.meta.url);
const cache = new Map();

/** The sentence of a key such as `public.done_title`, with its values filled in. */
export function text(language, key, values = {}) {
  const [file, name] = key.split(".");
  const sentences = sentencesOf(language, file);
  const form = "count" in values
    ? `${name}_${new Intl.PluralRules(language).select(values.count)}`
    : name;
  const sentence = sentences[form];
  if (sentence === undefined) throw new Error(`no text ${language}/${file}.${form}`);
  return sentence.replace(/{{ (\w+) }}/g, (_, value) => {
    if (!(value in values)) throw new Error(`${key} wants ${value}`);
    return String(values[value]);
  });
}

/** Every key of every file: `actions.title` and its like. */
export function keys(language) {
  return ["actions", "analytics", "audit", "common", "failures", "gallery", "integrations", "journeys", "kit", "public"].flatMap((file) =>
    Object.keys(sentencesOf(language, file)).map((name) => `${file}.${name}`),
  );
}

function sentencesOf(language, file) {
  const url = new URL(`${language}/${file}.json`, FOLDER);
  if (!cache.has(url.href)) cache.set(url.href, JSON.parse(readFileSync(url, "utf8")));
  return cache.get(url.href);
}
