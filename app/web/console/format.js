// How values are shown.

const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const UNITS = [['day', 86_400], ['hour', 3_600], ['minute', 60]];
const NUMBER = new Intl.NumberFormat('en', { maximumFractionDigits: 3 });
const SMALL = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
const ZONE = new Intl.DateTimeFormat('en', { timeZoneName: 'short' });

/** "5 minutes ago". */
export function ago(time, now = Date.now()) {
  const seconds = (now - Date.parse(time)) / 1000;
  const unit = UNITS.find(([, length]) => seconds >= length);
  return unit ? RELATIVE.format(-Math.round(seconds / unit[1]), unit[0]) : 'just now';
}

const two = (value) => String(value).padStart(2, '0');

/** "03:04" in the reader's own time zone. */
export function clockTime(time) {
  const at = new Date(time);
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** "2026-01-02" in the reader's own time zone. */
export function localDay(time) {
  const at = new Date(time);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** The reader's own time zone at that time: "UTC", "GMT+2". */
export function zone(time) {
  return ZONE.formatToParts(new Date(time)).find(({ type }) => type === 'timeZoneName').value;
}

/** "2026-01-02 03:04:05 GMT+1", in the reader's own time zone. */
export function localTime(time) {
  return `${localDay(time)} ${clockTime(time)}:${two(new Date(time).getSeconds())} ${zone(time)}`;
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

/** Three digits behind the point at most; what is small keeps three that say something. */
function rounded(value) {
  return (value !== 0 && Math.abs(value) < 0.1 ? SMALL : NUMBER).format(value);
}

export function number(value) {
  return typeof value === 'number' ? rounded(value) : '–';
}

/** A calculation with its numbers as the figures beside it show them; digits within a name stay. */
export function withNumbers(text) {
  return text.replace(/(?<![\w.])(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.])/g, (digits) => rounded(Number(digits)));
}

/** A value on an axis, short: "15K", "0.25". */
export function tickText(value) {
  return COMPACT.format(value);
}

/** "7 %" of a share; small shares do not become 0. */
export function percent(share) {
  return share > 0 && share < 0.01 ? 'under 1 %' : `${Math.round(share * 100)} %`;
}

/** A cell as a person reads it; an empty one is a dash. */
export function cellText(value) {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'number' ? rounded(value) : String(value);
}

/** "kept_unsaved_edits" as "Kept unsaved edits". */
export function words(name) {
  const text = name.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function plural(count, one, many = `${one}s`) {
  return `${NUMBER.format(count)} ${count === 1 ? one : many}`;
}

/** A text cut to `length` characters, with an ellipsis where something was cut. */
export function cut(text, length) {
  const characters = [...text];
  return characters.length > length ? `${characters.slice(0, length - 1).join('').trimEnd()}…` : text;
}
