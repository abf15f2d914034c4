// One job under judgement: what was there before, what is there after, and what the specification wants in between.

import { same } from './cells.mjs';
import { Expectation } from './expectation.mjs';
import { FRAMEWORKS, TABS, columnsOf } from './fields.mjs';
import { close } from './scoring.mjs';

export const STORED_FIELDS = [
  ...new Set(
    Object.entries(TABS)
      .filter(([kind]) => ['intake', 'backlog', 'scoring'].includes(kind))
      .flatMap(([, columns]) =>
        columns.filter(({ field, owner }) => owner !== 'system' || field === 'title').map(({ field }) => field),
      ),
  ),
]
  .filter((field) => field !== 'initiative_key')
  .concat('value_score', 'effort_score', 'overall_score', 'product_org');

const nothing = Object.fromEntries(STORED_FIELDS.map((field) => [field, null]));

export class Job {
  violations = [];
  refreshed = 0; // backlog rows that change
  maybeRefreshed = 0; // backlog rows of which the specification leaves open whether they change
  notActive = 0; // backlog rows that show a choice that is not active
  isEarlierPart = false; // what is stored now is seen only after the last part of the job
  outcomes = new Map(); // key -> {status, message: regex or undefined, row}
  kept = new Map(); // key -> [{field, intake, stored}]: what intake changed and the PM's value held against
  unsaved = { must: [], may: [] }; // {key, field, tab}
  counts = {}; // field of the result -> number, or [least, most]

  constructor({ memory, request, before, after, stored, run }) {
    Object.assign(this, { memory, request, before, after, stored, run, raw: run.result?.raw ?? {}, summary: run.result?.summary });
    this.sheets = new Expectation(before);
    this.next = new Map([...memory.initiatives].map(([key, fields]) => [key, { ...fields }]));
    this.computed = new Map(); // key -> framework -> {score, missing, mayBeNone}
    this.changed = new Set(); // keys whose stored values change
  }

  /** The row as it stands after the job. */
  rowAfter(row) {
    return this.after.tab(row.tab.id).row(this.sheets.nowAt(row.tab.id, row.index));
  }

  report(check, details) {
    this.violations.push({ check, action: this.request.action, ...details });
  }

  /** The initiative is created with these values, everything else being empty. */
  create(key, fields, rule) {
    this.next.set(key, { ...nothing, ...fields });
    this.changed.add(key);
    if (!this.stored.has(key)) this.report('database', { key, expected: 'a new initiative', actual: 'none', rule });
  }

  /** Some sentence of the result must hold all of these. */
  mustSay(parts, place, rule) {
    const holds = (sentence) => parts.every((part) => (part instanceof RegExp ? part.test(sentence) : sentence.includes(part)));
    if (!sentencesOf(this.raw).some(holds))
      this.report('sentence', {
        ...place,
        expected: `a sentence with ${parts.join(' and ')}`,
        actual: JSON.stringify(this.raw.warnings ?? null).slice(0, 400),
        rule,
      });
  }

  /** The stored value must be one of these after the job. What it is counts from here on. */
  store(key, field, allowed, rule) {
    const actual = this.stored.get(key)?.[field] ?? null;
    const fields = this.next.get(key);
    if (this.isEarlierPart) {
      fields[field] = allowed[0]; // a later part of the same job may store something else
      this.changed.add(key);
      return;
    }
    if (!allowed.some((value) => same(field, value, actual) || close(value, actual))) {
      this.report('database', {
        key,
        column: field,
        expected: allowed.map((value) => JSON.stringify(value)).join(' or '),
        actual: JSON.stringify(actual),
        rule,
      });
      fields[field] = allowed[0];
      return;
    }
    if (!same(field, fields[field] ?? null, actual)) this.changed.add(key);
    fields[field] = actual;
  }

  outcome(key, status, { message, row, rule } = {}) {
    this.outcomes.set(key, { status, message, row, rule });
  }

  /** What the service says about the key, for places where the specification leaves it open. */
  said(key) {
    return (this.raw.rows ?? []).find((entry) => entry.initiative_key === key);
  }

  /** All differences between what must be and what is. */
  judge() {
    for (const difference of this.sheets.compare(this.after)) this.report('cell', difference);
    this.#compareDatabase();
    this.#compareOutcomes();
    this.#compareKeptCells();
    this.#compareKeptValues();
    this.#compareCounts();
    return this.violations;
  }

