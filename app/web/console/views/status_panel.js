import { el } from '../dom.js';
import { ago, localTime } from '../format.js';
import { gauge } from '../parts/gauge.js';

/** What GET /status tells, as gauges. */
export function statusPanel(status) {
  return [
    gauge('Queue', status.queue.queued, status.queue.max_queued, 'waiting'),
    gauge('Workers', status.workers.running, status.workers.threads, 'busy'),
    gauge('Reads of sheets', status.quota.reads.used, status.quota.reads.per_minute, 'this minute'),
    gauge('Writes of sheets', status.quota.writes.used, status.quota.writes.per_minute, 'this minute'),
    el('div', { class: 'gauge' },
      el('div', { class: 'gauge-label' }, 'Access token'),
      el('div', { class: `gauge-value token ${status.token.outcome ?? 'none'}` }, tokenText(status.token)),
      el('div', { class: 'sub' }, brokenAtParts(status.token.account))),
    el('p', { class: 'about' }, `roadmapd ${status.version}, up since ${localTime(status.started_at)}`,
      status.workspace && [' · ', el('a', { href: '/workspace' }, 'Open the workspace')]),
  ];
}

/** An address breaks behind its parts, where it is longer than its line. */
function brokenAtParts(text) {
  return text.split(/(?<=[@.])/).flatMap((part) => [part, el('wbr')]);
}

function tokenText({ fetched_at, outcome }) {
  if (!fetched_at) return 'none yet';
  return outcome === 'issued' ? `fetched ${ago(fetched_at)}` : `fetching failed ${ago(fetched_at)}`;
}
