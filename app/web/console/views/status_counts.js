import { el } from '../dom.js';
import { number } from '../format.js';
import { badge } from '../parts/badge.js';
import { address } from '../router.js';

/** How many runs there are in each status; each is a filter of its own. */
export function statusCounts(counts, parameters) {
  return Object.entries(counts).map(([status, count]) => {
    const chosen = parameters.status === status;
    const target = address('runs', '', { ...parameters, status: chosen ? '' : status, cursor: '' });
    return el('a', { class: 'count', href: target, 'aria-current': chosen && 'true' }, badge(status), el('b', {}, number(count)));
  });
}
