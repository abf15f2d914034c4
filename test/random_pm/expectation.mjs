// What all cells must be after a job: as before, but for the cells that are wanted otherwise.

import { BLANK, print, same, sameCell, shown } from './cells.mjs';
import { columnOf } from './fields.mjs';

export const unchanged = { say: 'as before', test: (cell, before) => sameCell(cell, before) };
export const anything = { say: 'anything', test: () => true };
export const blank = { say: 'blank', test: (cell) => cell.v === '' && cell.f === undefined && cell.e === undefined };
export const either = (...matchers) => ({
  say: matchers.map(({ say }) => say).join(' or '),
  test: (cell, before) => matchers.some((matcher) => matcher.test(cell, before)),
});
export const pattern = (regex) => ({ say: `like ${regex}`, test: (cell) => cell.f === undefined && regex.test(String(cell.v)) });
export const time = pattern(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
export const text = (value) => ({ say: JSON.stringify(value), test: (cell) => cell.f === undefined && cell.v === value });

/** The cell shows this stored value, written as a value and not as a formula. */
export const value = (kind, field, stored) => ({
  say: JSON.stringify(stored ?? ''),
  test: (cell) => cell.f === undefined && cell.e === undefined && close(field, shown(columnOf(kind, field).type, cell), stored),
});
const close = (field, a, b) =>
  same(field, a, b) || (typeof a === 'number' && typeof b === 'number' && Math.abs(a - b) <= 1e-9 * Math.abs(a));

const LONGEST_STATUS = 200;
// Sentences of which each may stand in a Status only where it is true.
const SENTENCES = {
  chosen: /is chosen but not active: Switch framework/,
  older: /active \w+ score is older: Switch framework/,
  gone: /has no score now: Switch framework clears/,
  unscored: /(RICE|WSJF) not scored:/,
  stale: /score is stale, run Score/,
  kept: /team changed .* yours was kept/,
  moved: /moved to /,
  deactivated: /no framework is active/,
  noScore: /no \w+ score: /,
  missingScore: /no \w+ score yet/,
};

/** A Status that begins with OK, holds the required sentences, and of the known sentences no others than `allowed`. */
export function ok(required = [], allowed = []) {
  const whole = required.map((part) => (part instanceof RegExp ? part : new RegExp(part.replace(/[.*+?^$()|[\]\\{}]/g, '\\$&'))));
  const untrue = (status) =>
    Object.entries(SENTENCES).filter(
      ([name, regex]) =>
        regex.test(status) &&
        !allowed.includes(name) &&
        !whole.some((part) => part.test(status) && regexMeets(part, regex, status)),
    );
  return {
    say: `OK${whole.length ? ` with ${whole.join(' and ')}` : ''}${allowed.length ? ` (may say ${allowed.join(', ')})` : ''}`,
    test(cell) {
      const status = String(cell.v);
      if (!/^OK($| · )/.test(status) || status.length > LONGEST_STATUS) return false;
      if (status.endsWith('…')) return true;
      return whole.every((part) => part.test(status)) && untrue(status).length === 0;
    },
  };
}

/** Whether the required sentence and the known sentence are found at one place. */
function regexMeets(part, known, status) {
  const [a, b] = [part.exec(status), known.exec(status)];
  return a && b && a.index < b.index + b[0].length && b.index < a.index + a[0].length;
}

export const failed = (regex) => ({
  say: `FAILED: ${regex}`,
  test: (cell) => {
    const match = /^FAILED: (.*)$/s.exec(String(cell.v));
    return match !== null && regex.test(match[1]);
  },
});

export class Expectation {
  #wants = new Map(); // tab id -> Map "row,column" -> {matcher, rule}
  #appended = new Map(); // tab id -> {at, rows: [Map field -> matcher], rule}
  #addedHeaders = new Map(); // tab id -> header

  /** Makes every later want optional: the cell is so, or as before. */
  isOptional = false;

  constructor(before) {
    this.before = before;
  }

  /** The cell of this row and field must be like this; without that column nothing is wanted. The last want counts. */
  want(row, field, matcher, rule) {
    const column = row.tab.columns.get(field);
    if (column === undefined) return;
    const wants = this.#wants.get(row.tab.id) ?? new Map();
    this.#wants.set(
      row.tab.id,
      wants.set(`${row.index},${column}`, { matcher: this.isOptional ? either(unchanged, matcher) : matcher, rule }),
    );
  }

  /** Rows that must be inserted below the last keyed row, in this order; fields that are not named must be blank. */
  append(tabId, rows, rule) {
    if (rows.length > 0) this.#appended.set(tabId, { at: insertionPoint(this.before.tab(tabId)), rows, rule });
  }

  /** A column with this header may be added at the right end. */
  allowHeader(tabId, header) {
    this.#addedHeaders.set(tabId, header);
  }

  /** The row of `before` as it stands in `after`. */
  nowAt(tabId, index) {
    const appended = this.#appended.get(tabId);
    return appended !== undefined && index >= appended.at ? index + appended.rows.length : index;
  }

  /** Whether this row of `after` was appended. */
  isAppended(tabId, index) {
    const appended = this.#appended.get(tabId);
    return appended !== undefined && index >= appended.at && index < appended.at + appended.rows.length;
  }

  /** Index in `before` of a row of `after` that was not appended. */
  cameFrom(tabId, index) {
    const appended = this.#appended.get(tabId);
    return appended !== undefined && index >= appended.at ? index - appended.rows.length : index;
  }

  /** Index in `after` of the nth appended row. */
  appendedAt(tabId, n) {
    return this.#appended.get(tabId).at + n;
  }

  /** The differences between what must be and what is. */
  compare(after) {
    return [...this.before.tabs.values()].flatMap((tab) => this.#compareTab(tab, after.tab(tab.id)));
  }

  #compareTab(before, after) {
    const found = [];
    const differ = (row, column, expected, actual, rule, key) =>
      found.push({
        tab: before.id,
        row: row + 1,
        column: after.headers[column] ?? before.headers[column] ?? `column ${column + 1}`,
        key,
        expected,
        actual: print(actual),
        rule,
      });
    const appended = this.#appended.get(before.id);
    const height = before.grid.length + (appended?.rows.length ?? 0);
    const width = Math.max(...[before, after].flatMap(({ grid }) => grid.map((cells) => cells.length)), 0);
    for (let row = 0; row < Math.max(height, after.grid.length); ++row) {
      const inserted = appended !== undefined && row >= appended.at && row < appended.at + appended.rows.length;
      const from = appended !== undefined && row >= appended.at + appended.rows.length ? row - appended.rows.length : row;
      for (let column = 0; column < width; ++column) {
        const actual = after.cell(row, column);
        const was = inserted ? BLANK : before.cell(from, column);
        const wanted = inserted
          ? insertedWant(appended, row - appended.at, after, column)
          : this.#wants.get(before.id)?.get(`${from},${column}`);
        const matcher = wanted?.matcher ?? unchanged;
        if (matcher.test(actual, was)) continue;
        if (
          column >= before.headers.length &&
          this.#addedHeaders.has(before.id) &&
          after.headers[column] === this.#addedHeaders.get(before.id)
        )
          continue;
        const say = matcher === unchanged ? print(was) : matcher.say;
        differ(
          row,
          column,
          say,
          actual,
          wanted?.rule ?? 'a cell that nothing gives reason to write stays as it is',
          after.row(row).key,
        );
      }
    }
    return found;
  }
}

function insertedWant({ rows, rule }, n, after, column) {
  const field = [...after.columns].find(([, index]) => index === column)?.[0];
  return { matcher: rows[n].get(field) ?? blank, rule };
}

/** Below the last keyed row. */
export function insertionPoint(tab) {
  const keyed = tab.rows().filter((row) => row.key !== '');
  return keyed.length > 0 ? keyed.at(-1).index + 1 : 1;
}
