import { el } from '../dom.js';

const MARKS = { queued: '○', running: '◐', success: '✓', failed: '✕', cancelled: '–', ok: '✓', skipped: '–' };

/** A run's or a row's status: a mark and a word, so that colour is not all that tells. */
export function badge(status) {
  return el('span', { class: `badge ${status}` }, el('span', { 'aria-hidden': 'true' }, MARKS[status] ?? '·'), ` ${status}`);
}

export const isFinal = (status) => status === 'success' || status === 'failed' || status === 'cancelled';
