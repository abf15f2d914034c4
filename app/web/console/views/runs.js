// Runs as they come and go, with what keeps the service busy above them.

import { PERIODS, buckets, periodMs } from '../activity.js';
import { get, withQuery } from '../api.js';
import { activityChart } from '../charts/activity_chart.js';
import { whenWidthChanges } from '../charts/scale.js';
import { el, show } from '../dom.js';
import { keepLooking } from '../live.js';
import { emptyNote } from '../parts/empty_note.js';
import { problemBox } from '../parts/problem_box.js';
import { allActions, serviceStatus } from '../registry.js';
import { address } from '../router.js';
import { failuresTable } from './failures_table.js';
import { listedRuns } from './listed_runs.js';
import { isFiltered, queryOf, runFilters } from './run_filters.js';
import { runsTable } from './runs_table.js';
import { statusCounts } from './status_counts.js';
import { statusPanel } from './status_panel.js';

const LOOK_EVERY_MS = 2000;
const DRAW_EVERY_MS = 20_000; // what counts many runs
const RUNS_A_PAGE = 25;

export async function runsView({ root, parameters, signal }) {
  const [panel, counts, list, activity] = [
    el('section', { class: 'gauges', 'aria-label': 'How busy the service is' }), el('div', { class: 'counts' }),
    el('section', { 'aria-label': 'Runs' }), el('section', { class: 'card activity', 'aria-label': 'Runs over time' }),
  ];
  const [actions, { tabs }] = await Promise.all([allActions(), serviceStatus()]);
  show(root, el('div', { class: 'title-row' }, el('h1', {}, 'Runs'), el('a', { class: 'button primary', href: address('start') }, 'Start a run')),
    panel, activity, runFilters(parameters, actions, tabs),
    el('div', { class: 'title-row' }, counts, arrangement(parameters)), list);

  const labels = new Map(actions.map(({ name, label }) => [name, label]));
  const isGrouped = parameters.by === 'reason';
  const look = async () => {
    const [page, counted, status] = await Promise.all([
      !isGrouped && get(withQuery('/actions/runs', { ...queryOf(parameters), cursor: parameters.cursor, limit: RUNS_A_PAGE }), { signal }),
      get(withQuery('/actions/runs/counts', { ...queryOf(parameters), status: '' }), { signal }),
      get('/status', { signal }),
    ]);
    if (signal.aborted) return;
    show(panel, statusPanel(status));
    show(counts, statusCounts(counted.counts, parameters));
    if (page) keepFocus(list, () => show(list, runsList(page, { labels, status, parameters, signal })));
  };
  const draw = async () => {
    const period = PERIODS[parameters.since] ?? PERIODS.day;
    const [counted, listed] = await Promise.all([
      get(withQuery('/actions/runs/counts', {
        ...queryOf(parameters), status: '', since: new Date(Date.now() - periodMs(period)).toISOString(), per: period.per,
      }), { signal }),
      isGrouped && listedRuns(queryOf(parameters), signal),
    ]);
    if (signal.aborted) return;
    if (!activity.querySelector('details[open]')) { // who reads the figures goes on reading them
      keepFocus(activity, () => show(activity, activityChart(buckets(counted.over_time, period, Date.now()), period)));
    }
    if (listed) keepFocus(list, () => show(list, listed.runs.length === 0 ? nothing(parameters) : failuresTable(listed, labels)));
  };
  whenWidthChanges(signal, () => draw().catch(() => {}));
  await Promise.all([look(), draw()]);
  keepLooking(signal, LOOK_EVERY_MS, look, (error) => show(counts, problemBox(error)));
  keepLooking(signal, DRAW_EVERY_MS, draw, () => {}); // looking says it
}

/** One by one, or by what went wrong. */
function arrangement(parameters) {
  const link = (by, text) => el('a', {
    href: address('runs', '', { ...parameters, by, cursor: '' }), 'aria-current': (parameters.by ?? '') === by && 'true',
  }, text);
  return el('nav', { class: 'switch', 'aria-label': 'How runs are shown' }, link('', 'Newest first'), link('reason', 'Failures by reason'));
}

function runsList(page, { labels, status, parameters, signal }) {
  if (page.runs.length === 0) return nothing(parameters);
  const all = async () => (await listedRuns(queryOf(parameters), signal)).runs;
  return [runsTable(page.runs, labels, status, all), pages(page.next_cursor, parameters)];
}

function nothing(parameters) {
  if (isFiltered(parameters)) return emptyNote('No run fits.', ['Show all runs', address('runs', '', { by: parameters.by })]);
  return emptyNote('Nothing has run yet. In the Central Backlog choose 🧠 Roadmap AI → See latest intake, or try it out here first: ' +
    'a dry run changes nothing.', ['Try out See latest intake', address('start', '', { action: 'pm.backlog_sync' })]);
}

/** What is made again each time keeps the focus of who stands on a link or button of it. */
function keepFocus(list, change) {
  const name = (element) => element.getAttribute('href') ?? element.getAttribute('aria-label') ?? element.textContent;
  const focused = list.contains(document.activeElement) ? name(document.activeElement) : null;
  change();
  if (focused) [...list.querySelectorAll('a, button, summary')].find((one) => name(one) === focused)?.focus();
}

function pages(nextCursor, parameters) {
  if (!nextCursor && !parameters.cursor) return null;
  return el('nav', { class: 'pages', 'aria-label': 'Pages of runs' },
    parameters.cursor && el('a', { class: 'button', href: address('runs', '', { ...parameters, cursor: '' }) }, '« Newest'),
    nextCursor && el('a', { class: 'button', href: address('runs', '', { ...parameters, cursor: nextCursor }) }, 'Older ›'));
}
