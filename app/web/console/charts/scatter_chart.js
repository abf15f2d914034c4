// Value against effort: what is worth much and costs little stands top left.

import { el, svg } from '../dom.js';
import { cut, number } from '../format.js';
import { axes } from './axes.js';
import { chartWidth, extent, linear, logarithmic, logarithmicTicks, ticks } from './scale.js';

const WIDTH = 640;
const HEIGHT = 420;
const LABELLED = 14; // the best overall scores carry their titles
const RADIUS = 6;
const LETTER_WIDTH = 6.4;
const LABEL_HEIGHT = 15;
const REACH = 28; // how far from a circle a finger may be
const SAME_PLACE = 5;
const CURVE_POINTS = 48;

/** Points that an axis of the chosen kind can show. */
export const drawable = (points, isLogarithmic) =>
  (isLogarithmic ? points.filter(({ value, effort }) => value > 0 && effort > 0) : points);

/**
 * `points` are [{initiative, value, effort, overall}], the best first; `chosen` is the key of one. Calls `choose` with the
 * key of the initiative that somebody points at or walks to with the arrow keys, and `open` for Enter.
 */
export function scatterChart(framework, points, { isLogarithmic, chosen, choose, open }) {
  const width = chartWidth(WIDTH);
  const frame = { left: 56, right: width - 16, top: 28, bottom: HEIGHT - 44 };
  const x = axis(points.map((point) => point.effort), [frame.left + 4, frame.right], isLogarithmic);
  const y = axis(points.map((point) => point.value), [frame.bottom, frame.top], isLogarithmic);
  const placed = points.map((point) => ({ ...point, key: point.initiative.initiative_key, cx: x.place(point.effort), cy: y.place(point.value) }));
  const one = placed.find(({ key }) => key === chosen);
  const said = el('p', { class: 'note chart-note', 'aria-hidden': 'true' }, 'Choose a circle to see its initiative.');
  const chart = svg('svg', {
    viewBox: `0 0 ${width} ${HEIGHT}`, class: `chart scatter ${framework.kind}`, role: 'listbox', tabindex: 0,
    'aria-label': `${framework.label}: value against effort of ${points.length} initiatives, the best first; the table below has the figures`,
    'aria-activedescendant': one ? `dot-${one.key}` : null,
    click: (event) => choose(pointedAt(event, placed, chosen)?.key),
    pointermove: (event) => { said.textContent = textOf(pointedAt(event, placed) ?? one) ?? 'Choose a circle to see its initiative.'; },
    keydown: (event) => walk(event, placed, one, choose, open),
  },
  svg('g', { 'aria-hidden': 'true' }, axes(frame, x, y, { x: 'Effort Score', y: 'Value Score' }), one && equalLine(one, x, y, frame)),
  placed.map((point) => svg('g', {
    class: `dot ${point === one ? 'chosen' : ''}`, role: 'option', id: `dot-${point.key}`, 'aria-selected': String(point === one), 'aria-label': textOf(point),
  }, svg('circle', { cx: point.cx, cy: point.cy, r: point === one ? RADIUS + 2 : RADIUS }))),
  svg('g', { class: 'labels', 'aria-hidden': 'true' }, labels(one ? [one, ...placed.filter((point) => point !== one)] : placed, frame)));
  return el('div', {}, chart, said);
}

function axis(values, room, isLogarithmic) {
  if (values.length === 0) return { ticks: [], place: () => room[0] };
  const [low, high] = extent(values);
  const marks = isLogarithmic ? logarithmicTicks(low, high) : ticks(Math.min(0, low), high);
  return { ticks: marks, place: (isLogarithmic ? logarithmic : linear)(extent(marks), room) };
}

function textOf(point) {
  return point && `${point.initiative.title ?? point.key} (${point.key}): value ${number(point.value)}, effort ${number(point.effort)}, overall ${number(point.overall)}`;
}

/** The nearest within reach of mouse or finger; of several on one place the one after `chosen`. */
function pointedAt({ currentTarget, clientX, clientY }, placed, chosen) {
  const box = currentTarget.getBoundingClientRect();
  const scale = currentTarget.viewBox.baseVal.width / box.width;
  const [x, y] = [(clientX - box.left) * scale, (clientY - box.top) * scale];
  const far = ({ cx, cy }) => Math.hypot(cx - x, cy - y);
  const near = placed.filter((point) => far(point) <= REACH).sort((a, b) => far(a) - far(b));
  const together = near.filter((point) => Math.hypot(point.cx - near[0].cx, point.cy - near[0].cy) <= SAME_PLACE);
  return together[(together.findIndex(({ key }) => key === chosen) + 1) % together.length];
}

/** Arrow keys go from the best to the worst and back. */
function walk(event, placed, one, choose, open) {
  if (event.key === 'Enter' && one) return open(one.key);
  const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  const last = placed.length - 1;
  const index = { Home: 0, End: last }[event.key] ??
    (steps[event.key] && Math.min(last, Math.max(0, (one ? placed.indexOf(one) : -1) + steps[event.key])));
  if (index === undefined) return undefined;
  event.preventDefault();
  return choose(placed[index].key);
}

/** Where value divided by effort equals the chosen one's: what lies above it scores better. Only where overall is that. */
function equalLine({ value, effort, overall }, x, y, frame) {
  if (!(effort > 0) || Math.abs(value / effort - overall) > 1e-9 * Math.abs(overall)) return null;
  const [low, high] = extent(x.ticks);
  const points = Array.from({ length: CURVE_POINTS + 1 }, (_, index) => {
    const share = index / CURVE_POINTS;
    const at = low > 0 ? low * (high / low) ** share : low + (high - low) * share;
    return [x.place(at), y.place(at * overall)];
  }).filter(([, cy]) => cy >= frame.top && cy <= frame.bottom);
  return svg('polyline', { class: 'equal', points: points.map((point) => point.join(',')).join(' ') });
}

/** Titles of the best beside their circles, without those that would cover another title or circle. */
function labels(placed, frame) {
  const length = frame.right > 400 ? 26 : 16;
  const kept = [];
  return placed.slice(0, LABELLED).map((point) => {
    const text = cut(point.initiative.title ?? point.key, length);
    const wide = text.length * LETTER_WIDTH;
    const isFree = ({ left, y }) => left >= frame.left && left + wide <= frame.right + 8 && y > frame.top && y < frame.bottom &&
      !kept.some((other) => left < other.left + other.wide && other.left < left + wide && Math.abs(other.y - y) < LABEL_HEIGHT) &&
      !placed.some(({ cx, cy }) => cx > left - RADIUS && cx < left + wide + RADIUS && Math.abs(cy - y) < RADIUS + 3);
    const { cx, cy } = point;
    const place = [
      { left: cx + 12, y: cy, x: cx + 12 }, { left: cx - 12 - wide, y: cy, x: cx - 12, anchor: 'end' },
      ...[-16, 16].map((off) => ({ left: cx - wide / 2, y: cy + off, x: cx, anchor: 'middle' })),
    ].find(isFree);
    if (!place) return null;
    kept.push({ ...place, wide });
    return svg('text', { x: place.x, y: place.y + 4, class: place.anchor }, text);
  });
}
