// How values are shown.

const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const UNITS = [['day', 86_400], ['hour', 3_600], ['minute', 60]];
const NUMBER = new Intl.NumberFormat('en', { maximumFractionDigits: 3 });

/** "5 minutes ago". */
export function ago(time, now = Date.now()) {
  const seconds = (now - Date.parse(time)) / 1000;
  const unit = UNITS.find(([, length]) => seconds >= length);
  return unit ? RELATIVE.format(-Math.round(seconds / unit[1]), unit[0]) : 'just now';
}

/** "2026-01-02 03:04:05" in the reader's own time zone. */
export function localTime(time) {
  const at = new Date(time);
  const two = (value) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ` +
    `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** "340 ms", "2.5 s", "3 min 20 s". */
export function duration(ms) {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

export function between(from, to) {
  return duration(Date.parse(to) - Date.parse(from));
}

export function number(value) {
  return typeof value === 'number' ? NUMBER.format(value) : '–';
}

/** A cell as a person reads it; an empty one is a dash. */
export function cellText(value) {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'number' ? NUMBER.format(value) : String(value);
}

/** "rice_overall_score" as "Rice overall score". */
export function words(name) {
  const text = name.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function plural(count, one, many = `${one}s`) {
  return `${NUMBER.format(count)} ${count === 1 ? one : many}`;
}
