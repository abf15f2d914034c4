// Intake -> database: which rows are which initiatives, and what is taken over from them.

import { read, same, shown } from './cells.mjs';
import { KEY, columnOf } from './fields.mjs';
import { blank, either, text, unchanged } from './expectation.mjs';
import { ownerOf } from './identity.mjs';
import { Ambiguous, FAR_ABOVE, KEY_FORM, Violated } from './memory.mjs';
import { TAB_PLACES, tabsOf } from './world.mjs';

const FINGERPRINT = ['title', 'requester_email', 'requesting_team'];

const isEmpty = (cell) => cell.e === undefined && (cell.v === false || (typeof cell.v === 'string' && cell.v.trim() === ''));
const hasTeamCell = (row) => row.tab.fields('team').some((field) => !isEmpty(row.cell(field)));
const titleOf = (row) => {
  const reading = read('text', row.cell('title'));
  return reading.ok ? reading.value : undefined;
};

/** The run's result must tell about this row, naming tab and row. */
function mustTell(job, row, parts, rule) {
  job.mustSay(
    [TAB_PLACES[row.tab.id].title, new RegExp(`row ${row.number}\\b`), ...parts],
    { tab: row.tab.id, row: row.number, key: row.key },
    rule,
  );
}

const UNTITLED = 'an intake row without Title is skipped with a warning that names tab and row';

/** Judges the part of a job that takes intake over. */
export function judgeIntake(job, { allowsOverride = false } = {}) {
  const { memory, before } = job;
  const rows = tabsOf('intake').flatMap((id) => before.tab(id).rows());
  const result = { created: 0, skipped: 0, duplicates: 0 };
  const numbersInIntake = new Set(rows.map((row) => Number(KEY_FORM.exec(row.key)?.[1] ?? 0)));
  for (const row of rows) memory.see(row.key);

  const takers = []; // {row, key}: the rows whose cells are taken over
  const creations = []; // rows that become new initiatives
  const strays = [];
  const unkeyed = [];
  const groups = new Map();
  for (const row of rows) {
    if (row.key === '') {
      if (hasTeamCell(row)) unkeyed.push(row);
    } else if (hasTeamCell(row)) {
      groups.set(row.key, [...(groups.get(row.key) ?? []), row]);
    } else {
      strays.push(row);
    }
  }

  for (const row of strays) {
    // "A key of ours that came to stand in a row without any team cell is taken out again"; whether one that people emptied is
    // meant too is open.
    if (memory.initiatives.has(row.key))
      job.sheets.want(row, KEY, either(unchanged, blank), 'a key in a row without any team cell is taken out');
  }

  for (const [key, group] of groups) {
    const copies = memory.initiatives.has(key) ? claim(job, key, group, takers) : adopt(job, key, group, takers, result);
    for (const { row, title } of copies) {
      const own = titleOf(row);
      if (!own) {
        result.skipped += 1;
        mustTell(job, row, [], UNTITLED);
      } else if (title === undefined || title === null) throw new Ambiguous('a copied row whose original has no Title');
      else if (own !== title) creations.push(row);
      else {
        result.duplicates += 1;
        mustTell(job, row, [key], 'a copy with the same Title is reported as a duplicate');
      }
    }
  }

  const standing = new Set(rows.map((row) => row.key));
  const lost = [...memory.initiatives.keys()].filter(
    (key) => !standing.has(key) && memory.initiatives.get(key).status !== 'withdrawn' && memory.lastShown.has(`intake|${key}`),
  );
  for (const row of unkeyed) {
    const title = titleOf(row);
    if (!title) {
      result.skipped += 1;
      mustTell(job, row, [], UNTITLED);
      continue;
    }
    const candidates = lost.filter((key) =>
      FINGERPRINT.every((field) => same(field, shown('text', row.cell(field)), memory.lastSeen('intake', key, field) ?? null)),
    );
    const rivals = unkeyed.filter((other) =>
      FINGERPRINT.every((field) => same(field, shown('text', other.cell(field)), shown('text', row.cell(field)))),
    );
    if (candidates.length === 0) {
      creations.push(row);
      continue;
    }
    if (rivals.length > 1 || candidates.length > 1)
      throw new Ambiguous('several rows, or several keys that stand nowhere, with one fingerprint');
    job.sheets.want(
      row,
      KEY,
      text(candidates[0]),
      'a key that stands nowhere is given back to an unkeyed row with its last-seen Title, Requester Email and Requesting Team',
    );
    takers.push({ row, key: candidates[0] });
  }

  for (const row of creations) create(job, row, numbersInIntake, result);
  for (const { row, key } of takers) take(job, row, key, allowsOverride, result);
  return result;
}

/** Finds the row of a known key; the others are its copies. */
function claim(job, key, group, takers) {
  const owner = ownerOf(job.memory, key, group);
  takers.push({ row: owner, key });
  return group.filter((row) => row !== owner).map((row) => ({ row, title: titleOf(owner) }));
}

/** "A well-formed key with a Title in intake that the database does not know is adopted as that initiative." */
function adopt(job, key, group, takers, result) {
  const number = Number(KEY_FORM.exec(key)?.[1] ?? 0);
  const first = group.find((row) => titleOf(row));
  const adoptable = number > 0 && number <= job.memory.highest + FAR_ABOVE;
  if (!adoptable || first === undefined) {
    for (const row of group) mustTell(job, row, [], 'a key that the database does not know: a warning, and the row is left alone');
    return [];
  }
  if (group.length > 1) throw new Ambiguous('an unknown key on several rows');
  job.memory.issue(key);
  createFrom(job, first, key, 'a well-formed key with a Title that the database does not know is adopted');
  result.created += 1;
  return [];
}