  #compareDatabase() {
    for (const key of this.stored.keys()) {
      if (!this.next.has(key))
        this.report('database', {
          key,
          expected: 'no such initiative',
          actual: 'it is stored',
          rule: 'only an intake row creates an initiative',
        });
    }
    for (const [key, fields] of this.next) {
      const actual = this.stored.get(key);
      if (actual === undefined) continue;
      for (const field of STORED_FIELDS) {
        if (same(field, fields[field] ?? null, actual[field] ?? null) || close(fields[field], actual[field])) continue;
        this.report('database', {
          key,
          column: field,
          expected: JSON.stringify(fields[field] ?? null),
          actual: JSON.stringify(actual[field] ?? null),
          rule: 'a stored value changes only where the job takes a cell over',
        });
      }
      this.#compareScores(key, actual);
    }
  }

  #compareScores(key, actual) {
    for (const framework of FRAMEWORKS) {
      const wanted = this.computed.get(key)?.[framework] ?? this.memory.scoresAt.get(key)?.[framework];
      const shown = actual.scores?.[framework] ?? null;
      if (shown === null && (wanted === undefined || wanted.mayBeNone)) continue;
      if (
        shown === null ||
        wanted === undefined ||
        !['value', 'effort', 'overall'].every((part) => close(wanted.score[part] ?? null, shown[part] ?? null))
      ) {
        this.report('database', {
          key,
          column: `scores.${framework}`,
          expected: JSON.stringify(wanted?.score ?? null),
          actual: JSON.stringify(shown),
          rule: 'scoring.md: the score of the saved inputs',
        });
      }
    }
  }

  #compareOutcomes() {
    if (this.outcomes.size === 0) return;
    const rows = this.raw.rows ?? [];
    for (const [key, { status, message, row, rule }] of this.outcomes) {
      const entries = rows.filter((entry) => entry.initiative_key === key);
      const tell = (expected, actual) =>
        this.report('outcome', {
          key,
          column: 'rows',
          expected,
          actual,
          rule: rule ?? 'every selected key has exactly one entry in rows',
        });
      if (entries.length !== 1) tell('one entry', JSON.stringify(entries));
      else if (entries[0].status !== status) tell(status, JSON.stringify(entries[0]));
      else if (message && !message.test(entries[0].message ?? '')) tell(`${status}: ${message}`, JSON.stringify(entries[0]));
      else if (row !== undefined && entries[0].row !== row) tell(`row ${row}`, JSON.stringify(entries[0]));
    }
    for (const entry of rows) {
      if (!this.outcomes.has(entry.initiative_key))
        this.report('outcome', {
          key: entry.initiative_key,
          column: 'rows',
          expected: 'no entry',
          actual: JSON.stringify(entry),
          rule: 'every selected key has exactly one entry in rows',
        });
    }
  }

  #compareKeptCells() {
    const listed = (this.raw.kept_unsaved_edits ?? []).map(({ initiative_key: key, column }) => `${key} ${column}`);
    if (this.run.action !== undefined && !('kept_unsaved_edits' in this.raw)) return;
    const name = ({ key, header }) => `${key} ${header}`;
    const may = [...this.unsaved.must, ...this.unsaved.may].map(name);
    for (const entry of this.unsaved.must) {
      if (!listed.includes(name(entry)))
        this.report('kept', {
          key: entry.key,
          column: entry.header,
          expected: 'listed under kept_unsaved_edits',
          actual: 'not listed',
          rule: "a cell that differs from base is a PM's unsaved edit: it stays, and is listed",
        });
    }
    for (const entry of listed) {
      if (!may.includes(entry))
        this.report('kept', {
          key: entry,
          column: entry.replace(/^\S+ /, ''),
          expected: 'not listed under kept_unsaved_edits',
          actual: 'listed',
          rule: 'only a cell that differs from base and database is an unsaved edit',
        });
    }
  }

  #compareKeptValues() {
    if (!('kept_pm_values' in this.raw)) return;
    const rule = "kept_pm_values lists key, column and both values of a team's edit that a PM's value held against";
    const expected = [...this.kept].flatMap(([key, cells]) => cells.map((cell) => ({ key, ...cell })));
    for (const { key, field, intake, stored, isNew } of expected) {
      const entry = this.raw.kept_pm_values.find(
        (listed) =>
          listed.initiative_key === key && ['backlog', 'intake'].some((kind) => columnsOf(kind, [listed.column]).has(field)),
      );
      if (entry === undefined && !isNew) continue; // whether what was told once is listed again is open
      if (entry === undefined || !same(field, entry.intake, intake) || !same(field, entry.kept, stored))
        this.report('kept', {
          key,
          column: field,
          expected: JSON.stringify({ kept: stored, intake }),
          actual: JSON.stringify(entry ?? 'not listed'),
          rule,
        });
    }
    if (this.raw.kept_pm_values.length > expected.length)
      this.report('kept', {
        column: 'kept_pm_values',
        expected: `${expected.length} entries`,
        actual: JSON.stringify(this.raw.kept_pm_values),
        rule,
      });
  }

  #compareCounts() {
    const { summary } = this;
    if (this.run.status !== 'success' || !summary) return;
    if (summary.total !== summary.success + summary.skipped + summary.failed) {
      this.report('counts', {
        column: 'summary',
        expected: 'total = success + skipped + failed',
        actual: JSON.stringify(summary),
        rule: 'total = success + skipped + failed',
      });
    }
    for (const [name, wanted] of Object.entries(this.counts)) {
      const [least, most] = Array.isArray(wanted) ? wanted : [wanted, wanted];
      const actual = this.raw[name];
      if (typeof actual !== 'number' || actual < least || actual > most)
        this.report('counts', {
          column: name,
          expected: least === most ? `${least}` : `${least} to ${most}`,
          actual: JSON.stringify(actual),
          rule: `the count ${name}`,
        });
    }
  }
}

/** All texts of a result. */
function sentencesOf(value) {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(sentencesOf) : [];
}
