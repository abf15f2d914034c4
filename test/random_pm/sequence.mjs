// Plays one sequence of steps and looks at every cell after each of them.

import { Ambiguous, Memory } from './memory.mjs';
import { BLANK, print, sameCell } from './cells.mjs';
import { requestOf } from './jobs.mjs';
import { judgeRun } from './oracle.mjs';
import { act } from './acting.mjs';
import { TAB_PLACES } from './world.mjs';

/** What a violation is known by when sequences are shortened and findings are grouped. */
export const signature = ({ check, action, tab, column, rule }) =>
  [check, action, TAB_PLACES[tab]?.kind ?? '', column ?? '', rule].join(' | ');

/** Every cell that differs: {tab, row, column, key, before, after, isNew}; rows that `sheets` expected to be appended are new. */
export function differences(before, after, sheets) {
  const found = [];
  for (const [id, tab] of before.tabs) {
    const now = after.tab(id);
    for (let row = 0; row < Math.max(tab.grid.length, now.grid.length); ++row) {
      const isNew = sheets?.isAppended(id, row) === true;
      const from = sheets?.cameFrom(id, row) ?? row;
      const width = Math.max(tab.grid[from]?.length ?? 0, now.grid[row]?.length ?? 0);
      for (let column = 0; column < width; ++column) {
        const [was, is] = [isNew ? BLANK : tab.cell(from, column), now.cell(row, column)];
        if (!sameCell(was, is))
          found.push({
            tab: id,
            row: row + 1,
            column: now.headers[column] ?? tab.headers[column] ?? '',
            key: now.row(row).key,
            before: was,
            after: is,
            isNew,
          });
      }
    }
  }
  return found;
}

// A second run may change what the first one said: a cleared choice is not cleared any more, what a cell was read as is said once, and
// parameters that were added are there.
const SAYS_ANEW = /no framework is active|read as|counts as|parameters? added to Params/;

class Player {
  memory = new Memory();
  runs = 0;
  cells = 0;

  constructor(world, isTolerated) {
    Object.assign(this, { world, isTolerated });
  }

  async begin(headers) {
    await this.world.begin(headers);
    this.snapshot = await this.world.read();
  }

  async play(step) {
    if (step.run === undefined) {
      await act(this.world, step, this.snapshot, this.memory);
      const workbooks = [...new Set([step.tab, step.to].filter(Boolean).map((tab) => TAB_PLACES[tab].workbook))];
      const changed = await this.world.read(workbooks);
      for (const [id, tab] of changed.tabs) this.snapshot.tabs.set(id, tab);
      return [];
    }
    return this.#job(step);
  }

  async #job(step) {
    const { request, tabId } = requestOf(step, this.snapshot, this.world.ids);
    const promised = await this.#run({ ...request, options: { ...request.options, dry_run: true } });
    if (promised.refused)
      return [
        violation('http', request, {
          expected: '202',
          actual: JSON.stringify(promised.refused),
          rule: 'the request is well-formed',
        }),
      ];
    const untouched = await this.world.read();
    const stirred = differences(this.snapshot, untouched);
    if (stirred.length > 0)
      return stirred.map((cell) =>
        violation('dry run', request, {
          ...cell,
          expected: print(cell.before),
          actual: print(cell.after),
          rule: 'a dry run changes nothing',
        }),
      );
    if (promised.writes > 0)
      return [
        violation('dry run', request, {
          expected: 'no write call',
          actual: `${promised.writes}`,
          rule: 'a dry run changes nothing',
        }),
      ];

    const first = await this.#real(request, tabId);
    if (first.violations.length > 0) return first.violations;
    const broken = comparePlan(request, promised.run, first, this.world.ids).filter((entry) => !this.isTolerated(entry));
    if (broken.length > 0) return broken;

