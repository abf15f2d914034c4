// Value against effort: what is worth much and costs little stands top left.

import { el, show, svg } from '../dom.js';
import { cut, number } from '../format.js';
import { axes } from './axes.js';
import { chartWidth, extent, linear, logarithmic, logarithmicTicks, ticks } from './scale.js';
import { RADIUS, titlePlaces } from './title_places.js';

const WIDTH = 640;
const HEIGHT = 420;
const LABELLED = 14; // the best overall scores carry their titles
const REACH = 28; // how far from a circle a finger may be
const SAME_PLACE = 5;
const CURVE_POINTS = 48;
const TITLE_SIZE = 12; // of `.chart text`, in units of the drawing
const NOTHING_SAID = 'Choose a circle to see its initiative.';

/** Points that an axis of the chosen kind can show. */
export const drawable = (points, isLogarithmic) =>
  (isLogarithmic ? points.filter(({ value, effort }) => value > 0 && effort > 0) : points);

/**
 * {element, mark(key)} of a drawing; `mark` shows which initiative is chosen, is cheap, and returns whether a line joins
 * what scores as it does. `points` are [{initiative, value, effort, overall}], the best first. Calls `choose` with the
 * key of the initiative that somebody points at or walks to with the arrow keys, and `open` for Enter.
 */
export function scatterChart(framework, points, { isLogarithmic, choose, open }) {
  const width = chartWidth(WIDTH);
  const frame = { left: 56, right: width - 16, top: 28, bottom: HEIGHT - 44 };
  const x = axis(points.map((point) => point.effort), [frame.left + 4, frame.right], isLogarithmic);
  const y = axis(points.map((point) => point.value), [frame.bottom, frame.top], isLogarithmic);
  const titleLength = frame.right > 400 ? 26 : 16;
  const widthOf = titleMeasure();
  const placed = points.map((point) => placedDot(point, x, y, titleLength, widthOf));
  const [line, titles] = [svg('g', { 'aria-hidden': 'true' }), svg('g', { class: 'labels', 'aria-hidden': 'true' })];
  const ring = svg('g', { class: 'ring', 'aria-hidden': 'true' }); // above the other circles, which may lie on the chosen one
  const said = el('p', { class: 'note chart-note', 'aria-hidden': 'true' }, NOTHING_SAID);
  let chosen;
  const chart = svg('svg', {
    viewBox: `0 0 ${width} ${HEIGHT}`, class: `chart scatter ${framework.kind}`, role: 'listbox', tabindex: 0,
    'aria-label': `${framework.label}: value against effort of ${points.length} initiatives, the best first; the table below has the figures`,
    click: (event) => choose(pointedAt(event, placed, chosen)?.key),
    pointermove: (event) => { said.textContent = textOf(pointedAt(event, placed) ?? chosen) ?? NOTHING_SAID; },
    keydown: (event) => walk(event, placed, chosen, choose, open),
  }, svg('g', { 'aria-hidden': 'true' }, axes(frame, x, y, { x: 'Effort Score', y: 'Value Score' })), line, placed.map(({ dot }) => dot), ring, titles);
  const mark = (key) => {
    chosen?.dot.setAttribute('aria-selected', 'false');
    chosen = placed.find((point) => point.key === key);
    if (chosen) {
      chosen.dot.setAttribute('aria-selected', 'true');
      chart.setAttribute('aria-activedescendant', chosen.dot.id);
    } else {
      chart.removeAttribute('aria-activedescendant');
    }
    said.textContent = textOf(chosen) ?? NOTHING_SAID;
    const equal = chosen && equalLine(chosen, x, y, frame);
    show(line, equal);
    show(ring, chosen && svg('circle', { cx: chosen.cx, cy: chosen.cy, r: RADIUS + 2 }));
    show(titles, titlePlaces(placed, { chosen, most: LABELLED, frame }).map(titleAt));
    return Boolean(equal);
  };
  return { element: el('div', {}, chart, said), mark };
}

/** Says how wide a title is drawn. */
function titleMeasure() {
  const pen = document.createElement('canvas').getContext('2d');
  pen.font = `${TITLE_SIZE}px ${getComputedStyle(document.body).fontFamily}`;
  return (title) => pen.measureText(title).width;
}

function placedDot(point, x, y, titleLength, widthOf) {
  const key = point.initiative.initiative_key;
  const [cx, cy] = [x.place(point.effort), y.place(point.value)];
  const text = cut(point.initiative.title ?? key, titleLength);
  const placed = { ...point, key, cx, cy, text, wide: widthOf(text) };
  placed.dot = svg('g', { class: 'dot', role: 'option', id: `dot-${key}`, 'aria-selected': 'false', 'aria-label': textOf(placed) },
    svg('circle', { cx, cy, r: RADIUS }));
  return placed;
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

/** The nearest within reach of mouse or finger; of several on one place the one after the point `chosen`. */
function pointedAt({ currentTarget, clientX, clientY }, placed, chosen) {
  const box = currentTarget.getBoundingClientRect();
  const scale = currentTarget.viewBox.baseVal.width / box.width;
  const [x, y] = [(clientX - box.left) * scale, (clientY - box.top) * scale];
  const far = ({ cx, cy }) => Math.hypot(cx - x, cy - y);
  const near = placed.filter((point) => far(point) <= REACH).sort((a, b) => far(a) - far(b));
  const together = near.filter((point) => Math.hypot(point.cx - near[0].cx, point.cy - near[0].cy) <= SAME_PLACE);
  return together[(together.indexOf(chosen) + 1) % together.length];
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

function titleAt({ circle, x, y, anchor, line }) {
  return [
    line && svg('polyline', { class: 'lead', points: line.map((point) => `${point.x},${point.y}`).join(' ') }),
    svg('text', { x, y: y + 4, class: anchor }, circle.text),
  ];
}
