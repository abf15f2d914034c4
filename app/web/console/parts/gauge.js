import { el } from '../dom.js';
import { number } from '../format.js';

const WARNING = 0.75; // full enough to look at

/** How much of a limit is used, as a bar and in words. */
export function gauge(label, used, limit, unit) {
  const share = limit > 0 ? Math.min(1, used / limit) : 0;
  const bar = el('div', { class: 'bar' });
  bar.style.setProperty('--share', share);
  return el('div', { class: `gauge ${share >= WARNING ? 'high' : ''}` },
    el('div', { class: 'gauge-label' }, label),
    el('div', { class: 'gauge-value' }, number(used), el('small', {}, ` of ${number(limit)} ${unit}`)),
    el('div', {
      role: 'meter', 'aria-label': label, 'aria-valuemin': 0, 'aria-valuemax': limit, 'aria-valuenow': used,
      'aria-valuetext': `${number(used)} of ${number(limit)} ${unit}`,
    }, bar));
}
