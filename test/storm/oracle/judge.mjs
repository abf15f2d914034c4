// The oracle: looks at all tabs at a quiet moment, at all that ever happened to them, and at the database, and names what the
// specification does not allow.

import { shownOf, TABS } from './workbooks.mjs';
import { judgePmCells } from './cells.mjs';
import { judgeIdentity } from './identity.mjs';
import { judgeRuns } from './runs.mjs';
import { judgeScores } from './scores.mjs';
import { judgeStored } from './stored.mjs';
import { TypedValues } from './typed_values.mjs';

/** What the oracle remembers from one quiet moment to the next. */
export function newMemory() {
  return { keys: new Map(), rows: new Map(), named: new Set() };
}

/**
 * `world`: {tabs, histories, trespasses, database: key -> initiative, runs, broken, quiet: runs of the quiet moment, memory,
 * strong?: {backlog, scoring}: the runs that saved and scored all rows}.
 * Answers {violations, tolerated, cells, scores, identities, lost}.
 */
export function judge(world) {
  const typed = new TypedValues(world.histories, world.database);
  const known = { ...world, typed };
  const cells = judgePmCells(known);
  const identity = judgeIdentity(known);
  const scores = judgeScores(known);
  const found = [
    ...world.trespasses.filter(({ isOver }) => !isOver), ...judgeRuns(known).violations, ...identity.violations, ...cells.violations, ...judgeStored(known).violations,
      ...scores.violations,
    ...judgeStatuses(known),
  ];
  const isNamed = namedIn(world);
  return {
    violations: found.filter((each) => !isNamed(each)), tolerated: found.filter(isNamed),
    cells: cells.cells, scores: scores.scores, identities: identity.identities, lost: cells.lost,
  };
}

/** A row's Status speaks of its own initiative. */
function judgeStatuses({ tabs, typed }) {
  const violations = [];
  for (const tab of Object.values(TABS).filter(({ statusHeader }) => statusHeader)) {
    for (const row of tabs[tab.name].filter(Boolean)) {
      const key = row.cells[tab.key];
      const status = String(shownOf(row.cells[tab.statusHeader]) ?? '');
      const place = { tab: tab.name, tag: row.tag, header: tab.statusHeader, key, shown: status };
      if (status !== '' && !/^(OK|FAILED: .|SKIPPED: .)/.test(status)) violations.push({ kind: 'a Status is none', ...place });
      for (const [, of, tag] of status.matchAll(/ of (\w+)\/(t\d+) #/g)) {
        if (!TABS[of] || key === '' || typed.keysOf(of, tag).includes(key) || isDeliberate(status)) continue;
        violations.push({ kind: "a Status tells another initiative's news", ...place });
      }
    }
  }
  return violations;
}

const isDeliberate = (status) => /moved|could not|not known/.test(status);

/** Cells that a run's result or a Status names with both values could not be decided (sync.md, Put right). */
function namedIn({ runs, tabs }) {
  const statuses = Object.values(TABS).filter(({ statusHeader }) => statusHeader)
    .flatMap(({ name, statusHeader }) => tabs[name].filter(Boolean).map((row) => String(shownOf(row.cells[statusHeader]))));
  const sentences = [...runs.flatMap(({ run }) => sentencesOf(run?.result?.raw)), ...statuses].map((sentence) => sentence.toLowerCase());
  // A Save takes a row as it stands (sync.md, Save): with a cell that was named, where nobody mended it.
  // Of a blank cell it says what stood there before.
  const isNamedAndSaved = (field, value, typed) => (value !== '' || (typed ?? '') !== '') && sentences.some((sentence) =>
    (value !== '' || sentence.includes("it shows ''"))
    && spellings(value !== '' ? value : typed).some((each) => sentence.includes(each))
    && new RegExp(`(rows|columns)_moved_while_${field}_was_written`).test(spacedAlike(sentence)));
  // Where columns moved, what a cell showed comes back, and whether a formula gave it is not known.
  const isValueBack = (typing, shown, header) => typeof typing?.value === 'object' && shownOf(typing.value) === shown
    && sentences.some((sentence) => sentence.includes(`cells of '${header?.toLowerCase()}' get back what they showed`));
  return ({ key, typing, over, shown, header, field, stored = shown }) => {
    if (field !== undefined) return isNamedAndSaved(field, stored, shown);
    if (over === undefined) return false;
    if (isValueBack(typing, shown ?? over.value, header)) return true;
    // Nobody knows what stood in a row without identity.
    const isCleared = (shown ?? over.value ?? '') === '';
    const wanted = [key || isCleared ? typing?.value : undefined, shown ?? over.value].map(shownOf).filter((value) => (value ?? '') !== '').map(spellings);
    return wanted.length > 0 && sentences.some((sentence) => [...wanted,
      [header.toLowerCase()]].every((each) => each.some((spelling) => sentence.includes(spelling))));
  };
}

const spacedAlike = (text) => text.replace(/[\s:_-]+/g, '_');

/** How a value may be written in a sentence: a long text may be cut, a number rounded. */
function spellings(value) {
  if (typeof value !== 'number') return [String(value).toLowerCase().slice(0, 40)];
  return [String(value), String(Number(value.toPrecision(12)))];
}

/** Lists that say something else of a cell than that it could not be decided. */
const OTHER_NEWS = ['kept_unsaved_edits', 'kept_pm_values', 'plan'];

/** Each sentence, and each object without lists in it as one. */
function sentencesOf(value) {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  const parts = Object.entries(value).filter(([name]) => !OTHER_NEWS.includes(name)).map(([, part]) => part);
  const isFlat = !Array.isArray(value) && parts.every((part) => typeof part !== 'object' || part === null);
  return isFlat ? [JSON.stringify(value), ...parts.filter((part) => typeof part === 'string')] : parts.flatMap(sentencesOf);
}