function create(job, row, numbersInIntake, result) {
  const rule = 'an intake row without a key becomes a new initiative; numbers seen are never issued again';
  const key = job.after.tab(row.tab.id).row(row.index).key;
  const number = Number(/^INIT-(\d{6})$/.exec(key)?.[1] ?? 0);
  const { memory } = job;
  result.created += 1;
  if (
    number === 0 ||
    memory.initiatives.has(key) ||
    job.next.has(key) ||
    numbersInIntake.has(number) ||
    memory.numbers.has(number) ||
    number > memory.highest + memory.numbers.size + 1
  ) {
    job.report('key', {
      tab: row.tab.id,
      row: row.number,
      column: KEY,
      key,
      expected: 'a new key, never issued or seen, next after the counter',
      actual: JSON.stringify(key),
      rule,
    });
    throw new Violated(rule);
  }
  job.sheets.want(row, KEY, text(key), rule);
  memory.issue(key);
  createFrom(job, row, key, rule);
}

const statusOf = (cell) => {
  const reading = read('text', cell);
  const word = reading.ok ? (reading.value ?? 'new').toLowerCase() : undefined;
  return ['new', 'withdrawn'].includes(word) ? word : undefined;
};

function createFrom(job, row, key, rule) {
  const { memory } = job;
  const fields = { product_org: TAB_PLACES[row.tab.id].org, status: statusOf(row.cell('status')) ?? 'new' };
  for (const field of row.tab.fields('team')) {
    const { type } = columnOf('intake', field);
    const reading = read(type, row.cell(field));
    if (!reading.ok && field !== 'status') tellBad(job, row, key, field);
    if (field !== 'status') fields[field] = reading.ok ? reading.value : null;
    memory.setBase('intake', key, field, field === 'status' ? fields.status : reading.ok ? reading.value : null, fields[field]);
  }
  job.create(key, fields, rule);
  memory.look('intake', key, row, row.tab.fields('team'));
}

/** "A bad optional cell never keeps the row back: the field stays empty or as it was, the row's outcome is ok with that sentence." */
function tellBad(job, row, key, field) {
  const rule = "a bad optional cell: the row's outcome is ok with that sentence";
  job.mustSay([row.tab.headers[row.tab.columns.get(field)]], { tab: row.tab.id, row: row.number, key, column: field }, rule);
  // A copy of its row in the backlog fails for itself.
  const said = job.said(key);
  if (said?.status === 'failed' && !/^duplicate key/.test(said.message))
    job.report('outcome', { key, column: field, expected: 'ok', actual: JSON.stringify(said), rule });
}

const MOVED = 'a row moved to a tab of another product_org moves the initiative there';

function take(job, row, key, allowsOverride, result) {
  const { memory } = job;
  const title = titleOf(row);
  if (!title) {
    result.skipped += 1;
    mustTell(job, row, [], UNTITLED);
    return;
  }
  const org = TAB_PLACES[row.tab.id].org;
  const from = job.next.get(key).product_org;
  if (from !== org) {
    memory.left.add(`backlog_${from}|${key}`);
    memory.left.delete(`backlog_${org}|${key}`);
  }
  job.store(key, 'product_org', [org], MOVED);
  for (const field of row.tab.fields('team')) {
    const { type } = columnOf('intake', field);
    if (field === 'status') {
      takeStatus(job, row, key, allowsOverride || TAB_PLACES[row.tab.id].allowsOverride === true);
      continue;
    }
    const reading = read(type, row.cell(field));
    if (!reading.ok) {
      tellBad(job, row, key, field);
      continue;
    }
    merge(job, key, field, reading.value);
  }
  memory.look('intake', key, row, row.tab.fields('team'));
}

/** "Taken only where the intake cell differs from its base and the stored value still equals that base." */
function merge(job, key, field, cell) {
  const { memory } = job;
  const stored = job.next.get(key)[field] ?? null;
  const base = memory.base('intake', key, field) ?? { sheet: null, db: null };
  if (same(field, cell, stored)) {
    memory.setBase('intake', key, field, cell, stored);
  } else if (same(field, cell, base.sheet)) {
    // nothing new from the team
  } else if (same(field, stored, base.db)) {
    job.store(
      key,
      field,
      [cell],
      'an intake cell that differs from its base is taken where the stored value still equals that base',
    );
    memory.setBase('intake', key, field, cell, cell);
  } else {
    job.kept.set(key, [
      ...(job.kept.get(key) ?? []),
      { field, intake: cell, stored, isNew: !same(field, cell, memory.lastSeen('intake', key, field) ?? null) },
    ]);
  }
}

function takeStatus(job, row, key, allowed) {
  const { memory } = job;
  const word = statusOf(row.cell('status'));
  if (word === undefined) return; // "other values are ignored with a warning"
  const base = memory.base('intake', key, 'status');
  const stored = job.next.get(key).status ?? 'new';
  if (isEmpty(row.cell('status')) && base !== undefined && base.sheet === 'withdrawn')
    throw new Ambiguous('the Status of a withdrawn wish was cleared');
  const comesBack = word === 'new' && stored === 'withdrawn' && base?.sheet === 'withdrawn' && same('status', stored, base.db);
  if (comesBack && !allowed && memory.inBacklog.has(key)) {
    mustTell(job, row, [key], 'a withdrawn initiative that is set to new again: a warning names row and key');
    return;
  }
  merge(job, key, 'status', word);
}
