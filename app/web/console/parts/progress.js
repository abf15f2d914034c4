import { el } from '../dom.js';
import { dryBadge, runBadge } from './badge.js';

/** Where a run stands: its status, and while it runs its step and a bar. */
export function progress(run) {
  const steps = run.status === 'running' && run.progress;
  return el('div', { class: 'progress' }, runBadge(run), dryBadge(run),
    steps && el('span', { class: 'step' }, `${steps.label} (${steps.done} of ${steps.total})`),
    steps && el('progress', { max: Math.max(1, steps.total), value: steps.done, 'aria-label': steps.label }));
}
