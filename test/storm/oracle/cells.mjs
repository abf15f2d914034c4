// Judges the cells that PMs type: each shows what a person typed there last, or what the system was entitled to write over it
// (sync.md, What changed since we last looked; Rows that move while a run writes).

import { fieldOf, shownOf, TABS, textOf } from './workbooks.mjs';

const SAVES = {
  backlog: ({ action, tab }) => action === 'flow1.full_sync' || (action === 'pm.save_selected' && tab === 'Backlog'),
  scoring: ({ action, tab }) => ['pm.score_selected', 'flow3.sync_inputs'].includes(action) || (action === 'pm.save_selected' && tab === 'Scoring_Inputs'),
};
const CHOICES = { backlog: 'Backlog', scoring: 'Scoring_Inputs' };

function mayHaveSaved(run, tab, key, header) {
  if (run.options?.dry_run || (run.keys && !run.keys.includes(key))) return false;
  // Save and Score only check a typed framework: Switch takes it over (product.md, job 3).
  if (header !== 'Active Scoring Framework') return SAVES[tab.kind]?.(run) ?? false;
  return run.action === 'flow2.activate' || (run.action === 'pm.switch_framework' && run.tab === CHOICES[tab.kind]);
}

const isBetween = (run, typing, over) => run.submitted < over.seq && (run.ended ?? Infinity) > typing.seq;

/** Judges one cell by its events. Answers {lost: typings lost within the window, violation?}. */
export function judgeCell(events, { isBare, isEntitled, wasSaved, wasStored }) {
  const final = events.at(-1).value;
  const typings = events.filter(({ actor }) => actor !== 'service');
  const lost = [];
  for (let typing = typings.pop(); typing !== undefined; typing = typings.pop()) {
    if (textOf(typing.value) === textOf(final)) return { lost };
    const over = events.find(({ seq, actor }) => actor === 'service' && seq > typing.seq);
    if (typing.seq > over.look) {
      lost.push({ typing, over, entitled: isEntitled(over.value) });
      continue;
    }
    const last = events.at(-1);
    // In a row without a key nobody knows what stood before what a person typed within the window.
    if (isBare && lost.length > 0 && isEntitled(final)) return { lost };
    if (!isEntitled(final)) return { lost, violation: { kind: 'a value of somewhere else stands in the place of a typing', typing, over: last } };
    const firstSight = textOf(typing.value) === '' && events.every(({ seq, actor }) => seq >= typing.seq || actor !== 'service');
    // Who clears what landed in a blank cell leaves it as it was.
    const earlier = events.filter(({ seq }) => seq < typing.seq);
    const isAsItWas = textOf(typing.value) === '' && earlier.at(-1)?.actor === 'service' && !isEntitled(earlier.at(-1).value)
      && textOf(earlier.findLast(({ value, actor }) => actor !== 'service' || isEntitled(value))?.value ?? '') === '';
    const isFormula = typeof typing.value === 'object';
    if (isFormula) return { lost, violation: { kind: 'a formula was overwritten', typing, over: last } };
    // Who types once more what landed there types what counts as ours while it is put right (sync.md, step 4).
    const isOurs = events.some(({ seq, actor, value }) => actor === 'service' && seq < typing.seq && textOf(value) === textOf(typing.value));
    if (firstSight || isOurs || isAsItWas || typing.isCopied || wasSaved(typing, last) || wasStored(typing)) return { lost };
    return { lost, violation: { kind: 'a typing that nobody saved was overwritten', typing, over: last } };
  }
  if (isEntitled(final)) return { lost };
  return { lost, violation: { kind: 'a value that nobody typed for this initiative', over: events.at(-1) } };
}

/** A row without a key is a PM's own (sync.md, Identity): nothing of the system's belongs there. */
function judgeBareRow(tab, row, history, outcome) {
  for (const header of tab.headers.filter((name) => tab.columns[name] === 'system')) {
    outcome.cells += 1;
    const last = history.cells[header]?.at(-1);
    if (last?.actor !== 'service' || textOf(last.value) === '') continue;
    outcome.violations.push({ kind: 'a value of the system stands in a row without a key', tab: tab.name, tag: row.tag, header, shown: last.value,
      over: last });
  }
}

/** All rows' cells of PMs: {violations, cells, lost: [{tab, tag, header, typing, over, entitled}]}. */
export function judgePmCells({ tabs, histories, runs, typed }) {
  const outcome = { violations: [], cells: 0, lost: [] };
  for (const tab of Object.values(TABS)) {
    if (tab.kind === 'intake') {
      outcome.cells += tabs[tab.name].filter(Boolean).length * tab.typed.length;
      continue; // whatever the service writes there but keys is a trespass, named by the journal
    }
    for (const row of tabs[tab.name]) if (row) judgeRow(tab, row, histories[tab.name].get(row.tag), { runs, typed, outcome });
  }
  return outcome;
}

function judgeRow(tab, row, history, { runs, typed, outcome }) {
  const [key] = typed.keysOf(tab.name, row.tag);
  if (row.cells[tab.key] === '') judgeBareRow(tab, row, history, outcome);
  for (const header of tab.headers.filter((name) => tab.columns[name].startsWith('pm '))) {
    outcome.cells += 1;
    const events = history.cells[header];
    if (events === undefined) continue;
    const field = fieldOf(header);
    const isEntitled = (value) => textOf(value) === '' || entitled(tab, history, events, key, field, value, typed);
    const { lost, violation } = judgeCell(events, {
      isBare: key === undefined,
      isEntitled,
      // A title on Scoring_Inputs is never saved, and written where it is blank (sheets.md).
      wasSaved: (typing, over) => (tab.columns[header] === 'pm title' ? textOf(typing.value) === '' : runs.some((run) => isBetween(run, typing, over)
        && mayHaveSaved(run, tab, key, header))),
      wasStored: (typing) => key !== undefined && isStoredBesides(typing, tab, row.tag, key, field, typed),
    });
    outcome.lost.push(...lost.map((each) => ({ tab: tab.name, tag: row.tag, header, key, ...each })));
    if (violation) outcome.violations.push({ tab: tab.name, tag: row.tag, header, key, shown: row.cells[header], ...violation,
      origin: typed.whoeverTyped(row.cells[header]) });
  }
}

function entitled(tab, history, events, key, field, value, typed) {
  // What stood in an initiative's row may come back to the row that a person listed for it since.
  if (tab.kind === 'scoring' && field === 'title' && typed.typedFor(key, 'title on Scoring_Inputs', value).length > 0) return true;
  if (tab.kind === 'backlog' || tab.kind === 'scoring') return key !== undefined && typed.isEntitled(key, field, value);
  // On the other tabs the system fills rows of its own making and no others.
  return history.born.actor === 'service' && events[0].seq === history.born.seq && textOf(events[0].value) === textOf(value);
}

/** Whether a typed value may have equalled the stored one, because it was typed for this initiative elsewhere too. */
function isStoredBesides(typing, tab, tag, key, field, typed) {
  const again = typed.typedFor(key, field, shownOf(typing.value)).some((each) => each.seq !== typing.seq);
  return again || (textOf(typing.value) !== '' && typeof typing.value !== 'object' && ['new', 1].includes(typing.value));
}
