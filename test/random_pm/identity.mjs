// Which row of a tab is which initiative, as sync.md, Identity, says.

import { same, shown } from './cells.mjs';
import { KEY, columnOf } from './fields.mjs';
import { Ambiguous, placeOf } from './memory.mjs';

const filled = (cell) => cell !== null && cell !== false;

/** How many cells of the row say what was last seen beside this key. */
function agreement(memory, row, key, recall, counts = () => true) {
  return [...row.tab.columns.keys()].filter((field) => {
    const { owner, type } = columnOf(row.tab.kind, field);
    if (field === KEY || owner === 'system' || owner === 'llm') return false;
    const cell = shown(type, row.cell(field));
    const seen = recall(memory, row, key, field);
    return seen !== undefined && same(field, cell, seen) && counts(cell);
  }).length;
}

// "Last seen" is the base, or what the cell showed at the last look: where the two disagree, the specification is silent.
const RECALLS = [
  (memory, row, key, field) => memory.base(placeOf(row.tab), key, field)?.sheet,
  (memory, row, key, field) => memory.lastSeen(placeOf(row.tab), key, field),
];

/**
 * "The row that agrees with its last-seen values in most cells, the upper one in a tie." Cells that say something count
 * first: to a row that has just been begun, blank cells agree everywhere.
 */
export function ownerOf(memory, key, rows) {
  if (rows.length === 1) return rows[0];
  const chosen = RECALLS.map((recall) => {
    const agreements = rows.map((row) => agreement(memory, row, key, recall, filled) * 1000 + agreement(memory, row, key, recall));
    return rows[agreements.indexOf(Math.max(...agreements))];
  });
  if (chosen[0] !== chosen[1]) throw new Ambiguous('which of two rows with one key agrees most with what was last seen');
  return chosen[0];
}

/** key -> {owner, copies} of one tab, or {unknown: rows} where the key is not `known`. */
export function rowsByKey(memory, tab, known = memory.initiatives) {
  const groups = new Map();
  for (const row of tab.rows()) {
    if (row.key === '') continue;
    groups.set(row.key, [...(groups.get(row.key) ?? []), row]);
  }
  return new Map(
    [...groups].map(([key, rows]) => {
      if (!known.has(key)) return [key, { unknown: rows }];
      const owner = tab.kind === 'models' ? modelOwner(rows) : ownerOf(memory, key, rows);
      return [key, { owner, copies: rows.filter((row) => row !== owner) }];
    }),
  );
}

function modelOwner(rows) {
  if (rows.length > 1) throw new Ambiguous('a key twice on MathModels, which keeps no last-seen values');
  return rows[0];
}

const FEW = 2;

/**
 * Whose inputs stand in the row: 'own', 'either' where the specification can be read both ways, else the other key.
 * "A row whose typed cells agree better with the values last seen beside another key than with its own key's."
 */
export function inputsBelongTo(memory, row, key) {
  const place = placeOf(row.tab);
  const others = memory.keysAt(place).filter((other) => other !== key);
  const verdicts = RECALLS.flatMap((recall) =>
    [filled, () => true].map((counts) => {
      const own = agreement(memory, row, key, recall, counts);
      const best = Math.max(0, ...others.map((other) => agreement(memory, row, other, recall, counts)));
      return { own, best, other: others.find((other) => agreement(memory, row, other, recall, counts) === best) };
    }),
  );
  const better = verdicts.filter(({ own, best }) => best > own);
  if (!memory.hasBase(place, key)) return better.some(({ best }) => best >= FEW) ? 'either' : 'own';
  const shows = (shower, whose) => agreement(memory, shower, whose, RECALLS[0], filled);
  const rows = row.tab.rows().filter((each) => each.key !== '');
  // Where another row shows more of this one's inputs, saving this one lets a second click give them to that one.
  const isRobbed = rows.some((other) => other.key !== key && shows(other, key) > shows(row, key));
  if (better.length === 0) return isRobbed ? 'either' : 'own';
  // Two of eight values that happen to be somebody else's are no shifted key: only what most typed cells say is certain. Nor did
  // anything shift where the other initiative's own row still shows as much: two may have like inputs.
  const typed = [...row.tab.fields('pm')].filter((field) =>
    filled(shown(columnOf(row.tab.kind, field).type, row.cell(field))),
  ).length;
  const { other } = better[0];
  const isAtHome = rows.some((home) => home.key === other && shows(home, other) >= shows(row, other));
  const isCertain = better.length === verdicts.length && verdicts[0].best * 2 > typed && !isAtHome;
  return isCertain ? other : 'either';
}
