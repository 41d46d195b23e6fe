// The command center's numbers, as its page shows them and as they must move.

import assert from "node:assert/strict";

/** The numbers that the page shows. */
export async function readBoard(page) {
  const tile = (id) => page.locator(`section[aria-labelledby="${id}"]`);
  const number = async (place) => {
    const text = await place.innerText();
    // A true minus sign, and commas between thousands.
    return Number(text.replace("−", "-").replaceAll(",", "").match(/-?[\d.]+/)[0]);
  };
  const steps = await tile("tile-funnel").locator(".step-count").all();
  const [created, , started, completed] = await Promise.all(steps.map(number));
  return {
    nps: await number(tile("tile-nps").locator(".kpi")),
    n: await number(tile("tile-nps").locator(".tile-basis")),
    score: await number(tile("tile-score").locator(".kpi")),
    created,
    started,
    completed,
    notClosed: await number(tile("tile-actions").locator(".load strong").first()),
  };
}

/** Both pictures of the same moment: rounding is all that may lie between them. */
export function mustAgree(board, numbers) {
  assert.equal(board.n, numbers.nps.n);
  assert.ok(Math.abs(board.nps - numbers.nps.value) <= 0.5, `${board.nps} ${numbers.nps.value}`);
  assert.ok(Math.abs(board.score - numbers.score.mean) <= 0.05);
  const { created, started, completed } = numbers.funnel;
  assert.deepEqual(
    [board.created, board.started, board.completed, board.notClosed],
    [created, started, completed, numbers.actions.open],
  );
}

/** One more answer of this NPS group and this score, and nothing else. */
export function mustHaveMovedBy(before, after, { group, score, openActions }) {
  const groups = ({ promoters, passives, detractors }) => ({ promoters, passives, detractors });
  const expected = groups(before.nps);
  expected[group] += 1;
  assert.deepEqual(groups(after.nps), expected);
  const n = before.nps.n + 1;
  assert.equal(after.nps.n, n);
  close(after.nps.value, (100 * (expected.promoters - expected.detractors)) / n, 1e-9);
  assert.equal(after.score.n, before.score.n + 1);
  // Scores are kept in hundredths.
  close(after.score.mean, (before.score.mean * before.score.n + score) / after.score.n, 0.011);
  for (const step of ["created", "started", "completed"]) {
    assert.equal(after.funnel[step], before.funnel[step] + 1, step);
  }
  const inTrend = ({ trend }) => trend.reduce((sum, week) => sum + week.nps.n, 0);
  assert.equal(inTrend(after), inTrend(before) + 1);
  assert.equal(after.actions.open, before.actions.open + openActions);
  const answers = ({ departments }) => departments.map(({ id, nps }) => [id, nps.n]);
  const earlier = new Map(answers(before));
  const grown = answers(after).filter(([id, count]) => count !== (earlier.get(id) ?? 0));
  // The department that was answered about, and whatever it stands below.
  assert.ok(grown.length > 0);
  assert.deepEqual(grown.map(([id, count]) => count - (earlier.get(id) ?? 0)), grown.map(() => 1));
}

function close(actual, expected, tolerance) {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);
}
