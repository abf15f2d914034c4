// A short walk of the random PM: sequences that every run plays. With RANDOM_PM_SEED others follow, for about 25 seconds in
// all; random_pm.mjs plays more of them by hand.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { campaign, table } from './campaign.mjs';

const SEED = process.env.RANDOM_PM_SEED;
const FIXED_SEEDS = Array.from({ length: 15 }, (_, n) => n + 1);
const LENGTH = 30;
const SECONDS = 22;

function* seeds() {
  yield* FIXED_SEEDS;
  for (let n = 0; SEED !== undefined; ++n) yield Number(SEED) + n;
}

test('sequences of people and jobs end as the specification says, cell for cell', { timeout: 240_000 }, async (t) => {
  const began = Date.now();
  const seconds = () => (Date.now() - began) / 1000;
  const found = [];
  const total = await campaign({
    seeds: seeds(),
    length: LENGTH,
    until: () => SEED !== undefined && seconds() > SECONDS,
    tell: (text) => found.push(text),
  });
  t.diagnostic(table(total, seconds()));
  assert.ok(total.runs > 100, `the sequences run jobs: ${total.runs}`);
  assert.equal(total.findings.size, 0, found.join('\n\n'));
});
