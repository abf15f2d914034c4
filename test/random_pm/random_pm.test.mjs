// A short walk of the random PM: sequences that every run plays, then others from a seed of the day, for about 25 seconds.
//   RANDOM_PM_SEED repeats the others; random_pm.mjs plays more of them by hand.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { campaign, table } from './campaign.mjs';

const SEED = Number(process.env.RANDOM_PM_SEED ?? Date.now() % 1e9);
const FIXED_SEEDS = Array.from({ length: 15 }, (_, n) => n + 1);
const LENGTH = 30;
const SECONDS = 22;

function* seeds() {
  yield* FIXED_SEEDS;
  for (let n = 0; ; ++n) yield SEED + n;
}

test('sequences of people and jobs end as the specification says, cell for cell', { timeout: 240_000 }, async (t) => {
  const began = Date.now();
  const seconds = () => (Date.now() - began) / 1000;
  t.diagnostic(`RANDOM_PM_SEED=${SEED}`);
  const found = [];
  const total = await campaign({
    seeds: seeds(),
    length: LENGTH,
    until: () => seconds() > SECONDS,
    tell: (text) => found.push(text),
  });
  t.diagnostic(table(total, seconds()));
  assert.ok(total.runs > 100, `the sequences run jobs: ${total.runs}`);
  assert.equal(total.findings.size, 0, found.join('\n\n'));
});