    const second = await this.#real(request, tabId);
    if (second.violations.length > 0) return second.violations.map((entry) => ({ ...entry, check: `${entry.check}, run again` }));
    const anew = second.changed.filter(
      ({ before, column }) => !(SAYS_ANEW.test(String(before.v)) || ['Updated At', 'Updated Source'].includes(column)),
    );
    return anew
      .map((cell) =>
        violation('again', request, {
          ...cell,
          expected: print(cell.before),
          actual: print(cell.after),
          rule: 'running again changes nothing',
        }),
      )
      .filter((entry) => !this.isTolerated(entry));
  }

  async #run(request) {
    this.runs += 1;
    return this.world.run(request);
  }

  /** GET /initiatives/{key} shows what the list shows: looked at for one initiative that the run names. */
  async #compareDetails(request, run, stored) {
    const key =
      (run.result?.raw?.rows ?? []).map((row) => row.initiative_key).find((named) => stored.has(named)) ?? [...stored.keys()][0];
    if (key === undefined) return [];
    const { scores: listedScores, ...listed } = stored.get(key);
    const details = await this.world.initiative(key);
    const different = Object.keys(listed).filter((field) => JSON.stringify(listed[field]) !== JSON.stringify(details[field]));
    different.push(
      ...Object.keys(listedScores).filter((framework) =>
        ['value', 'effort', 'overall', 'stale'].some(
          (part) => listedScores[framework]?.[part] !== details.scores[framework]?.[part],
        ),
      ),
    );
    return different.map((field) =>
      violation('details', request, {
        key,
        column: field,
        expected: JSON.stringify(listed[field]),
        actual: JSON.stringify(details[field]),
        rule: 'GET /initiatives/{key} shows what the list shows',
      }),
    );
  }

  /** Runs, judges, and takes what is there now as the sheets' state. */
  async #real(request, tabId) {
    const { run, writes } = await this.#run(request);
    const [after, stored] = await Promise.all([this.world.read(), this.world.stored()]);
    const before = this.snapshot;
    this.cells += [...after.tabs.values()].reduce(
      (sum, { grid }) => sum + grid.reduce((count, cells) => count + cells.length, 0),
      0,
    );
    const { violations, sheets } = judgeRun(this.memory, {
      request: { ...request, tabId },
      before,
      after,
      stored,
      run,
      isTolerated: this.isTolerated,
    });
    const changed = differences(before, after, sheets);
    if (changed.length === 0 && writes > 0)
      violations.push(
        violation('calls', request, {
          expected: 'no write call',
          actual: `${writes}`,
          rule: 'a run with nothing new makes no write call',
        }),
      );
    violations.push(...(await this.#compareDetails(request, run, stored)));
    this.snapshot = after;
    return { run, changed, violations };
  }
}

const violation = (check, request, details) => ({ check, action: request.action, ...details });

/** "A dry run promises exactly what the run then does: the same cells, the same counts, the same rows." */
export function comparePlan(request, dry, { run, changed }, ids) {
  const rule = 'dry run = run: the same cells, counts and rows';
  const found = [];
  const differ = (details) => found.push(violation('dry run', request, { ...details, rule }));
  if (dry.status !== run.status)
    return [violation('dry run', request, { expected: run.status, actual: `${dry.status} ${JSON.stringify(dry.error)}`, rule })];
  if (run.status !== 'success') return [];
  const { plan = [], rows: dryRows = [], ...dryRaw } = dry.result.raw;
  const { rows = [], ...raw } = run.result.raw;
  // A row whose time was written in the very second of the dry run needed no new time then.
  const isJustWritten = ({ column, before, isNew }) =>
    column === 'Updated At' && !isNew && Date.parse(before.v) >= Date.parse(dry.started_at) - 1000;
  const slack = changed.filter(isJustWritten).length;
  for (const [name, count] of Object.entries(raw)) {
    if (name === 'cells_updated' && count >= dryRaw[name] && count <= dryRaw[name] + slack) continue;
    if (typeof count === 'number' && dryRaw[name] !== count)
      differ({ column: name, expected: `${count}`, actual: JSON.stringify(dryRaw[name]) });
  }
  if (JSON.stringify(dry.result.summary) !== JSON.stringify(run.result.summary))
    differ({ column: 'summary', expected: JSON.stringify(run.result.summary), actual: JSON.stringify(dry.result.summary) });
  const withoutNewKeys = (list) =>
    list.filter(
      ({ initiative_key: key }) =>
        dryRows.some((entry) => entry.initiative_key === key) || rows.some((entry) => entry.initiative_key === key),
    );
  // Two backlogs may show the same key in the same row: a row of the run takes the promise that is like it, if there is one.
  const promises = [...dryRows];
  const take = (isIt) => {
    const index = promises.findIndex(isIt);
    return index === -1 ? undefined : promises.splice(index, 1)[0];
  };
  const isLike = (entry) => (other) => JSON.stringify(other) === JSON.stringify(entry);
  const unlike = withoutNewKeys(rows).filter((entry) => take(isLike(entry)) === undefined);
  for (const entry of unlike) {
    const promised = take((other) => other.initiative_key === entry.initiative_key && other.row === entry.row);
    if (promised === undefined && run.result.raw.created > 0) continue; // a key is issued by the run only
    differ({ column: 'rows', key: entry.initiative_key, expected: JSON.stringify(entry), actual: JSON.stringify(promised) });
  }
  if ((raw.created ?? raw.substeps?.[0]?.raw?.created ?? 0) > 0) return found; // no key is issued in a dry run: appended rows have none
  comparePlannedCells(
    plan.filter((cell) => cell.tab !== undefined && cell.tab !== null && cell.tab !== ''),
    changed.filter((cell) => !isJustWritten(cell)),
    ids,
    differ,
  );
  return found;
}

