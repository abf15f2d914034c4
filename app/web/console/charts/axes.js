import { svg } from '../dom.js';
import { tickText } from '../format.js';

/** Grid lines with their values, and the names of both axes. `frame` is {left, right, top, bottom}. */
export function axes(frame, x, y, names) {
  return svg('g', { class: 'axes' },
    y.ticks.map((value) => svg('g', {},
      svg('line', { x1: frame.left, x2: frame.right, y1: y.place(value), y2: y.place(value) }),
      svg('text', { x: frame.left - 6, y: y.place(value), class: 'tick y' }, tickText(value)))),
    x.ticks.map((value) => svg('text', { x: x.place(value), y: frame.bottom + 16, class: 'tick x' }, tickText(value))),
    svg('text', { x: (frame.left + frame.right) / 2, y: frame.bottom + 34, class: 'axis-name' }, names.x),
    svg('text', { x: frame.left - 44, y: frame.top - 15, class: 'axis-name start' }, names.y));
}
