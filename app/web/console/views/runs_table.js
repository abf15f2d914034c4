import { el } from '../dom.js';
import { ago, between, localTime, number } from '../format.js';
import { isFinal } from '../parts/badge.js';
import { progress } from '../parts/progress.js';
import { table } from '../parts/table.js';
import { address } from '../router.js';

/** Runs, newest first; `labels` maps an action's name to its label. */
export function runsTable(runs, labels) {
  if (runs.length === 0) return el('p', { class: 'empty' }, 'No run fits.');
  return table('Runs, newest first', [
    { label: 'Run', cell: (run) => runLink(run, labels) },
    { label: 'Status', cell: progress },
    { label: 'Asked', cell: (run) => el('time', { datetime: run.created_at, title: localTime(run.created_at) }, ago(run.created_at)) },
    { label: 'Took', cell: took, numeric: true },
    { label: 'By', cell: (run) => run.requested_by.user_email || run.requested_by.ui || '–' },
    { label: 'Scope', cell: (run) => run.scope_summary },
    { label: 'Done', cell: (run) => number(run.summary?.success), numeric: true },
    { label: 'Skipped', cell: (run) => number(run.summary?.skipped), numeric: true },
    { label: 'Failed', cell: (run) => number(run.summary?.failed), numeric: true },
  ], runs);
}

function runLink(run, labels) {
  return el('div', {},
    el('a', { href: address('run', run.run_id) }, labels.get(run.action) ?? run.action),
    el('div', { class: 'sub' }, run.action, run.tab ? ` · ${run.tab}` : ''));
}

function took(run) {
  if (isFinal(run.status) && run.started_at) return between(run.started_at, run.finished_at);
  return run.started_at ? between(run.started_at, new Date().toISOString()) : '–';
}
