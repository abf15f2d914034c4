// Runs as they come and go, with what keeps the service busy above them.

import { get, withQuery } from '../api.js';
import { el, show } from '../dom.js';
import { keepLooking } from '../live.js';
import { problemBox } from '../parts/problem_box.js';
import { allActions, configuredTabs } from '../registry.js';
import { address } from '../router.js';
import { runFilters, queryOf } from './run_filters.js';
import { runsTable } from './runs_table.js';
import { statusCounts } from './status_counts.js';
import { statusPanel } from './status_panel.js';

const LOOK_EVERY_MS = 2000;
const RUNS_A_PAGE = 25;

export async function runsView({ root, parameters, signal }) {
  const panel = el('section', { class: 'gauges', 'aria-label': 'How busy the service is' });
  const counts = el('div', { class: 'counts' });
  const list = el('section', { 'aria-label': 'Runs' });
  const [actions, tabs] = await Promise.all([allActions(), configuredTabs()]);
  show(root, el('div', { class: 'title-row' }, el('h1', {}, 'Runs'), el('a', { class: 'button primary', href: address('start') }, 'Start a run')),
    panel, runFilters(parameters, actions, tabs), counts, list);

  const labels = new Map(actions.map(({ name, label }) => [name, label]));
  const query = queryOf(parameters);
  const look = async () => {
    const [page, counted, status] = await Promise.all([
      get(withQuery('/actions/runs', { ...query, cursor: parameters.cursor, limit: RUNS_A_PAGE }), { signal }),
      get(withQuery('/actions/runs/counts', { ...query, status: '' }), { signal }),
      get('/status', { signal }),
    ]);
    if (signal.aborted) return;
    show(panel, statusPanel(status));
    show(counts, statusCounts(counted.counts, parameters));
    keepFocus(list, () => show(list, runsTable(page.runs, labels), pages(page.next_cursor, parameters)));
  };
  await look();
  keepLooking(signal, LOOK_EVERY_MS, look, (error) => show(counts, problemBox(error)));
}

/** The list is made again each time; who stands on a link of it keeps standing there. */
function keepFocus(list, change) {
  const focused = list.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
  change();
  if (focused) [...list.querySelectorAll('a')].find((link) => link.getAttribute('href') === focused)?.focus();
}

function pages(nextCursor, parameters) {
  if (!nextCursor && !parameters.cursor) return null;
  return el('nav', { class: 'pages', 'aria-label': 'Pages of runs' },
    parameters.cursor && el('a', { class: 'button', href: address('runs', '', { ...parameters, cursor: '' }) }, '« Newest'),
    nextCursor && el('a', { class: 'button', href: address('runs', '', { ...parameters, cursor: nextCursor }) }, 'Older ›'));
}
