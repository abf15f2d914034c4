// Throughput and failure rate over time: bars of runs, a line of the share that failed, and a table that says the same.

import { failureRate, throughput, totalOf } from '../activity.js';
import { el, svg } from '../dom.js';
import { clockTime, localDay, localTime, percent, plural, zone } from '../format.js';
import { table } from '../parts/table.js';
import { unfolding } from '../parts/unfolding.js';
import { chartWidth, linear } from './scale.js';

const WIDTH = 560;
const HEIGHT = 104;
const FRAME = { left: 48, top: 12, bottom: HEIGHT - 22 };

/** `list` as buckets() makes it. */
export function activityChart(list, period) {
  const total = totalOf(list);
  const runs = total.success + total.failed + total.other;
  const [rate, speed] = [failureRate(total), throughput(runs, period)];
  return [
    el('p', { class: 'activity-text' }, el('b', {}, period.label), `: ${plural(runs, 'run')} asked for`, speed && `, ${speed}`,
      rate === undefined ? '' : `; ${plural(total.failed, 'run')} failed, ${percent(rate)} of those that ended`, '.'),
    el('div', { class: 'histories' }, figure('Runs', list, runsChart), figure('Failure rate', list, rateChart)),
    unfolding('The figures as a table', () => table(`${period.label}, oldest first`, [
      { label: 'From', value: ({ from }) => new Date(from).toISOString(), cell: ({ from }) => localTime(from) },
      { label: 'Success', value: ({ success }) => success, numeric: true },
      { label: 'Failed', value: ({ failed }) => failed, numeric: true },
      { label: 'Other', value: ({ other }) => other, numeric: true },
      { label: 'Failure rate', value: failureRate, numeric: true, cell: (one) => (failureRate(one) === undefined ? '–' : percent(failureRate(one))) },
    ], list)),
  ];
}

function figure(title, list, draw) {
  return el('figure', {}, el('figcaption', {}, title, el('span', { class: 'sub' }, ` · times in ${zone(list.at(-1).until)}`)), draw(list));
}

function frame(width, list, name, top, content) {
  const last = list.at(-1);
  const when = (time) => `${localDay(time)} ${clockTime(time)}`;
  return svg('svg', { viewBox: `0 0 ${width} ${HEIGHT}`, class: 'chart activity', role: 'img', 'aria-label': name },
    svg('g', { class: 'axes' },
      [[FRAME.top, top], [FRAME.bottom, '0']].map(([y, text]) => [
        svg('line', { x1: FRAME.left, x2: width - 8, y1: y, y2: y }), svg('text', { x: FRAME.left - 6, y, class: 'tick y' }, text)]),
      svg('text', { x: FRAME.left, y: HEIGHT - 5, class: 'tick x start' }, when(list[0].from)),
      svg('text', { x: width - 8, y: HEIGHT - 5, class: 'tick x end' }, when(last.until))),
    content);
}

function runsChart(list) {
  const width = chartWidth(WIDTH);
  const most = Math.max(1, ...list.map((one) => one.success + one.failed + one.other));
  const y = linear([0, most], [0, FRAME.bottom - FRAME.top]);
  const step = (width - 8 - FRAME.left) / list.length;
  const bars = list.map((one, index) => {
    let bottom = FRAME.bottom;
    return svg('g', {}, svg('title', {}, `${localTime(one.from)}: ${one.success} success, ${one.failed} failed, ${one.other} other`),
      ['success', 'other', 'failed'].map((kind) => {
        const height = y(one[kind]);
        bottom -= height;
        return height > 0 && svg('rect', { class: kind, x: FRAME.left + index * step + 1, width: Math.max(1, step - 2), y: bottom, height });
      }));
  });
  return frame(width, list, `Runs over time, at most ${most} at once; the table has the figures`, String(most), bars);
}

function rateChart(list) {
  const width = chartWidth(WIDTH);
  const step = (width - 8 - FRAME.left) / list.length;
  const y = linear([0, 1], [FRAME.bottom, FRAME.top]);
  const points = list.map((one, index) => [FRAME.left + (index + 0.5) * step, failureRate(one), one]).filter(([, rate]) => rate !== undefined);
  return frame(width, list, 'Failure rate over time; the table has the figures', '100 %', [
    svg('polyline', { class: 'line', points: points.map(([x, rate]) => `${x},${y(rate)}`).join(' ') }),
    points.map(([x, rate, one]) => svg('circle', { cx: x, cy: y(rate), r: 3 }, svg('title', {}, `${localTime(one.from)}: ${percent(rate)}`))),
  ]);
}
