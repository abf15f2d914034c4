// Teams and PMs at work: they type, clear, insert, delete, sort and copy rows on every tab, through Google's REST API as
// Sheets does it for them. Each text and most numbers are typed once in a storm, so that a cell tells whose it is.

import { letter } from './journal.mjs';
import { INTAKE_TABS, ROW_TAG, TABS, tabsOf } from './oracle/workbooks.mjs';

const FRAMEWORKS = ['RICE', 'WSJF', 'MATH_MODEL'];
const IMPACTS = [0.25, 0.5, 1, 2, 3];
const PARAM_NAMES = ['alpha', 'beta'];
const KEY = /^INIT-\d{6,9}$/;
const FEWEST_ROWS_TO_COPY = 5;
const BAD_NUMBER_CHANCE = 0.03;
const FORMULA_CHANCE = 0.08;
const NAMES = { intake: ['Ada', 'Ben', 'Cem'], backlog: ['Pia', 'Quy'], scoring: ['Pia', 'Rob'], math_models: ['Mia'], params: ['Mia', 'Rob'] };

/** What people do on a kind of tab, by weight. */
const HABITS = {
  intake: { add: 5, type: 8, clear: 2, sort: 3, insertBlank: 1, remove: 1, copy: 0.5, clearKey: 0.3, moveColumn: 0.2 },
  backlog: { type: 8, clear: 2, sort: 4, insertBlank: 1, remove: 0.7, copy: 0.7, takeOver: 1, addNote: 0.5, moveColumn: 0.2 },
  scoring: { add: 4, type: 9, clear: 2, sort: 4, insertBlank: 1, remove: 0.7, copy: 0.5, fill: 4, moveColumn: 0.2 },
  math_models: { add: 3, type: 4, clear: 0.7, sort: 2, insertBlank: 0.5, remove: 0.5, fill: 3, moveColumn: 0.2 },
  params: { add: 5, type: 5, clear: 1, sort: 2, insertBlank: 0.5, remove: 0.5, copy: 0.3, fill: 3, moveColumn: 0.2 },
};

export class People {
  #numbers = 0;
  counts = new Map();
  rowsMoved = 0; // sorted, inserted, deleted or copied: what the storm calls moved rows

  /** `without`: habits that nobody has. */
  constructor(journal, random, mostInitiatives, without = []) {
    Object.assign(this, { journal, random, mostInitiatives, without });
  }

  /** One act of somebody, on a tab of `workbook` if it is named. */
  async act(workbook, habitsAllowed) {
    const tab = workbook ? this.random.pick(tabsOf(workbook)) : TABS[this.random.pick([...Object.keys(TABS), 'Backlog', 'Scoring_Inputs'])];
    const habit = this.#choose(HABITS[tab.kind], habitsAllowed);
    if (habit === undefined) return;
    const who = this.random.pick(NAMES[tab.kind]);
    const done = await this.journal.person(who, habit, tab.name, (rows, sheetId) => this.#plan(habit, { tab, rows, sheetId, who }));
    if (done) this.counts.set(habit, (this.counts.get(habit) ?? 0) + 1);
  }

  /** Somebody types into a cell that a write on its way is about to overwrite. */
  async typeUnder(workbook, body) {
    const targets = (JSON.parse(body).requests ?? []).flatMap(({ updateCells }) => (updateCells?.start ? this.#typedCells(workbook,
      updateCells) : []));
    if (targets.length === 0) return;
    const { tab, sheetId, rowIndex, header } = this.random.pick(targets);
    const who = this.random.pick(NAMES[tab.kind]);
    const done = await this.journal.person(who, 'typeUnder', tab.name, (rows) => {
      const row = rows[rowIndex - 1];
      return row && this.#enter({ tab, rows, sheetId }, rowIndex - 1, { [header]: this.#word(tab, header, row.tag, who) });
    });
    if (done) this.counts.set('typeUnder', (this.counts.get('typeUnder') ?? 0) + 1);
  }

