// Where the frameworks place an initiative: one line an initiative from rank to rank, the best on top. Places are those
// among the initiatives drawn, so that equal ranks do not hide each other; the labels tell the ranks.

import { svg } from '../dom.js';
import { FRAMEWORKS } from '../frameworks.js';
import { chartWidth } from './scale.js';

const WIDTH = 640;
const ROW = 22;
const TOP = 34;
const SIDES = 70; // for the labels left and right
const BIG_DIFFERENCE = 5; // places

/** `ranked` are [{initiative, ranks: {RICE: 1, …}, spread}], at most as many as fit on a page. */
export function ranksChart(ranked) {
  const width = chartWidth(WIDTH);
  const columns = FRAMEWORKS.map((_, index) => SIDES + (index * (width - 2 * SIDES)) / (FRAMEWORKS.length - 1));
  const height = TOP + ranked.length * ROW + 6;
  const places = new Map(FRAMEWORKS.map(({ name }) => [name, placesIn(ranked, name)]));
  const place = (one, name) => TOP + places.get(name).get(one) * ROW + 8;
  return svg('svg', {
    viewBox: `0 0 ${width} ${height}`, class: 'chart ranks', role: 'img',
    'aria-label': `Ranks of ${ranked.length} initiatives in each framework; the table below has the figures`,
  },
  FRAMEWORKS.map(({ label }, index) => svg('g', { class: 'axes' },
    svg('text', { x: columns[index], y: 16, class: 'axis-name' }, label),
    svg('line', { x1: columns[index], x2: columns[index], y1: TOP - 6, y2: height - 4 }))),
  ranked.map((one) => line(one, columns, place)));
}

/** From the best to the worst among those that the framework ranks: 0, 1, … */
function placesIn(ranked, framework) {
  const ordered = ranked.filter(({ ranks }) => ranks[framework]).sort((a, b) => a.ranks[framework] - b.ranks[framework]);
  return new Map(ordered.map((one, index) => [one, index]));
}

function line(one, columns, place) {
  const { initiative, ranks, spread } = one;
  const points = FRAMEWORKS.map(({ name }, index) => ranks[name] && [columns[index], place(one, name), ranks[name]]).filter(Boolean);
  const short = initiative.initiative_key.replace(/^INIT-0*/, '');
  const [first, last] = [points[0], points.at(-1)];
  return svg('g', { class: `rank ${spread >= BIG_DIFFERENCE ? 'far' : ''}` },
    svg('title', {}, `${initiative.initiative_key} ${initiative.title ?? ''}: ${FRAMEWORKS.map(({ name, label }) => `${label} ${ranks[name] ?? '–'}`).join(', ')}`),
    svg('polyline', { class: 'line', points: points.map(([x, y]) => `${x},${y}`).join(' ') }),
    points.map(([cx, cy]) => svg('circle', { cx, cy, r: 4 })),
    svg('text', { x: first[0] - 10, y: first[1] + 4, class: 'end' }, `${short}  #${first[2]}`),
    points.length > 1 && svg('text', { x: last[0] + 10, y: last[1] + 4 }, `#${last[2]}  ${short}`));
}
