// The random PM by hand:
//   node test/random_pm/random_pm.mjs [--sequences 500] [--steps 30] [--seconds N] [--seed N] [--service build/release/roadmapd] [--no-shrink]
//     [--past REGEX]: counts violations whose signature matches, and goes on; [--without bad,moving]: leaves traits of people.mjs out
// --seed repeats a campaign; --sequences 1 with a finding's seed repeats that sequence. Ends with 1 where anything was violated.

import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    sequences: { type: 'string', default: '500' },
    steps: { type: 'string', default: '30' },
    seconds: { type: 'string', default: 'Infinity' },
    seed: { type: 'string', default: String(Date.now() % 1e9) },
    service: { type: 'string' },
    past: { type: 'string' },
    without: { type: 'string', default: '' },
    'no-shrink': { type: 'boolean', default: false },
  },
});
if (values.service) process.env.ROADMAPD_BIN = values.service;
const { campaign, table } = await import('./campaign.mjs'); // after ROADMAPD_BIN is set

const seed = Number(values.seed);
const began = Date.now();
console.log(`seed ${seed}`);
const total = await campaign({
  seeds: Array.from({ length: Number(values.sequences) }, (_, n) => seed + n),
  length: Number(values.steps),
  shorten: !values['no-shrink'],
  until: () => Date.now() - began > Number(values.seconds) * 1000,
  past: values.past ? new RegExp(values.past) : undefined,
  without: values.without.split(','),
  tell: (text) => console.log(`${text}\n`),
});
console.log(table(total, (Date.now() - began) / 1000));
process.exitCode = total.findings.size > 0 ? 1 : 0;