  #typedCells(workbook, { start: { sheetId = 0, rowIndex = 0, columnIndex = 0 }, rows = [] }) {
    const tab = tabsOf(workbook).find(({ name }) => this.journal.sheetIds[name] === sheetId);
    return rows.flatMap(({ values = [] }, down) => values.map((_, right) => ({ tab, sheetId, rowIndex: rowIndex + down,
      header: tab?.headers[columnIndex + right] })))
      .filter(({ header }) => tab?.typed.includes(header));
  }

  #choose(habits, allowed) {
    const entries = Object.entries(habits).filter(([habit]) => !this.without.includes(habit)
      && (allowed === undefined || allowed.includes(habit)));
    let left = this.random.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    return entries.find(([, weight]) => (left -= weight) < 0)?.[0];
  }

  #plan(habit, place) {
    return {
      add: () => this.#add(place), addNote: () => this.#addNote(place), type: () => this.#type(place), clear: () => this.#clear(place),
      sort: () => this.#sort(place), insertBlank: () => this.#insertBlank(place), remove: () => this.#remove(place),
      copy: () => this.#copy(place), clearKey: () => this.#clearKey(place), takeOver: () => this.#takeOver(place), fill: () => this.#fill(place),
      moveColumn: () => this.#moveColumn(place),
    }[habit]();
  }

  // Rows.

  #add(place) {
    const { tab, rows } = place;
    const cells = { intake: () => this.#wish(place), scoring: () => this.#listed(place), math_models: () => this.#model(place),
      params: () => this.#param(place) }[tab.kind]();
    if (cells === undefined) return undefined;
    const last = rows.findLastIndex((row) => row !== undefined);
    return this.#insert(place, this.random.chance(0.6) ? last + 1 : this.random.between(0, last + 1), cells);
  }

  #wish({ who, tab }) {
    const wishes = INTAKE_TABS.reduce((sum, name) => sum + this.journal.tabs[name].filter(Boolean).length, 0);
    if (wishes >= this.mostInitiatives) return undefined;
    const headers = ['Title', 'Requesting Team', 'Requester Email', 'Current Pain',
      ...this.random.sample(['Country', 'Problem Statement', 'Strategic Theme', 'Risk Level', 'Effort Engineering Days'], 3)];
    const tag = this.journal.newTag();
    return { [ROW_TAG]: tag, ...Object.fromEntries(headers.map((header) => [header, this.#fresh(tab, header, tag, who)])) };
  }

  #listed({ tab, rows }) {
    const listed = new Set(rows.map((row) => row?.cells[tab.key]));
    const keys = this.journal.tabs.Backlog.map((row) => row?.cells['Initiative Key']).filter((key) => KEY.test(key) && !listed.has(key));
    return keys.length === 0 ? undefined : { [ROW_TAG]: this.journal.newTag(), [tab.key]: this.random.pick(keys) };
  }

  #keysOfScoring(rows, kept) {
    const taken = new Set(rows.map((row) => row && kept(row)));
    // A title that landed there while columns moved is put right at once; nobody begins a row with it.
    return this.journal.tabs.Scoring_Inputs.map((row) => row?.cells['Initiative Key']).filter((key) => KEY.test(key) && !taken.has(key));
  }

  #model({ tab, rows, who }) {
    const keys = this.#keysOfScoring(rows, (row) => row.cells[tab.key]);
    if (keys.length === 0) return undefined;
    const tag = this.journal.newTag();
    return { [ROW_TAG]: tag, [tab.key]: this.random.pick(keys), formula_text: this.#fresh(tab, 'formula_text', tag, who), approved_by_user: true };
  }

  #param({ tab, rows, who }) {
    const name = this.random.pick(PARAM_NAMES);
    const keys = this.#keysOfScoring(rows, (row) => row.cells.param_name === name && row.cells[tab.key]);
    if (keys.length === 0) return undefined;
    const tag = this.journal.newTag();
    return { [ROW_TAG]: tag, [tab.key]: this.random.pick(keys), framework: 'MATH_MODEL', param_name: name, value: this.#fresh(tab, 'value', tag, who),
      approved: true };
  }

  /** A row of the PM's own, without a key. */
  #addNote(place) {
    const tag = this.journal.newTag();
    const last = place.rows.findLastIndex((row) => row !== undefined);
    const header = this.random.pick(['Title', 'PM Remark', 'Hypothesis']);
    return this.#insert(place, this.random.between(0, last + 1), { [ROW_TAG]: tag, [header]: this.#fresh(place.tab, header, tag, place.who) });
  }

  #insertBlank(place) {
    const last = place.rows.findLastIndex((row) => row !== undefined);
    return last < 0 || place.rows.filter((row) => !row).length > 5 ? undefined : this.#insert(place, this.random.between(0, last));
  }

  #insert({ tab, sheetId }, index, cells) {
    const range = { sheetId, dimension: 'ROWS', startIndex: index + 1, endIndex: index + 2 };
    this.rowsMoved += 1;
    return {
      requests: [{ insertDimension: { range, inheritFromBefore: index > 0 } }, ...(cells ? this.#updates(tab, sheetId, index, cells) : [])],
        said: { index, cells },
    };
  }

  #remove({ rows, sheetId, tab }) {
    const index = this.#someRow(rows);
    if (index === undefined || rows.filter(Boolean).length < 4) return undefined;
    this.rowsMoved += 1;
    return { requests: [{ deleteDimension: { range: { sheetId, dimension: 'ROWS', startIndex: index + 1, endIndex: index + 2 } } }],
      said: { row: rows[index].tag, key: rows[index].cells[tab.key] } };
  }

  #copy({ rows, sheetId, tab, who }) {
    const from = this.#someRow(rows);
    const count = rows.filter(Boolean).length;
    if (from === undefined || count < FEWEST_ROWS_TO_COPY || (tab.kind === 'intake' && count > this.mostInitiatives)) return undefined;
    const to = this.random.between(0, rows.length);
    const tag = this.journal.newTag();
    const retitled = tab.kind === 'intake' && this.random.chance(0.7) ? { Title: this.#fresh(tab, 'Title', tag, who), 'Current Pain': this.#fresh(tab,
      'Current Pain', tag, who) } : {};
    this.rowsMoved += 1;
    return {
      requests: [
        { insertDimension: { range: { sheetId, dimension: 'ROWS', startIndex: to + 1, endIndex: to + 2 }, inheritFromBefore: to > 0 } },
        ...this.#updates(tab, sheetId, to, { ...rows[from].cells, [ROW_TAG]: tag, ...retitled }),
      ],
      copyOf: rows[from].tag, said: { from: rows[from].tag, to: tag, retitled },
    };
  }

  #sort({ rows, sheetId, tab }) {
    if (rows.filter(Boolean).length < 2) return undefined;
    const header = this.random.pick([tab.key, ROW_TAG, ...tab.typed]);
    const sortOrder = this.random.pick(['ASCENDING', 'DESCENDING']);
    this.rowsMoved += rows.filter(Boolean).length;
    return { requests: [{ sortRange: { range: { sheetId, startRowIndex: 1 },
      sortSpecs: [{ dimensionIndex: tab.headers.indexOf(header), sortOrder }] } }], said: { header, sortOrder } };
  }

  #moveColumn({ tab, sheetId }) {
    const from = this.random.between(0, tab.headers.length - 1);
    const to = this.random.between(0, tab.headers.length - 1);
    const tags = tab.headers.indexOf(ROW_TAG); // they stay: a row that lost its tag is none that the journal knows
    if (from === to || (from - tags) * (to - tags) <= 0) return undefined;
    const headers = tab.headers.toSpliced(from, 1).toSpliced(to, 0, tab.headers[from]);
    const source = { sheetId, dimension: 'COLUMNS', startIndex: from, endIndex: from + 1 };
    return { requests: [{ moveDimension: { source, destinationIndex: to > from ? to + 1 : to } }], headers, said: { header: tab.headers[from], from, to } };
  }

  // Cells.

  /** In intake people work on wishes: who types into a row where nothing but a stray key stands cannot be told from who typed the wish. */
  #someRow(rows, suits = () => true) {
    const isWish = (row) => !('Current Pain' in row.cells) || row.cells['Current Pain'] !== '';
    const indices = rows.map((row, index) => (row && isWish(row) && suits(row) ? index : -1)).filter((index) => index >= 0);
    return indices.length === 0 ? undefined : this.random.pick(indices);
  }

  #type(place) {
    const { tab, rows, who } = place;
    const index = this.#someRow(rows);
    if (index === undefined) return undefined;
    const header = this.random.pick(tab.typed);
    const value = this.#word(tab, header, rows[index].tag, who);
    return this.random.chance(0.5) ? this.#typeByValues(place, index, header, value) : this.#enter(place, index, { [header]: value });
  }

  #typeByValues({ tab, rows }, index, header, value) {
    const isFormula = typeof value === 'object';
    return {
      values: { range: `${tab.name}!${letter(tab.headers.indexOf(header))}${index + 2}`, value: isFormula ? value.formula : value,
        input: isFormula ? 'USER_ENTERED' : 'RAW' },
      said: { row: rows[index].tag, key: rows[index].cells[tab.key], [header]: value },
    };
  }

  /** Types all inputs of a framework at once, or mends what a score needs. */
  #fill(place) {
    const { tab, rows, who } = place;
    const index = this.#someRow(rows);
    if (index === undefined) return undefined;
    const prefix = this.random.pick(['RICE: ', 'WSJF: ']);
    const headers = { scoring: tab.typed.filter((header) => header.startsWith(prefix)), math_models: ['formula_text'], params: ['value'] }[tab.kind];
    const cells = Object.fromEntries(headers.map((header) => [header, this.#fresh(tab, header, rows[index].tag, who)]));
    const ticks = { scoring: this.random.chance(0.3) ? { 'Use Math Model': true } : {}, math_models: { approved_by_user: true },
      params: { approved: true } }[tab.kind];
    return this.#enter(place, index, { ...cells, ...ticks });
  }

  #clear(place) {
    const { tab, rows } = place;
    const index = this.#someRow(rows);
    if (index === undefined) return undefined;
    const kept = tab.kind === 'intake' ? ['Current Pain', ...(this.random.chance(0.8) ? ['Title'] : [])] : [];
    const headers = tab.typed.filter((header) => !kept.includes(header) && rows[index].cells[header] !== '');
    return headers.length === 0 ? undefined : this.#enter(place, index, { [this.random.pick(headers)]: '' });
  }

  #clearKey(place) {
    const index = this.#someRow(place.rows, (row) => row.cells[place.tab.key] !== '');
    return index === undefined ? undefined : this.#enter(place, index, { [place.tab.key]: '' });
  }

  /** A PM types what the team says in intake now. */
  #takeOver(place) {
    const { tab, rows } = place;
    const index = this.#someRow(rows, (row) => row.cells[tab.key] !== '');
    const wishes = INTAKE_TABS.flatMap((name) => this.journal.tabs[name]);
    const wish = index !== undefined && wishes.find((row) => row?.cells['Initiative Key'] === rows[index].cells[tab.key]);
    if (!wish) return undefined;
    const header = this.random.pick(['Title', 'Requesting Team', 'Country', 'Problem Statement', 'Strategic Theme']);
    return this.#enter(place, index, { [header]: wish.cells[header] });
  }

  #enter({ tab, rows, sheetId }, index, cells) {
    return { requests: this.#updates(tab, sheetId, index, cells), said: { row: rows[index].tag, key: rows[index].cells[tab.key], ...cells } };
  }

  #updates(tab, sheetId, index, cells) {
    return Object.entries(cells).map(([header, value]) => ({
      updateCells: {
        start: { sheetId, rowIndex: index + 1, columnIndex: tab.headers.indexOf(header) }, fields: 'userEnteredValue',
        rows: [{ values: [value === '' ? {} : { userEnteredValue: { [typeName(value)]: typeof value === 'object' ? value.formula : value } }] }],
      },
    }));
  }

  /** What somebody types: mostly something good, at times a formula or a slip. */
  #word(tab, header, tag, who) {
    const kind = tab.columns[header];
    if (/number|whole/.test(kind) && this.random.chance(BAD_NUMBER_CHANCE)) return `abc ${(this.#numbers += 1)}`;
    if (kind.startsWith('pm') && tab.kind !== 'params' && /text|whole/.test(kind) && !/formula/.test(kind) && this.random.chance(FORMULA_CHANCE)) {
      const number = (this.#numbers += 1);
      return { formula: /whole/.test(kind) ? `=${number}+1000000` : `="${header} ${tag} ${number} by formula"` };
    }
    return this.#fresh(tab, header, tag, who);
  }

  #fresh(tab, header, tag, who) {
    const number = (this.#numbers += 1);
    const [, kind] = tab.columns[header].split(/ (.*)/);
    return {
      text: () => `${who}: ${header} of ${tab.name}/${tag} #${number}`, title: () => `${who}: Title of ${tab.name}/${tag} #${number}`,
      number: () => 1 + number / 1000, whole: () => 1000 + number, impact: () => this.random.pick(IMPACTS), confidence: () => 0.1 + number / 1e6,
      framework: () => this.random.pick(FRAMEWORKS), bool: () => this.random.chance(0.6),
        status: () => this.random.pick(['new', 'new', 'new', 'withdrawn', 'new']),
      'formula text': () => `value = alpha * 3 + ${number}\neffort = beta`,
    }[kind]();
  }
}

function typeName(value) {
  return { string: 'stringValue', number: 'numberValue', boolean: 'boolValue', object: 'formulaValue' }[typeof value];
}
