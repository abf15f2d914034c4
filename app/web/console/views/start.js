// Starts any action: the form, a dry run, what it would change, and only then the run itself. Runs that were are run
// again the same way, with exactly their request.

import { get, post } from '../api.js';
import { announce, el, show } from '../dom.js';
import { plural } from '../format.js';
import { problemBox } from '../parts/problem_box.js';
import { progress } from '../parts/progress.js';
import { allActions, labelOf, serviceStatus } from '../registry.js';
import { address } from '../router.js';
import { actionForm } from './action_form.js';
import { plannedCells } from './plan_table.js';
import { requestCard } from './run.js';
import { runResult } from './run_result.js';
import { watchRun } from './watch_run.js';

export async function startView({ root, parameters, signal }) {
  const outcome = el('section', { class: 'outcome', 'aria-label': 'Dry run' });
  if (parameters.again) return againView(root, parameters.again, outcome, signal);
  const [actions, { tabs }] = await Promise.all([allActions(), serviceStatus()]);
  const like = parameters.like ? (await recordOf(parameters.like, signal)).request : undefined;
  const chosen = actions.find(({ name }) => name === (like?.action ?? parameters.action)) ?? actions[0];
  const choose = (event) => { location.hash = address('start', '', { action: event.target.value }); };
  const form = actionForm({
    action: chosen, tabs, like, changed: () => show(outcome), submit: (request) => tryOut(request, outcome, signal),
  });
  return show(root, el('h1', {}, 'Start a run'),
    el('label', { class: 'field' }, el('span', {}, 'Action'), el('select', { id: 'action', change: choose }, actions.map(({ name, label }) =>
      el('option', { value: name, selected: name === chosen.name }, `${label} (${name})`)))),
    el('p', { class: 'note' }, chosen.summary, chosen.needs_llm && ' Asks the language model.'),
    form, outcome);
}

const recordOf = (runId, signal) => get(`/actions/run/${encodeURIComponent(runId)}/record`, { signal });

/** The same request once more; only who asks is another. */
async function againView(root, runId, outcome, signal) {
  const record = await recordOf(runId, signal);
  const request = { ...record.request, requested_by: { ui: 'console' } };
  const label = await labelOf(request.action);
  const tryIt = async ({ target }) => {
    target.disabled = true;
    await tryOut(request, outcome, signal);
    target.disabled = false;
  };
  show(root, el('p', { class: 'crumb' }, el('a', { href: address('runs') }, 'Runs'), ' / ', el('a', { href: address('run', runId) }, runId)),
    el('h1', {}, `Run again: ${label}`),
    el('p', { class: 'note' }, 'Exactly the request below, asked by the console. What the sheets and the database hold now counts, ' +
      'so the dry run shows what has changed since.'),
    el('div', { class: 'buttons' }, el('button', { type: 'button', class: 'primary', click: tryIt }, 'Dry run'),
      el('a', { class: 'button', href: address('start', '', { action: request.action, like: runId }) }, 'Change it first')),
    outcome, requestCard({ request }));
}

/** Runs the request as a dry run and shows its plan, with a button that runs it for good. */
async function tryOut(request, outcome, signal) {
  const dryRun = { ...request, options: { ...request.options, dry_run: true } };
  const run = await runAndWatch(dryRun, outcome, signal);
  if (!run) return;
  announce(`The dry run ended: ${run.status}`);
  show(outcome, el('h2', {}, 'Dry run'), progress(run));
  if (run.error) outcome.append(problemBox({ message: run.error.message }));
  if (run.status === 'success') outcome.append(confirmation(request, run.result, outcome, signal));
  if (run.result) {
    const status = await serviceStatus();
    outcome.append(...runResult(run.result, { run, status }).flat().filter(Boolean));
  }
}

function confirmation(request, result, outcome, signal) {
  const cells = plannedCells(result.raw).length;
  const run = async (event) => {
    event.target.disabled = true;
    try {
      const { run_id } = await post('/actions/run', { ...request, options: { ...request.options, dry_run: false } }, { signal });
      location.hash = address('run', run_id);
    } catch (error) {
      if (!signal.aborted) outcome.append(problemBox(error));
      event.target.disabled = false;
    }
  };
  return el('div', { class: 'confirm' },
    el('p', {}, cells > 0 ? `This would change ${plural(cells, 'cell')}.` : 'This would change no cell of a sheet.'),
    el('button', { type: 'button', class: 'primary', click: run }, 'Run it'));
}

async function runAndWatch(request, outcome, signal) {
  try {
    const { run_id } = await post('/actions/run', request, { signal });
    return await watchRun(run_id, signal, (run) => show(outcome, el('h2', {}, 'Dry run'), progress(run)));
  } catch (error) {
    if (!signal.aborted) show(outcome, problemBox(error));
    return undefined;
  }
}
