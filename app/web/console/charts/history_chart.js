// How an initiative's scores changed: a line a framework, with a table that says the same.

import { el, svg } from '../dom.js';
import { cellText, localTime, number, withNumbers } from '../format.js';
import { FRAMEWORKS } from '../frameworks.js';
import { table } from '../parts/table.js';
import { unfolding } from '../parts/unfolding.js';
import { chartWidth, extent, linear, ticks } from './scale.js';

const WIDTH = 420;
const HEIGHT = 160;

/** `history` as GET /initiatives/{key} has it, newest first; `state` keeps over a redrawing whether its table is unfolded. */
export function historyChart(history, state) {
  const scored = history.filter((entry) => typeof entry.overall === 'number');
  if (scored.length === 0) return el('p', { class: 'note' }, 'No score was ever computed. Fill in the inputs on Scoring_Inputs, then choose Score selected.');
  const lines = FRAMEWORKS.map((framework) => ({ framework, entries: scored.filter((entry) => entry.framework === framework.name).reverse() }))
    .filter(({ entries }) => entries.length > 0);
  return el('div', {}, el('div', { class: 'histories' }, lines.map(({ framework, entries }) => lineOf(framework, entries))),
    unfolding('The figures as a table', () => historyTable(history), state));
}

/** Each framework has a drawing of its own: their scores have no common scale. */
function lineOf({ label, kind }, entries) {
  const width = chartWidth(WIDTH);
  const room = { left: 52, right: width - 12, top: 12, bottom: HEIGHT - 28 };
  const marks = ticks(Math.min(0, ...entries.map((entry) => entry.overall)), Math.max(...entries.map((entry) => entry.overall)), 3);
  const y = linear(extent(marks), [room.bottom, room.top]);
  const x = linear([0, Math.max(1, entries.length - 1)], [room.left + 8, room.right - 8]);
  const points = entries.map((entry, index) => [x(index), y(entry.overall)]);
  return el('figure', {}, el('figcaption', {}, label),
    svg('svg', {
      viewBox: `0 0 ${width} ${HEIGHT}`, class: `chart ${kind}`, role: 'img',
      'aria-label': `${label}: overall score over ${entries.length} computations, last ${number(entries.at(-1).overall)}`,
    },
    marks.map((mark) => svg('g', { class: 'axes' }, svg('line', { x1: room.left, x2: room.right, y1: y(mark), y2: y(mark) }),
      svg('text', { x: room.left - 6, y: y(mark), class: 'tick y' }, number(mark)))),
    svg('polyline', { class: 'line', points: points.map((point) => point.join(',')).join(' ') }),
    points.map(([cx, cy], index) => svg('circle', { cx, cy, r: 4 }, svg('title', {}, `${localTime(entries[index].computed_at)}: ${number(entries[index].overall)}`))),
    svg('text', { x: room.left, y: HEIGHT - 6, class: 'tick x start' }, localTime(entries[0].computed_at)),
    entries.length > 1 && svg('text', { x: room.right, y: HEIGHT - 6, class: 'tick x end' }, localTime(entries.at(-1).computed_at))));
}

const explanationOf = ({ explanation, reason }) => explanation || reason;

function historyTable(history) {
  return table('Scores over time, newest first', [
    { label: 'Computed', value: (entry) => entry.computed_at, cell: (entry) => localTime(entry.computed_at) },
    { label: 'Framework', value: (entry) => entry.framework },
    { label: 'Overall Score', value: (entry) => entry.overall, numeric: true },
    { label: 'Value Score', value: (entry) => entry.value, numeric: true },
    { label: 'Effort Score', value: (entry) => entry.effort, numeric: true },
    { label: 'Explanation', value: explanationOf, cell: (entry) => withNumbers(cellText(explanationOf(entry))) },
  ], history);
}
