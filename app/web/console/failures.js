// Why runs and their rows failed, alike reasons together. Pure.

/** A reason without what differs from row to row: "RICE: Reach: '…' is not a number". */
export function kindOf(message) {
  return message.replace(/'[^']*'/g, "'…'").replace(/INIT-\d+/g, 'INIT-…').replace(/\d+([.,]\d+)*/g, '…');
}

/** The reasons of one listed run: [{message, rows}], the run's own error first; `rows` is 0 for that one. */
export function reasonsOf(run) {
  const own = run.error ? [{ message: run.error.message, rows: 0 }] : [];
  return [...own, ...(run.failures ?? []).map(({ message, count }) => ({ message, rows: count }))];
}

/**
 * [{reason, runs, rows}], the reason of the most runs first. `runs` are those that it stopped or spoilt rows of, in the
 * order given; `reason` is the message itself where all say the same.
 */
export function groupFailures(runs) {
  const groups = new Map();
  for (const run of runs) {
    for (const { message, rows } of reasonsOf(run)) {
      const kind = kindOf(message);
      const group = groups.get(kind) ?? { messages: new Set(), kind, runs: [], rows: 0 };
      groups.set(kind, group);
      group.messages.add(message);
      group.rows += rows;
      if (group.runs.at(-1) !== run) group.runs.push(run);
    }
  }
  return [...groups.values()]
    .map(({ messages, kind, runs: hit, rows }) => ({ reason: messages.size === 1 ? [...messages][0] : kind, runs: hit, rows }))
    .sort((a, b) => b.runs.length - a.runs.length || b.rows - a.rows);
}
