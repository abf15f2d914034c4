// Judges what the database holds, as GET /initiatives shows it: values of the right initiative, saved values of PMs that no
// team's edit undid, and, where a job was to bring sheet and database together, that it did.

import { fieldOf, INTAKE_TABS, SHARED_FIELDS, shownOf, TABS, textOf } from './workbooks.mjs';

const TEXT_FIELDS = ['title', 'requesting_team', 'requester_email', 'country', 'problem_statement', 'current_pain', 'strategic_theme', 'hypothesis',
  'status',
  'risk_level', 'time_sensitivity'];
const NUMBER_FIELDS = ['effort_engineering_days', 'strategic_priority_coefficient', 'rice_reach', 'rice_impact', 'rice_confidence', 'rice_effort',
  'wsjf_business_value', 'wsjf_time_criticality', 'wsjf_risk_reduction', 'wsjf_job_size'];
const CERTAIN_SAVES = { 'pm.save_selected': ({ tab }) => tab, 'pm.score_selected': () => 'Scoring_Inputs' };

export function judgeStored({ tabs, histories, database, runs, quiet, typed, strong }) {
  const violations = [];
  const seen = keysEverSeen(histories);
  for (const [key, stored] of database) {
    if (!seen.has(key)) continue; // its row went before the key was written: nobody can tell whose it is
    for (const field of [...TEXT_FIELDS, ...NUMBER_FIELDS]) {
      if (!typed.isEntitled(key, field, stored[field])) {
        violations.push({ kind: 'the database holds a value that nobody typed for this initiative', key, field, shown: stored[field],
          origin: typed.whoeverTyped(stored[field]) });
      }
    }
  }
  judgeSavedValues({ histories, database, runs, typed, violations });
  judgeIntake({ tabs, database, typed, violations });
  judgeUnsavedEdits({ tabs, database, quiet, violations });
  if (strong) judgeAgreement({ tabs, histories, database, strong, violations });
  return { violations };
}

function keysEverSeen(histories) {
  const seen = new Set();
  for (const tab of Object.values(TABS)) {
    for (const { cells } of histories[tab.name].values()) for (const { value } of cells[tab.key] ?? []) seen.add(value);
  }
  return seen;
}

/** Rows that are their key's only one on the tab. */
export function onlyRows(rows, keyHeader) {
  const counts = new Map();
  for (const row of rows) if (row) counts.set(row.cells[keyHeader], (counts.get(row.cells[keyHeader]) ?? 0) + 1);
  return rows.filter((row) => row && row.cells[keyHeader] !== '' && counts.get(row.cells[keyHeader]) === 1);
}

const isError = (value) => typeof value === 'string' && value.startsWith('#');

/** The last value that a run certainly saved holds until the PM says something else. */
function judgeSavedValues({ histories, database, runs, typed, violations }) {
  for (const tab of [TABS.Backlog, TABS.Scoring_Inputs]) {
    const tags = rowsByKey(histories[tab.name], tab.key);
    const saves = certainSaves(runs, tab);
    for (const [key, tag] of tags) {
      for (const header of tab.headers.filter((name) => tab.columns[name].startsWith('pm ') && tab.columns[name] !== 'pm title')) {
        const field = fieldOf(header);
        if (SHARED_FIELDS.has(field) || !database.has(key)) continue;
        const saved = lastCertainSave(histories[tab.name].get(tag).cells[header], saves.get(key));
        if (saved === undefined) continue;
        // What the PM typed since may have been saved by a run that was killed, or by flow1.full_sync.
        const since = histories[tab.name].get(tag).cells[header].filter(({ seq, actor }) => seq >= saved.seq && actor !== 'service');
        if (since.some(({ value }) => isFreeAgain(value, key, field, typed))) continue;
        const now = database.get(key)[field];
        if (textOf(now) === textOf(shownOf(saved.value))) continue;
        // Blank says only that somebody cleared it, then or later.
        const later = typed.typedFor(key, field, now ?? '').some((each) => each.tab === tab.name && each.seq > saved.seq);
        if (!later) violations.push({ kind: "a PM's saved value was lost", tab: tab.name, tag, header, key, shown: now, typing: saved,
          message: `saved by ${saved.runId}`, origin: typed.whoeverTyped(now) });
      }
    }
  }
}

/** Where team and PM said the same, the team may change it again. */
function isFreeAgain(value, key, field, typed) {
  const isBlank = textOf(value) === '' && TABS.North.typed.some((header) => fieldOf(header) === field);
  return isBlank || typed.typedFor(key, field, shownOf(value)).some(({ tab }) => TABS[tab].kind === 'intake');
}

/** key -> tag for keys that only ever stood on one row. */
function rowsByKey(rows, keyHeader) {
  const tags = new Map();
  for (const [tag, { cells }] of rows) {
    for (const key of new Set((cells[keyHeader] ?? []).map(({ value }) => value))) if (key !== '') tags.set(key, tags.has(key) ? undefined : tag);
  }
  return new Map([...tags].filter(([, tag]) => tag !== undefined));
}

/** key -> the runs that certainly saved its row of a tab. */
function certainSaves(runs, tab) {
  const saves = new Map();
  for (const run of runs) {
    if (CERTAIN_SAVES[run.action]?.(run) !== tab.name || run.run?.status !== 'success' || run.options?.dry_run) continue;
    for (const { initiative_key: key, status } of run.run.result.raw.rows ?? []) {
      if (status === 'ok' && run.keys?.includes(key)) saves.set(key, [...(saves.get(key) ?? []), run]);
    }
  }
  return saves;
}

