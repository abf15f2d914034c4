// Judges keys: each wish has one, for good, and nobody else has it (sync.md, Identity).

import { INTAKE_TABS, shownOf, TABS, textOf } from './workbooks.mjs';

const KEY = /^INIT-\d{6,9}$/;

/** `memory` holds from one judgement to the next which key stood on which row. */
export function judgeIdentity({ tabs, histories, database, typed, memory }) {
  const violations = [];
  const say = (kind, place, message = '') => violations.push({ kind, ...place, message });
  const wishes = INTAKE_TABS.flatMap((tab) => tabs[tab].filter(Boolean).map((row) => ({ tab, tag: row.tag, row, key: row.cells['Initiative Key'],
    history: histories[tab].get(row.tag) })));
  for (const wish of wishes) judgeWish(wish, { database, typed, memory, say });
  judgeDoubles(wishes, typed, say);
  judgeCreations(database, histories, typed, say);
  for (const [key] of memory.knownKeys ?? []) if (!database.has(key)) say('a stored initiative is gone', { key });
  memory.knownKeys = new Map([...database.keys()].map((key) => [key, true]));
  const checked = wishes.length + judgeRowsOfPms({ tabs, histories, database, say });
  judgeBacklog({ tabs, histories, wishes, database, typed, say });
  return { violations, identities: checked + database.size };
}

const hasTeamCell = ({ cells }) => TABS.North.typed.some((header) => textOf(shownOf(cells[header])) !== '');

function judgeWish({ tab, tag, row, key, history }, { database, typed, memory, say }) {
  const place = { tab, tag, key, header: 'Initiative Key' };
  if (!hasTeamCell(row)) {
    if (key !== '') say('a key stands in a row without any team cell', place);
    return;
  }
  if (key === '') {
    if (textOf(shownOf(row.cells.Title)) !== '') say('an intake row with a Title has no key', place);
    return;
  }
  if (!KEY.test(key)) return say('a key is none', place);
  if (!database.has(key)) return say('a key in intake is not stored', place);
  const group = typed.groupOf(tag);
  const owner = typed.groupOfPain(database.get(key).current_pain);
  if (owner !== group) say("an intake row carries another row's key", place, `${key} was created for ${owner}`);
  const before = memory.keys.get(tag);
  const cleared = (history.cells['Initiative Key'] ?? []).some(({ actor, value }) => actor !== 'service' && value === '');
  const copied = typed.keysOfGroup(group).length > 1 || history.copyOf !== undefined;
  if (before !== undefined && before !== key && !cleared && !copied) say("a row's key changed", place, `it was ${before}`);
  memory.keys.set(tag, key);
  const first = memory.rows.get(key) ?? group;
  if (first !== group) say('a key was issued again', place, `it belonged to ${first}`);
  memory.rows.set(key, first);
}

/** A key on two intake rows: only a copy that kept the Title. */
function judgeDoubles(wishes, typed, say) {
  const byKey = new Map();
  for (const wish of wishes) if (wish.key !== '') byKey.set(wish.key, [...(byKey.get(wish.key) ?? []), wish]);
  for (const [key, rows] of byKey) {
    if (rows.length === 1) continue;
    const titles = new Set(rows.map(({ row }) => textOf(shownOf(row.cells.Title))).filter((title) => title !== ''));
    const groups = new Set(rows.map(({ tag }) => typed.groupOf(tag)));
    if (groups.size > 1 || titles.size > 1) say('a key stands on several intake rows', { tab: rows[0].tab, tag: rows[0].tag, key,
      header: 'Initiative Key' }, rows.map(({ tab, tag }) => `${tab}/${tag}`).join(', '));
  }
}

/** One initiative for each wish; copies and rows whose key a person took away may have one more each. */
function judgeCreations(database, histories, typed, say) {
  const allowed = new Map();
  const retyped = new Set();
  const tabOf = new Map();
  for (const tab of INTAKE_TABS) {
    for (const [tag, { cells }] of histories[tab]) {
      const cleared = (cells['Initiative Key'] ?? []).filter(({ actor, value }) => actor !== 'service' && value === '').length;
      const group = typed.groupOf(tag);
      tabOf.set(tag, tab);
      allowed.set(group, (allowed.get(group) ?? 0) + 1 + cleared);
      // A wish whose fingerprint was typed anew while its key was still to be written cannot be told from a new one.
      if (['Title', 'Requester Email', 'Requesting Team'].some((header) => (cells[header] ?? []).length > 1)) retyped.add(group);
    }
  }
  for (const [key, stored] of database) {
    if (typed.groupOfPain(stored.current_pain) === undefined) say('an initiative of nobody', { key }, `current_pain: ${stored.current_pain}`);
  }
  for (const [group, most] of allowed) {
    const keys = typed.keysOfGroup(group);
    if (keys.length > most && !retyped.has(group)) say('an initiative was created twice', { tab: tabOf.get(group), tag: group, key: keys.join(', '),
      header: 'Title' });
  }
}

/** The key of a row on a PM's tab is the one that it was born with. */
function judgeRowsOfPms({ tabs, histories, database, say }) {
  let checked = 0;
  for (const tab of Object.values(TABS).filter(({ kind }) => kind !== 'intake')) {
    for (const row of tabs[tab.name].filter(Boolean)) {
      const events = histories[tab.name].get(row.tag).cells[tab.key] ?? [];
      const first = events[0]?.seq === histories[tab.name].get(row.tag).born.seq ? events[0].value : '';
      const key = row.cells[tab.key];
      checked += 1;
      if (key !== first) say("a row's key is not the one that it was born with", { tab: tab.name, tag: row.tag, key, header: tab.key },
        `it was ${first || 'blank'}`);
      if (key !== '' && !database.has(key)) say('a listed key is not stored', { tab: tab.name, tag: row.tag, key, header: tab.key });
    }
  }
  return checked;
}

function judgeBacklog({ tabs, histories, wishes, database, typed, say }) {
  const listed = new Map();
  for (const row of tabs.Backlog.filter(Boolean)) {
    const key = row.cells['Initiative Key'];
    listed.set(key, [...(listed.get(key) ?? []), { tag: row.tag, byService: histories.Backlog.get(row.tag).born.actor === 'service' }]);
  }
  for (const [key, rows] of listed) {
    if (key !== '' && rows.filter(({ byService }) => byService).length > 1) say('the backlog lists an initiative twice', { tab: 'Backlog',
      tag: rows[0].tag, key });
  }
  for (const { tab, tag, key, row } of wishes) {
    if (!KEY.test(key) || textOf(row.cells.Title) === '' || listed.has(key) || !database.has(key)) continue;
    const withdrawn = typed.typedFor(key, 'status', 'withdrawn').length > 0 || database.get(key).status === 'withdrawn';
    if (!withdrawn) say('an initiative of intake is not in the backlog', { tab, tag, key });
  }
}