function comparePlannedCells(plan, changed, ids, differ) {
  // A row that is yet to be appended has no number: it is known by its key.
  const name = (tab, { isNew, row, key, column }) => `${tab} ${isNew ? `new row of ${key}` : `row ${row}`} ${column}`;
  const tabOf = (cell) =>
    Object.keys(TAB_PLACES).find(
      (id) =>
        ids[TAB_PLACES[id].workbook] === cell.spreadsheet_id &&
        TAB_PLACES[id].title.toLowerCase() === String(cell.tab).toLowerCase(),
    );
  const isNewIn = (tab, row) => changed.some((cell) => cell.isNew && cell.tab === tab && cell.row === row);
  const planned = new Map();
  for (const cell of plan) {
    const tab = tabOf(cell);
    const entry = name(tab, {
      isNew: cell.row === null || isNewIn(tab, cell.row),
      row: cell.row,
      key: String(cell.initiative_key).split(' ')[0],
      column: cell.column,
    });
    planned.set(entry, [...(planned.get(entry) ?? []), cell]);
  }
  for (const change of changed) {
    const { tab, row, column, before, after } = change;
    const entry = name(tab, change);
    const promised = planned.get(entry) ?? [];
    const agreeing = promised.findIndex(
      (cell) => (saysSame(cell.after, after) && saysSame(cell.before, before)) || isLater(column, cell.after, after),
    );
    if (promised.length === 0)
      differ({ tab, row, column, expected: `planned ${print(before)} -> ${print(after)}`, actual: 'not planned' });
    else if (agreeing < 0)
      differ({
        tab,
        row,
        column,
        expected: `${print(before)} -> ${print(after)}`,
        actual: `planned ${promised.map((cell) => `${JSON.stringify(cell.before)} -> ${JSON.stringify(cell.after)}`).join(' or ')}`,
      });
    promised.splice(Math.max(agreeing, 0), 1);
  }
  for (const cell of [...planned.values()].flat()) {
    if (cell.column === 'Updated At') continue; // which of two runs within a second wrote the time, no cell tells
    if (!blankOrSame(cell.before, cell.after))
      differ({
        tab: tabOf(cell),
        row: cell.row,
        column: cell.column,
        expected: 'not changed',
        actual: `planned ${JSON.stringify(cell.before)} -> ${JSON.stringify(cell.after)}`,
      });
  }
}

const plainly = (planned) => planned ?? '';
const saysSame = (planned, cell) =>
  plainly(planned) === cell.v || (cell.f !== undefined && planned === cell.f) || (cell.e !== undefined && planned === cell.e);
const blankOrSame = (a, b) => plainly(a) === plainly(b);
/** The dry run cannot know the very instant of the run's commit. */
const isLater = (column, planned, cell) => column === 'Updated At' && /Z$/.test(String(planned)) && /Z$/.test(String(cell.v));

/**
 * Plays the steps from empty sheets with these headers. Answers {violations, at: index of the step, runs, cells, ambiguous}:
 * the sequence ends at the first violation that is not tolerated, or where the specification leaves open what must be.
 */
export async function play(world, { headers, steps }, isTolerated = () => false) {
  const player = new Player(world, isTolerated);
  await player.begin(headers);
  for (const [at, step] of steps.entries()) {
    let violations;
    try {
      violations = await player.play(step);
    } catch (error) {
      if (!(error instanceof Ambiguous)) throw Object.assign(error, { at, step });
      return { violations: [], at, runs: player.runs, cells: player.cells, ambiguous: error.message };
    }
    if (violations.length > 0) return { violations, at, runs: player.runs, cells: player.cells };
  }
  return { violations: [], at: steps.length, runs: player.runs, cells: player.cells };
}
