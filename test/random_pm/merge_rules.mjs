// Database -> Backlog and Scoring_Inputs: what may be written into a pm cell of a row that exists, and what a Save takes.

import { read, same, shown } from './cells.mjs';
import { KEY, SHARED, columnOf } from './fields.mjs';
import { either, unchanged, value } from './expectation.mjs';
import { placeOf } from './memory.mjs';

const isBlankOrUnticked = (cell) =>
  cell.e === undefined && (cell.v === false || (typeof cell.v === 'string' && cell.v.trim() === ''));

/**
 * What happens to a pm cell under the merge rule: {what: 'agrees' | 'untouched' | 'written' | 'kept', shows}. Sets base where the
 * two met, and wants the cell so; `mayWait` where the specification leaves open whether this job refreshes the cell.
 */
export function mergeCell(job, row, key, field, { mayWait = false } = {}) {
  const { memory } = job;
  const { tab } = row;
  const { type, header } = columnOf(tab.kind, field);
  const cell = row.cell(field);
  const shows = shown(type, cell);
  const stored = job.next.get(key)[field] ?? null;
  const base = memory.base(placeOf(tab), key, field);
  const entry = { key, field, header: tab.headers[tab.columns.get(field)] ?? header };
  if (same(field, shows, stored)) {
    memory.setBase(placeOf(tab), key, field, shows, stored);
    if (shows !== stored) job.unsaved.may.push(entry); // a coefficient of 1 where none is stored
    return { what: 'agrees', shows };
  }
  const firstSight = base === undefined;
  if (firstSight && isBlankOrUnticked(cell) && wasTyped(memory, row, key, field)) {
    // An edit that was never saved, cleared again: whether the blank is filled or is an edit itself is open.
    job.unsaved.may.push(entry);
    const written = value(tab.kind, field, stored);
    job.sheets.want(row, field, either(unchanged, written), 'first sight: a blank cell is filled with the stored value');
    return { what: written.test(job.rowAfter(row).cell(field)) ? 'written' : 'kept', shows };
  }
  const untouched = firstSight ? isBlankOrUnticked(cell) : same(field, shows, base.sheet);
  if (!untouched) {
    (cell.f === undefined ? job.unsaved.must : job.unsaved.may).push(entry);
    return { what: 'kept', shows };
  }
  if (cell.f !== undefined) {
    job.unsaved.may.push(entry);
    return { what: 'kept', shows };
  }
  if (!firstSight && same(field, stored, base.db)) return { what: 'untouched', shows };
  const written = value(tab.kind, field, stored);
  const rule = firstSight
    ? 'first sight: a blank cell is filled with the stored value'
    : 'a cell that nobody touched since base is written where something new came in';
  job.sheets.want(row, field, mayWait ? either(unchanged, written) : written, rule);
  const isWritten = written.test(job.rowAfter(row).cell(field));
  if (isWritten) memory.setBase(placeOf(tab), key, field, stored, stored);
  return { what: isWritten ? 'written' : 'untouched', shows };
}

/** Whether the row shows nothing but its key. */
const isBare = (row) => [...row.tab.columns.keys()].every((field) => field === KEY || isBlankOrUnticked(row.cell(field)));

/** Whether the cell, which has no base yet, showed something at an earlier look. */
const wasTyped = (memory, row, key, field) => memory.typedFirst.has(`${placeOf(row.tab)}|${key}|${field}`);

/** Reasons, by column, why the row cannot be saved: cells that cannot be read. */
export function unreadable(row, fields) {
  return fields.filter((field) => !read(columnOf(row.tab.kind, field).type, row.cell(field)).ok);
}

/**
 * The stored value after a Save of the row: "the row as it stands", but a field of several tabs only where the cell differs from
 * this tab's base, and nothing where a blank cell is seen for the first time. `editsOnly`: no cell that is as base has it counts.
 */
export function takeCell(job, row, key, field, { editsOnly = false } = {}) {
  const { memory } = job;
  const { tab } = row;
  const cell = row.cell(field);
  const shows = read(columnOf(tab.kind, field).type, cell).value;
  const stored = job.next.get(key)[field] ?? null;
  const base = memory.base(placeOf(tab), key, field);
  const isStale = base !== undefined && same(field, shows, base.sheet);
  if (same(field, shows, stored) || (editsOnly && isStale)) return;
  if (base === undefined && isBlankOrUnticked(cell)) {
    job.store(
      key,
      field,
      wasTyped(memory, row, key, field) ? [stored, shows] : [stored],
      'first sight: a blank cell is filled with the stored value, it saves nothing',
    );
  } else if (SHARED.has(field) && isStale) {
    job.store(key, field, [stored], 'a stale copy of a value on one tab never undoes what was saved on another');
  } else {
    // A field that intake has too can be read both ways: the row as it stands, or a stale copy that is refreshed. So can the blank
    // cells of a row that was away and came back, and those of a row that shows its key alone: it need not be the one last seen.
    const isNewRow = isBare(row) || memory.reborn.has(`${placeOf(tab)}|${key}`);
    const open = isStale || (isBlankOrUnticked(cell) && isNewRow);
    job.store(key, field, open ? [shows, stored] : [shows], 'Save takes the row as it stands');
  }
}

/** Save of one pm cell: what is stored, and that the cell says the same afterwards. */
export function saveCell(job, row, key, field) {
  takeCell(job, row, key, field);
  const now = job.next.get(key)[field] ?? null;
  const { what } = mergeCell(job, row, key, field);
  if (what === 'kept') {
    job.unsaved.must = job.unsaved.must.filter((entry) => entry.key !== key || entry.field !== field);
    if (row.cell(field).f === undefined)
      job.sheets.want(
        row,
        field,
        value(row.tab.kind, field, now),
        'a Save never answers OK for a value that the database does not hold',
      );
    job.memory.setBase(placeOf(row.tab), key, field, now, now);
  }
}
