// Database -> Backlog: rows appended, cells refreshed, active framework and scores published.

import { read, same, shown } from './cells.mjs';
import { ACTIVE_SCORES, KEY, columnOf } from './fields.mjs';
import { anything, blank, either, failed, ok, pattern, text, time, unchanged, value } from './expectation.mjs';
import { rowsByKey } from './identity.mjs';
import { mergeCell } from './merge_rules.mjs';
import { Ambiguous } from './memory.mjs';
import { TAB_PLACES } from './world.mjs';

const FRAMEWORK = 'active_scoring_framework';
const UNIT = [FRAMEWORK, ...ACTIVE_SCORES];
const SOURCE = 'flow1.backlogsheet_write';
const RULE = {
  append: 'an initiative that its backlog does not show is appended below the last keyed row',
  unit: 'active framework and its three scores are one unit, written together or not at all',
  status: 'Last Run Status, Updated At and Updated Source only in rows that the run changed, failed, kept something in or skipped',
};

export const hasUnreadableKey = (tab) => tab.rows().some((row) => row.keyCell.e !== undefined || row.key === 'Loading...');

/** Judges the part of a job that brings one backlog up to date. `publishes`: framework and scores too. */
export function judgeBacklog(job, tabId, { publishes, addsStatusColumn }) {
  const { memory, next } = job;
  const tab = job.before.tab(tabId);
  const { org } = TAB_PLACES[tabId];
  if (hasUnreadableKey(tab)) throw new Ambiguous('a key cell of a backlog shows an error');
  if (!tab.has('run_status') && addsStatusColumn) job.sheets.allowHeader(tabId, 'Last Run Status');
  const groups = rowsByKey(memory, tab, next);
  for (const key of groups.keys()) memory.see(key);
  for (const [key, { owner, copies = [], unknown = [] }] of groups) {
    for (const row of unknown) refuse(job, row, /unknown key/);
    for (const copy of copies) refuse(job, copy, new RegExp(`duplicate key, see row ${1 + job.sheets.nowAt(tabId, owner.index)}`));
    if (owner === undefined) continue;
    if (next.get(key).product_org !== org) leaveBehind(job, owner, key);
    else refresh(job, owner, key, publishes);
    memory.inBacklog.add(key);
  }
  appendMissing(job, tab, groups, org);
}

function refuse(job, row, reason) {
  job.maybeRefreshed += 1;
  job.sheets.want(row, 'run_status', failed(reason), 'FAILED on a row whose key is unknown or a copy');
  for (const field of ['updated_at', 'updated_source']) job.sheets.want(row, field, either(unchanged, anything), RULE.status);
}

/** The row of an initiative that has moved to another backlog. Whether its cells are still refreshed is open. */
function leaveBehind(job, row, key) {
  job.maybeRefreshed += 1;
  const org = job.next.get(key).product_org;
  const status = pattern(new RegExp(`^OK · moved to ${org}`));
  // A row of an initiative that never was in this backlog is nothing that it left behind.
  job.sheets.want(
    row,
    'run_status',
    job.memory.left.has(`${row.tab.id}|${key}`) ? status : anything,
    'the row it leaves behind says OK · moved to ORG',
  );
  for (const field of ['updated_at', 'updated_source']) job.sheets.want(row, field, anything, RULE.status);
  for (const field of row.tab.fields('pm')) {
    if (row.cell(field).f !== undefined) continue;
    const stored = value('backlog', field, job.next.get(key)[field] ?? null);
    job.sheets.want(row, field, either(unchanged, stored), 'the row it leaves behind');
  }
  for (const field of ACTIVE_SCORES) job.sheets.want(row, field, anything, 'the row it leaves behind');
  job.unsaved.may.push(
    ...row.tab.fields('pm').map((field) => ({ key, field, header: row.tab.headers[row.tab.columns.get(field)] })),
  );
}

