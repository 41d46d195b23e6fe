// One question of every kind.

/** A question of every kind, each on a page of its own; `text` makes a text of both languages out of a word. */
export function everyKind(text) {
  const choices = (...keys) => keys.map((key) => ({ key, label: text(key) }));
  const ends = { low: text("low"), high: text("high") };
  const kinds = {
    nps: { nps: ends },
    rating: { rating: { max: 5, ...ends } },
    csat: { csat: ends },
    ces: { ces: ends },
    single: { single: { choices: choices("a", "b") } },
    multiple: { multiple: { choices: choices("a", "b") } },
    ranking: { ranking: { choices: choices("a", "b") } },
    matrix: { matrix: { rows: choices("a", "b"), columns: [text("1"), text("2")] } },
    yes_no: "yes_no",
    words: { text: { max_chars: 500 } },
    day: "date",
    said: "statement",
    agreed: "consent",
    reach: "contact",
    photo: "file",
  };
  return Object.entries(kinds).map(([key, kind], index) => ({
    key, kind, text: text(key), hint: text("hint"), required: false, page: index + 1,
  }));
}
