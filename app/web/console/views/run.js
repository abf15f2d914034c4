// One run, live until it ends.

import { get, post } from '../api.js';
import { announce, el, show } from '../dom.js';
import { ago, between, localTime, plural } from '../format.js';
import { isFinal } from '../parts/badge.js';
import { problemBox } from '../parts/problem_box.js';
import { progress } from '../parts/progress.js';
import { facts } from '../parts/table.js';
import { labelOf, serviceStatus } from '../registry.js';
import { address } from '../router.js';
import { sheetLink } from '../sheet_links.js';
import { runResult } from './run_result.js';
import { timeline } from './timeline.js';
import { watchRun } from './watch_run.js';

export async function runView({ root, argument, parameters, signal }) {
  const run = await get(`/actions/run/${encodeURIComponent(argument)}`, { signal });
  const [label, status] = await Promise.all([labelOf(run.action), serviceStatus()]);
  const [head, body] = [el('div', {}), el('div', {})];
  show(root, el('p', { class: 'crumb' }, el('a', { href: address('runs') }, 'Runs'), ' / ', el('code', {}, run.run_id)),
    el('h1', {}, label), head, body);

  const draw = async (now) => {
    const record = await get(`/actions/run/${encodeURIComponent(argument)}/record`, { signal });
    if (signal.aborted) return;
    show(head, runHead(now, signal));
    show(body, el('div', { class: 'columns' }, runFacts(now, status), timeline(now, record.events)),
      now.result && runResult(now.result, { run: now, status, shownRows: parameters.rows }), requestCard(record));
  };
  await draw(run);
  if (!isFinal(run.status)) watch(run, draw, head, signal);
}

async function watch(run, draw, head, signal) {
  try {
    const ended = await watchRun(run.run_id, signal, draw);
    announce(`The run ended: ${ended.status}`);
  } catch (error) {
    if (!signal.aborted) head.append(problemBox(error));
  }
}

function runHead(run, signal) {
  const cancel = async (event) => {
    event.target.disabled = true;
    try {
      await post(`/actions/run/${encodeURIComponent(run.run_id)}/cancel`, undefined, { signal });
      announce('The run was told to stop');
    } catch (error) {
      event.target.after(problemBox(error));
    }
  };
  return [
    el('div', { class: 'run-head' }, progress(run),
      !isFinal(run.status) && el('button', { type: 'button', class: 'danger', click: cancel }, 'Cancel the run'),
      isFinal(run.status) && el('a', { class: 'button primary', href: address('start', '', { again: run.run_id }) }, 'Run again'),
      el('a', { class: 'button', href: address('start', '', { action: run.action, like: run.run_id }) }, 'Start one like it')),
    run.error && el('div', { class: 'problem' }, el('p', {}, run.error.message),
      run.error.detail && el('p', { class: 'sub' }, run.error.detail), el('p', { class: 'sub' }, el('code', {}, run.error.code))),
  ];
}

function runFacts(run, status) {
  const time = (value) => value && el('time', { datetime: value }, localTime(value), el('span', { class: 'sub block' }, ago(value)));
  return el('section', { class: 'card', 'aria-label': 'Facts' }, el('h2', {}, 'Facts'), facts([
    ['Action', el('code', {}, run.action)],
    ['Asked by', [run.requested_by.user_email, run.requested_by.ui && `through ${run.requested_by.ui}`].filter(Boolean).join(' ')],
    ['Asked', time(run.created_at)],
    ['Waited', run.started_at && between(run.created_at, run.started_at)],
    ['Took', run.finished_at && run.started_at && between(run.started_at, run.finished_at)],
    ['Scope', run.scope_summary],
    ['Spreadsheet', run.spreadsheet_id && sheetLink({ spreadsheet_id: run.spreadsheet_id }, status, el('code', {}, run.spreadsheet_id))],
    ['Tab', run.tab && sheetLink(run, status, run.tab)],
    ['Attempt', run.attempt > 1 && plural(run.attempt, 'attempt')],
  ].map(([name, value]) => [name, value || null])));
}

/** The exact request of a run. */
export function requestCard(record) {
  return el('section', { class: 'card' }, el('h2', {}, 'Request'),
    record.idempotency_key && el('p', { class: 'note' }, 'Idempotency-Key ', el('code', {}, record.idempotency_key)),
    el('pre', { tabindex: 0, 'aria-label': 'The exact request' }, JSON.stringify(record.request, null, 2)));
}
