// Starts any action: the form, a dry run, what it would change, and only then the run itself.

import { get, post } from '../api.js';
import { announce, el, show } from '../dom.js';
import { plural } from '../format.js';
import { problemBox } from '../parts/problem_box.js';
import { progress } from '../parts/progress.js';
import { allActions, configuredTabs } from '../registry.js';
import { address } from '../router.js';
import { actionForm } from './action_form.js';
import { plannedCells } from './plan_table.js';
import { runResult } from './run_result.js';
import { watchRun } from './watch_run.js';

export async function startView({ root, parameters, signal }) {
  const [actions, tabs] = await Promise.all([allActions(), configuredTabs()]);
  const like = parameters.like ? (await get(`/actions/run/${encodeURIComponent(parameters.like)}/record`, { signal })).request : undefined;
  const outcome = el('section', { class: 'outcome', 'aria-label': 'Dry run' });
  const chosen = actions.find(({ name }) => name === (like?.action ?? parameters.action)) ?? actions[0];
  const choose = (event) => { location.hash = address('start', '', { action: event.target.value }); };
  const form = actionForm({
    action: chosen, tabs, like, changed: () => show(outcome), submit: (request) => tryOut(request, outcome, signal),
  });
  show(root, el('h1', {}, 'Start a run'),
    el('label', { class: 'field' }, el('span', {}, 'Action'), el('select', { id: 'action', change: choose }, actions.map(({ name, label }) =>
      el('option', { value: name, selected: name === chosen.name }, `${label} (${name})`)))),
    el('p', { class: 'note' }, chosen.summary, chosen.needs_llm && ' Asks the language model.'),
    form, outcome);
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
  if (run.result) outcome.append(...runResult(run.result).flat().filter(Boolean));
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