function refresh(job, row, key, publishes) {
  const { memory } = job;
  const outcomes = row.tab
    .fields('pm')
    .filter((field) => field !== FRAMEWORK)
    .map((field) => mergeCell(job, row, key, field).what);
  const unit = publishes ? publish(job, row, key) : { what: 'agrees', sentences: [], allowed: ['chosen'] };
  if (!publishes && row.tab.has(FRAMEWORK)) mayListFramework(job, row, key);
  const changed = outcomes.includes('written') || unit.what === 'written';
  const held = (job.kept.get(key) ?? []).filter(({ isNew }) => isNew);
  const keeps = outcomes.includes('kept') || unit.what === 'kept' || unit.sentences.length > 0 || job.kept.has(key);
  const status = ok([...unit.sentences, ...(held.length > 0 ? [/team (changed|withdrew).*kept/] : [])], ['kept', ...unit.allowed]);
  job.refreshed += changed ? 1 : 0;
  job.maybeRefreshed += changed ? 0 : 1;
  if (changed) {
    job.sheets.want(row, 'run_status', status, RULE.status);
    job.sheets.want(row, 'updated_at', time, RULE.status);
    job.sheets.want(row, 'updated_source', text(SOURCE), RULE.status);
  } else if (keeps) {
    const must = unit.sentences.length > 0 || job.kept.has(key);
    job.sheets.want(
      row,
      'run_status',
      must ? status : either(unchanged, status),
      held.length > 0 ? "OK · team changed Title to '…', yours was kept" : RULE.status,
    );
    job.sheets.want(row, 'updated_at', either(unchanged, time), RULE.status);
    job.sheets.want(row, 'updated_source', either(unchanged, text(SOURCE)), RULE.status);
  } else if (job.changed.has(key)) {
    // What changed in the database only: whether the row counts as changed is open.
    job.sheets.want(row, 'run_status', either(unchanged, status), RULE.status);
    job.sheets.want(row, 'updated_at', either(unchanged, time), RULE.status);
    job.sheets.want(row, 'updated_source', either(unchanged, text(SOURCE)), RULE.status);
  } else if (!/^(OK)?$/.test(String(row.cell('run_status').v))) {
    // A sentence of an earlier run that is not true any more: whether it goes away by itself is open.
    job.sheets.want(row, 'run_status', either(unchanged, ok([], ['chosen'])), RULE.status);
    for (const field of ['updated_at', 'updated_source']) job.sheets.want(row, field, anything, RULE.status);
  }
  memory.look(row.tab.id, key, job.rowAfter(row), row.tab.fields('pm'));
}

function mayListFramework(job, row, key) {
  job.unsaved.may.push({ key, field: FRAMEWORK, header: row.tab.headers[row.tab.columns.get(FRAMEWORK)] });
}

/** Active framework and scores of a row that exists, written together or not at all. */
function publish(job, row, key) {
  const { next } = job;
  const fields = next.get(key);
  const writeScores = () => {
    let written = false;
    for (const field of ACTIVE_SCORES) {
      if (!row.tab.has(field)) continue;
      const stored = value('backlog', field, fields[field] ?? null);
      if (stored.test(row.cell(field))) continue;
      job.sheets.want(row, field, stored, RULE.unit);
      written = true;
    }
    return written;
  };
  if (!row.tab.has(FRAMEWORK)) return { what: writeScores() ? 'written' : 'agrees', sentences: [], allowed: [] };
  const merged = mergeCell(job, row, key, FRAMEWORK);
  if (merged.what === 'kept') {
    const choice = read('framework', row.cell(FRAMEWORK));
    const chosen = choice.ok && choice.value !== null;
    if (chosen && row.cell(FRAMEWORK).f === undefined) job.notActive += 1;
    const isFormula = row.cell(FRAMEWORK).f !== undefined;
    return {
      what: 'kept',
      sentences: chosen && !isFormula ? [`${choice.value} is chosen but not active: Switch framework`] : [],
      allowed: ['chosen', 'deactivated'],
    };
  }
  if (merged.what === 'untouched' && !same(FRAMEWORK, merged.shows, fields[FRAMEWORK] ?? null))
    return { what: 'agrees', sentences: [], allowed: ['chosen'] };
  const written = writeScores();
  return { what: written || merged.what === 'written' ? 'written' : 'agrees', sentences: [], allowed: [] };
}

function appendMissing(job, tab, groups, org) {
  const { memory, next } = job;
  const missing = [...next]
    .filter(([key, fields]) => fields.product_org === org && fields.status !== 'withdrawn' && groups.get(key)?.owner === undefined)
    .map(([key]) => key)
    .sort();
  if (missing.length === 0) return;
  if (tab.rows().length > 0 && groups.size === 0) throw new Ambiguous('rows without keys only: what is below the last keyed row');
  job.appended = [...(job.appended ?? []), ...missing];
  // Whether a row that comes back shows the framework at once, or with the next Update Backlog, can be read both ways.
  const rows = missing.map(
    (key) =>
      new Map([
        [KEY, text(key)],
        ...tab
          .fields('pm')
          .map((field) => [
            field,
            UNIT.includes(field)
              ? either(blank, value('backlog', field, next.get(key)[field] ?? null))
              : value('backlog', field, next.get(key)[field] ?? null),
          ]),
        ...ACTIVE_SCORES.map((field) => [field, either(blank, value('backlog', field, next.get(key)[field] ?? null))]),
        ['run_status', ok([], ['kept', 'chosen'])],
        ['updated_at', time],
        ['updated_source', text(SOURCE)],
      ]),
  );
  job.sheets.append(tab.id, rows, RULE.append);
  missing.forEach((key, n) => {
    memory.inBacklog.add(key);
    const row = job.after.tab(tab.id).row(job.sheets.appendedAt(tab.id, n));
    for (const field of tab.fields('pm')) {
      const cell = shown(columnOf('backlog', field).type, row.cell(field));
      const stored = next.get(key)[field] ?? null;
      memory.setBase(tab.id, key, field, cell, same(field, cell, stored) ? stored : cell);
    }
    memory.look(tab.id, key, row, tab.fields('pm'));
  });
}
