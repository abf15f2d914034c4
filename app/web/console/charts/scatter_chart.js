// Value against effort: what is worth much and costs little stands top left.

import { el, svg } from '../dom.js';
import { number } from '../format.js';
import { address } from '../router.js';
import { axes } from './axes.js';
import { chartWidth, extent, linear, ticks } from './scale.js';

const WIDTH = 640;
const HEIGHT = 400;
const LABELLED = 12; // the best overall scores carry their numbers
const LABEL_WIDTH = 34;
const LABEL_HEIGHT = 14;

/** `points` are [{initiative, value, effort, overall}]. */
export function scatterChart(framework, points) {
  const width = chartWidth(WIDTH);
  const frame = { left: 56, right: width - 16, top: 28, bottom: HEIGHT - 44 };
  const x = axis(points.map((point) => point.effort), [frame.left, frame.right]);
  const y = axis(points.map((point) => point.value), [frame.bottom, frame.top]);
  const labelled = labelledPoints(points, x, y);
  const said = el('p', { class: 'note chart-note', 'aria-hidden': 'true' }, 'Point at a circle to see its initiative.');
  const chart = svg('svg', {
    viewBox: `0 0 ${width} ${HEIGHT}`, class: `chart ${framework.kind}`, role: 'img',
    'aria-label': `${framework.label}: value against effort of ${points.length} initiatives; the table below has the figures`,
  }, axes(frame, x, y, { x: 'Effort', y: 'Value' }), points.map((point) => dot(point, x, y, labelled.has(point), said)));
  return el('div', {}, chart, said);
}

/** The best, without those whose label would cover another. */
function labelledPoints(points, x, y) {
  const kept = [];
  for (const point of [...points].sort((a, b) => b.overall - a.overall).slice(0, LABELLED)) {
    const covers = (other) => Math.abs(x.place(other.effort) - x.place(point.effort)) < LABEL_WIDTH &&
      Math.abs(y.place(other.value) - y.place(point.value)) < LABEL_HEIGHT;
    if (!kept.some(covers)) kept.push(point);
  }
  return new Set(kept);
}

function axis(values, room) {
  const [low, high] = extent(values);
  const marks = ticks(Math.min(0, low), high);
  return { ticks: marks, place: linear(extent(marks), room) };
}

function dot(point, x, y, isLabelled, said) {
  const { initiative, value, effort, overall } = point;
  const [cx, cy] = [x.place(effort), y.place(value)];
  const text = `${initiative.initiative_key} ${initiative.title ?? ''}: value ${number(value)}, effort ${number(effort)}, overall ${number(overall)}`;
  const open = () => { location.hash = address('initiative', initiative.initiative_key); };
  return svg('g', { class: 'dot', click: open, pointerenter: () => { said.textContent = text; } },
    svg('circle', { cx, cy, r: 6 }),
    isLabelled && svg('text', { x: cx + 9, y: cy + 4 }, initiative.initiative_key.replace(/^INIT-0*/, '')));
}
