import { el } from '../dom.js';
import { duration, localTime } from '../format.js';

/** A run's events with the time that each state or step took, as bars on one scale. */
export function timeline(run, events) {
  const begin = Date.parse(events[0]?.at);
  const end = Date.parse(run.finished_at ?? new Date().toISOString());
  const whole = Math.max(1, end - begin);
  return el('section', { class: 'card', 'aria-label': 'Timeline' }, el('h2', {}, 'Timeline'),
    el('ol', { class: 'timeline' }, events.map((event, index) => {
      const at = Date.parse(event.at);
      const until = Date.parse(events[index + 1]?.at ?? event.at);
      return el('li', { class: event.kind },
        el('time', { datetime: event.at, title: localTime(event.at) }, `+${duration(at - begin)}`),
        el('span', { class: 'what' }, event.kind === 'step' ? event.detail : words(event)),
        el('span', { class: 'took' }, until > at ? duration(until - at) : ''),
        span(at - begin, until - at, whole));
    })));
}

function words({ kind, detail }) {
  return detail ? `${kind.replaceAll('_', ' ')}: ${detail}` : kind.replaceAll('_', ' ');
}

function span(offset, length, whole) {
  const bar = el('span', { class: 'span', 'aria-hidden': 'true' });
  bar.style.setProperty('--from', offset / whole);
  bar.style.setProperty('--length', length / whole);
  return bar;
}