/** What stood in a cell all the time that a run saved it, if a person typed it. */
function lastCertainSave(all = [], runs = []) {
  const events = all.filter(({ again }) => !again);
  const run = runs.findLast(({ submitted, ended }) => !events.some(({ seq }) => seq > submitted && seq <= ended));
  const standing = run && events.findLast(({ seq }) => seq <= run.submitted);
  return standing === undefined || standing.actor === 'service' || isError(shownOf(standing.value)) ? undefined : { ...standing, runId: run.runId };
}

/** Where only the team ever typed, the database says what intake says. */
function judgeIntake({ tabs, database, typed, violations }) {
  const rows = INTAKE_TABS.flatMap((tab) => tabs[tab].map((row) => row && { ...row, tab }));
  for (const row of onlyRows(rows, 'Initiative Key')) {
    const key = row.cells['Initiative Key'];
    const stored = database.get(key);
    const isCopied = typed.keysOfGroup(typed.groupOf(row.tag)).length > 1;
    if (stored === undefined || isCopied || textOf(shownOf(row.cells.Title)) === '') continue;
    for (const header of TABS[row.tab].typed.filter((name) => name !== 'Status')) {
      const field = fieldOf(header);
      const cell = shownOf(row.cells[header]);
      const byPm = typed.wasTypedByPm(key, field);
      const isBad = TABS[row.tab].columns[header] === 'team number' && typeof cell === 'string' && cell !== '';
      if (byPm || isBad || textOf(cell) === textOf(stored[field])) continue;
      violations.push({ kind: 'a team typed and the database does not say so', tab: row.tab, tag: row.tag, header, key, shown: cell, field,
        stored: stored[field] ?? '', message: `stored: ${stored[field]}` });
    }
  }
}

/** Cells of the Backlog that differ from the database are listed by See latest intake, and no others. */
function judgeUnsavedEdits({ tabs, database, quiet, violations }) {
  const entry = quiet.findLast(({ action }) => action === 'pm.backlog_sync');
  if (entry?.run?.status !== 'success') return;
  const listed = new Set((entry.run.result.raw.kept_unsaved_edits ?? []).map(({ initiative_key: key, column }) => `${key} ${column}`));
  for (const row of onlyRows(tabs.Backlog, 'Initiative Key')) {
    const key = row.cells['Initiative Key'];
    const stored = database.get(key);
    for (const header of stored === undefined ? [] : TABS.Backlog.typed) {
      const cell = row.cells[header];
      const isJudged = TABS.Backlog.columns[header].startsWith('pm ') && header !== 'Active Scoring Framework' && typeof cell !== 'object';
      if (!isJudged) continue;
      const isDifferent = textOf(cell) !== textOf(stored[fieldOf(header)]);
      const place = { tab: 'Backlog', tag: row.tag, header, key, shown: cell, message: `stored: ${stored[fieldOf(header)]}; ${entry.runId}` };
      if (isDifferent && !listed.has(`${key} ${header}`)) violations.push({ kind: 'an unsaved edit is not listed', ...place });
      if (!isDifferent && listed.has(`${key} ${header}`)) violations.push({ kind: 'a cell that equals the database is listed as an unsaved edit',
        ...place });
    }
  }
}

/** After saving every row: what a row that is OK shows is stored, and the other way round. */
function judgeAgreement({ tabs, database, strong, violations }) {
  for (const [name, entry] of [['Backlog', strong.backlog], ['Scoring_Inputs', strong.scoring]]) {
    const tab = TABS[name];
    const ok = new Map((entry.run.result.raw.rows ?? []).map((row) => [row.initiative_key, row.status]));
    for (const row of onlyRows(tabs[name], tab.key)) {
      const key = row.cells[tab.key];
      const stored = database.get(key);
      judgeOutcome(tab, row, ok.get(key), entry, violations);
      if (stored === undefined || ok.get(key) !== 'ok') continue;
      for (const header of tab.headers.filter((each) => tab.columns[each].startsWith('pm ') && tab.columns[each] !== 'pm title')) {
        // A typed framework is a choice until Switch takes it over (product.md, job 4).
        if (header === 'Active Scoring Framework') continue;
        const cell = shownOf(row.cells[header]);
        const isDefault = fieldOf(header) === 'strategic_priority_coefficient' && textOf(cell) === '' && stored.strategic_priority_coefficient === 1;
        if (isDefault || textOf(cell) === textOf(stored[fieldOf(header)])) continue;
        violations.push({ kind: 'Save said OK, and the database holds something else', tab: name, tag: row.tag, header, key, shown: cell,
          message: `stored: ${stored[fieldOf(header)]}; saved by ${entry.runId}` });
      }
    }
  }
}

/** Status says what the run says of the row. */
function judgeOutcome(tab, row, outcome, { runId }, violations) {
  const status = String(shownOf(row.cells[tab.statusHeader]));
  const begins = { ok: /^OK/, failed: /^FAILED: / }[outcome];
  // A later Update Backlog may have had news of its own.
  if (begins === undefined || begins.test(status) || tab.name === 'Backlog') return;
  violations.push({ kind: 'Status says something else than the run', tab: tab.name, tag: row.tag, header: tab.statusHeader, key: row.cells[tab.key],
    shown: status, message: `${outcome}; ${runId}` });
}
