// How sheets.md reads and compares a cell. A cell is {v: value, d: as displayed, f: its formula, e: its error}.

import { FRAMEWORKS } from './fields.mjs';

export const BLANK = Object.freeze({ v: '', d: '' });
export const isBlank = (cell) => cell.e === undefined && cell.f === undefined && cell.v === '';
const ERROR_TEXT = /^(Loading\.\.\.|#(REF!|N\/A|VALUE!|NAME\?|DIV\/0!|ERROR!|NUM!|NULL!))$/;
const NUMBER_TEXT = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const TRUE_TEXT = ['true', 'yes', 'y', '1', '✅', '✔', 'ok'];
const FALSE_TEXT = ['false', 'no', 'n', '0'];
const good = (value) => ({ ok: true, value });
const bad = (reason) => ({ ok: false, reason });

const readers = {
  text: (cell) => good(typeof cell.v === 'string' ? cell.v.trim() : (cell.d ?? String(cell.v))),
  number(cell) {
    if (typeof cell.v === 'number') return good(cell.v);
    if (typeof cell.v === 'boolean') return bad('a box is not a number');
    const text = cell.v.trim();
    const percent = text.endsWith('%');
    const digits = percent ? text.slice(0, -1).trim() : text;
    return NUMBER_TEXT.test(digits) ? good(Number(digits) / (percent ? 100 : 1)) : bad(`'${text}' is not a number`);
  },
  bool(cell) {
    if (typeof cell.v === 'boolean') return good(cell.v);
    const text = String(cell.v).trim().toLowerCase();
    if (TRUE_TEXT.includes(text)) return good(true);
    return FALSE_TEXT.includes(text) ? good(false) : bad(`'${text}' is neither TRUE nor FALSE`);
  },
  date(cell) {
    if (typeof cell.v === 'number') return good(new Date(Math.floor(cell.v - 25569) * 86_400_000).toISOString().slice(0, 10));
    const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(String(cell.v).trim());
    return iso ? good(iso[0]) : bad(`'${cell.v}' is not a date`);
  },
  framework(cell) {
    const name = String(cell.v)
      .trim()
      .toUpperCase()
      .replace(/[\s-]+/g, '_');
    return FRAMEWORKS.includes(name) ? good(name) : bad(`'${cell.v}' is not RICE, WSJF or MATH_MODEL`);
  },
  keys: (cell) =>
    good(
      (typeof cell.v === 'string' ? cell.v : (cell.d ?? String(cell.v)))
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean)
        .join(', '),
    ),
};

/** {ok: true, value} with null for a blank cell, or {ok: false, reason}. */
export function read(type, cell) {
  if (cell.e !== undefined) return bad(`the cell shows ${cell.e}`);
  if (typeof cell.v === 'string') {
    const text = cell.v.trim();
    if (text === '') return good(null);
    if (ERROR_TEXT.test(text)) return bad(`the cell shows ${text}`);
  }
  return readers[type](cell);
}

const rest = (field, value) => {
  if (value === undefined || value === '' || value === false) return null;
  if (field === 'rice_confidence' && value >= 2) return value / 100;
  return field === 'strategic_priority_coefficient' && value === 1 ? null : value;
};

/** Whether two values say the same: blank equals FALSE for a box, a coefficient of 1 is what blank means, 80 is 0.8. */
export function same(field, a, b) {
  const left = rest(field, a);
  const right = rest(field, b);
  if (typeof left === 'number' && typeof right === 'number') return Object.is(left, right) || left === right;
  return left === right;
}

/** What is remembered of a cell: its value, or its text where it cannot be read. */
export function shown(type, cell) {
  const reading = read(type, cell);
  return reading.ok ? reading.value : `unreadable: ${cell.e ?? cell.v}`;
}

export const sameCell = (a, b) => a.v === b.v && a.f === b.f && a.e === b.e;
export const print = (cell) =>
  cell === undefined
    ? 'no cell'
    : (cell.e ?? (cell.f === undefined ? JSON.stringify(cell.v) : `${JSON.stringify(cell.v)} by ${cell.f}`));
