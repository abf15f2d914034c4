import { el } from '../dom.js';
import { reasonsOf } from '../failures.js';
import { ago, between, localTime, plural } from '../format.js';
import { isFinal } from '../parts/badge.js';
import { progress } from '../parts/progress.js';
import { table } from '../parts/table.js';
import { address } from '../router.js';
import { sheetLink } from '../sheet_links.js';

/**
 * Runs, newest first; `labels` maps an action's name to its label, `status` is the service's, `all` resolves with
 * every run that fits.
 */
export function runsTable(runs, labels, status, all) {
  return table('Runs, newest first', [
    { label: 'Run', value: (run) => labels.get(run.action) ?? run.action, cell: (run) => runLink(run, labels, status) },
    { label: 'Action', value: (run) => run.action, hidden: true },
    { label: 'Tab', value: (run) => run.tab, hidden: true },
    { label: 'Status', value: (run) => run.status, cell: (run) => el('div', {}, progress(run), why(run)) },
    { label: 'Asked', value: (run) => run.created_at, cell: asked },
    { label: 'Took', value: seconds, cell: took, numeric: true },
    { label: 'By', value: askedBy, cell: (run) => el('span', { class: 'who' }, askedBy(run) || '–') },
    { label: 'Scope', value: (run) => run.scope_summary, hidden: true },
    { label: 'Done', value: (run) => run.summary?.success, numeric: true },
    { label: 'Skipped', value: (run) => run.summary?.skipped, numeric: true },
    { label: 'Failed', value: (run) => run.summary?.failed, numeric: true },
    { label: 'Reason', value: (run) => reasonsOf(run).map(({ message }) => message).join('; '), hidden: true },
    { label: 'Run id', value: (run) => run.run_id, hidden: true },
    { label: '', cell: again },
  ], runs, all);
}

function runLink(run, labels, status) {
  return el('div', {},
    el('a', { href: address('run', run.run_id) }, labels.get(run.action) ?? run.action),
    el('div', { class: 'sub' }, run.action, run.tab && [' · ', sheetLink(run, status, run.tab)], ` · ${run.scope_summary}`));
}

/** What went wrong first, in the service's words. */
function why(run) {
  if (run.failures === null) return el('p', { class: 'why sub' }, 'Reasons are being read …');
  const [first, ...others] = reasonsOf(run);
  if (!first) return null;
  return el('p', { class: 'why' }, first.message,
    others.length > 0 && el('a', { class: 'sub', href: address('run', run.run_id, { rows: 'failed' }) }, ` and ${plural(others.length, 'other reason')}`));
}

function asked(run) {
  return el('time', { datetime: run.created_at }, ago(run.created_at), el('span', { class: 'sub block moment' }, localTime(run.created_at)));
}

const askedBy = ({ requested_by: by }) => by.user_email || by.ui;
const milliseconds = (run) => Date.parse(run.finished_at ?? new Date().toISOString()) - Date.parse(run.started_at);
const seconds = (run) => (run.started_at ? milliseconds(run) / 1000 : undefined);
const took = (run) => (run.started_at ? between(run.started_at, run.finished_at ?? new Date().toISOString()) : '–');

function again(run) {
  return isFinal(run.status) && el('a', { class: 'moment', href: address('start', '', { again: run.run_id }), 'aria-label': `Run again: ${run.run_id}` }, 'Run again');
}
