import { el } from '../dom.js';
import { plural } from '../format.js';

const MARKS = { queued: '○', running: '◐', success: '✓', failed: '✕', cancelled: '–', ok: '✓', skipped: '–' };

/** A run's or a row's status: a mark and a word, so that colour is not all that tells. */
export function badge(status) {
  return el('span', { class: `badge ${status}` }, el('span', { 'aria-hidden': 'true' }, MARKS[status] ?? '·'), ` ${status}`);
}

/** A run's: one that ended well, but not for every row, does not look as if all of it were. */
export function runBadge({ status, summary, result }) {
  const { failed = 0 } = summary ?? result?.summary ?? {};
  if (status !== 'success' || failed === 0) return badge(status);
  return el('span', { class: 'badge success partial' }, el('span', { 'aria-hidden': 'true' }, '◪'), ` success, ${plural(failed, 'row')} failed`);
}

/** Beside a dry run's status, which alone would say that the work is done; null for any other run. */
export function dryBadge(run) {
  return isDry(run) ? el('span', { class: 'badge dry' }, isFinal(run.status) ? 'dry run, nothing was changed' : 'dry run') : null;
}

/** A run says it at the end of what it was asked for. */
export const isDry = ({ scope_summary: scope }) => scope.endsWith(', dry run');

export const isFinal = (status) => status === 'success' || status === 'failed' || status === 'cancelled';
