// Many sequences, what they found grouped and shortened, and the table at the end.

import { drawSequence } from './draw.mjs';
import { ACTIONS } from './oracle.mjs';
import { play, signature } from './sequence.mjs';
import { shrink } from './shrink.mjs';
import { World } from './world.mjs';

const SHRINK_MS = 8_000;

/**
 * Plays sequences with these seeds, of `length` steps each, until `until()`. What has a signature like `past` is counted and gone past.
 * Answers {sequences, steps, runs, cells, findings,
 * ambiguous}; a finding is the first sequence of its kind, shortened: {signature, seed, count, violations, steps, headers}.
 */
export async function campaign({ seeds, length, until = () => false, shorten = true, past, without, tell = () => {} }) {
  const world = await World.start();
  const tolerated = new Map();
  const isTolerated = (entry) => {
    const name = signature(entry);
    if (!past?.test(name)) return false;
    tolerated.set(name, (tolerated.get(name) ?? 0) + 1);
    return true;
  };
  const total = { tolerated, sequences: 0, steps: 0, runs: 0, cells: 0, findings: new Map(), ambiguous: new Map() };
  try {
    await world.begin(drawSequence(0, 1, new Set()).headers);
    const served = new Set([...(await world.actions())].filter((action) => ACTIONS.includes(action)));
    for (const seed of seeds) {
      if (until()) break;
      const sequence = drawSequence(seed, length, served, without);
      const result = await play(world, sequence, isTolerated);
      total.sequences += 1;
      total.steps += result.at;
      total.runs += result.runs;
      total.cells += result.cells;
      if (result.ambiguous) total.ambiguous.set(result.ambiguous, (total.ambiguous.get(result.ambiguous) ?? 0) + 1);
      if (result.violations.length > 0) await record(world, total.findings, seed, sequence, result, { shorten, tell, isTolerated });
    }
  } finally {
    await world.stop();
  }
  return total;
}

async function record(world, findings, seed, sequence, { violations, at }, { shorten, tell, isTolerated }) {
  const name = signature(violations[0]);
  const known = findings.get(name);
  if (known) {
    known.count += 1;
    return;
  }
  const finding = {
    signature: name,
    seed,
    count: 1,
    violations,
    headers: sequence.headers,
    steps: sequence.steps.slice(0, at + 1),
  };
  findings.set(name, finding);
  if (shorten) {
    const end = Date.now() + SHRINK_MS;
    finding.steps = await shrink(
      finding.steps,
      async (steps) => {
        const again = await play(world, { headers: sequence.headers, steps }, isTolerated);
        if (!again.violations.some((entry) => signature(entry) === name)) return false;
        finding.violations = again.violations;
        return true;
      },
      () => Date.now() < end,
    );
  }
  tell(describe(finding));
}

/** A finding as text for people: seed, steps, differences. */
export function describe({ signature: name, seed, violations, steps }) {
  const lines = violations
    .slice(0, 6)
    .map(
      ({ tab = '', row = '', column = '', key = '', expected, actual, rule }) =>
        `  ${[tab, row && `row ${row}`, column, key].filter(Boolean).join(', ')}\n    expected: ${expected}\n    actual:   ${actual}\n    because:  ${rule}`,
    );
  return [`${name}  (seed ${seed})`, ...steps.map((step) => `  - ${JSON.stringify(step)}`), ...lines].join('\n');
}

export function table(total, seconds) {
  const found = [...total.findings.values()];
  return [
    `sequences ${total.sequences}, steps ${total.steps}, runs ${total.runs}, cells compared ${total.cells}, ${seconds.toFixed(1)} s`,
    `violations: ${found.reduce((sum, { count }) => sum + count, 0)} sequences of ${found.length} kinds`,
    ...found.sort((a, b) => b.count - a.count).map(({ count, signature: name, seed }) => `  ${count} × ${name} (seed ${seed})`),
    ...[...total.tolerated].map(([name, count]) => `  gone past: ${count} × ${name}`),
    `ended early because the specification leaves open what must be: ${[...total.ambiguous.values()].reduce((sum, count) => sum + count, 0)}`,
    ...[...total.ambiguous].map(([what, count]) => `  ${count} × ${what}`),
  ].join('\n');
}
