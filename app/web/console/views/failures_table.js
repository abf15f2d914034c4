// Failures by reason: what to mend first.

import { el } from '../dom.js';
import { groupFailures } from '../failures.js';
import { ago, localTime, number, plural } from '../format.js';
import { isDry } from '../parts/badge.js';
import { emptyNote } from '../parts/empty_note.js';
import { table } from '../parts/table.js';
import { address } from '../router.js';

const USERS_SHOWN = 3;

/** `listed` is what listedRuns resolved with: one run at least. */
export function failuresTable({ runs, complete }, labels) {
  const real = runs.filter((run) => !isDry(run)); // what a dry run could not do has cost nobody anything
  const groups = groupFailures(real);
  const looked = lookedAt(runs.length, runs.length - real.length, complete);
  if (groups.length === 0) return emptyNote(`Nothing failed. ${looked}`);
  return [
    el('p', { class: 'note' }, looked, real.some(({ failures }) => failures === null) && ' Some of their reasons are still being read.'),
    table('Failures by reason', [
      { label: 'Reason', value: ({ reason }) => reason },
      { label: 'Runs', value: (group) => group.runs.length, numeric: true },
      { label: 'Rows', value: ({ rows }) => rows, numeric: true },
      { label: 'By', value: usersOf },
      { label: 'Last', value: ({ runs: [last] }) => last.created_at, cell: ({ runs: [last] }) => lastRun(last, labels) },
      { label: '', cell: ({ runs: [last] }) => el('a', { class: 'moment', href: address('start', '', { again: last.run_id }), 'aria-label': `Run again: ${last.run_id}` }, 'Run again') },
    ], groups),
  ];
}

function lookedAt(count, dry, complete) {
  if (count === 1) return `The one run that fits was looked at${dry > 0 ? ', a dry run, which changes nothing' : ''}.`;
  const left = dry > 0 ? `; ${plural(dry, 'dry run')} among them, which ${dry === 1 ? 'changes' : 'change'} nothing, ${dry === 1 ? 'is' : 'are'} left out` : '';
  return `${complete ? 'All' : 'The newest'} ${number(count)} runs that fit were looked at${left}.`;
}

function lastRun(run, labels) {
  return el('div', {}, el('a', { href: address('run', run.run_id, { rows: run.error ? '' : 'failed' }) }, labels.get(run.action) ?? run.action),
    el('time', { class: 'sub block', datetime: run.created_at, title: localTime(run.created_at) }, ago(run.created_at)));
}

function usersOf({ runs }) {
  const users = [...new Set(runs.map(({ requested_by: by }) => by.user_email || by.ui).filter(Boolean))];
  const more = users.length - USERS_SHOWN;
  return users.slice(0, USERS_SHOWN).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
