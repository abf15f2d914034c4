// Who changed which cell when: after every change the workbook is looked at whole, and what is different is written down with
// its author. Rows are told apart by their tags, so that a sort, an insertion or a deletion is no change of a cell.

import { ROW_TAG, TABS, tabsOf, textOf } from './oracle/workbooks.mjs';

const FIELDS = 'sheets(properties(sheetId,title),data(rowData(values(userEnteredValue,effectiveValue))))';
const KEPT_CALLS = 20_000;
const KEPT_BODY_CHARS = 20_000;

function cellOf(data) {
  const entered = data?.userEnteredValue;
  if (entered === undefined) return '';
  const plain = (value) => value?.numberValue ?? value?.stringValue ?? value?.boolValue ?? '';
  return entered.formulaValue === undefined ? plain(entered) : { formula: entered.formulaValue, shown: plain(data.effectiveValue) };
}

export class Journal {
  #tags = 0;
  seq = 0;
  sheetIds = {};
  /** tab -> rows as they stand: {tag, cells: {header: value}}; a row without any content is undefined. */
  tabs = Object.fromEntries(Object.keys(TABS).map((name) => [name, []]));
  /** tab -> tag -> {born: {seq, actor}, died?, copyOf?, cells: {header: [{seq, actor, value, look?}]}}: all rows there ever were. */
  histories = Object.fromEntries(Object.keys(TABS).map((name) => [name, new Map()]));
  /** `tab!header` -> seq of the last look at that column that reached the service. */
  looks = {};
  calls = [];
  /** Changes that nobody is entitled to, whatever becomes of them. */
  trespasses = [];

  constructor(google) {
    this.google = google;
  }

  newTag() {
    this.#tags += 1;
    return `t${this.#tags}`;
  }

  note(entry) {
    this.calls.push({ seq: this.seq, at: new Date().toISOString(), ...entry, ...(entry.body && { body: entry.body.slice(0, KEPT_BODY_CHARS) }) });
    if (this.calls.length > KEPT_CALLS) this.calls.splice(0, KEPT_CALLS / 4);
  }

  /**
   * Brings the journal up to date with a workbook; what is different is `actor`'s doing. Inside `google.exclusive`.
   * `details.written`: sheet id -> [{row, column}] (0-based, afterwards): cells that were written, also with what they held.
   */
  async observe(workbook, actor, details = {}) {
    const rowsByTab = await this.#read(workbook);
    for (const { name } of tabsOf(workbook)) {
      const rows = await this.#tagRows(workbook, name, rowsByTab[name]);
      for (const { row, column } of details.written?.[this.sheetIds[name]] ?? []) {
        const there = rows[row - 1];
        if (there) (there.written ??= new Set()).add(TABS[name].headers[column]);
      }
      this.#compare(TABS[name], rows, actor, details);
      this.tabs[name] = rows;
    }
  }

  async #read(workbook) {
    const { sheets } = await this.google.call('GET', `/v4/spreadsheets/${this.google.ids[workbook]}?fields=${encodeURIComponent(FIELDS)}`);
    return Object.fromEntries(sheets.map(({ properties, data }) => {
      this.sheetIds[properties.title] = properties.sheetId;
      const [header, ...rows] = (data?.[0]?.rowData ?? []).map(({ values = [] }) => values.map(cellOf));
      const { headers } = TABS[properties.title];
      if (headers.some((name, column) => header?.[column] !== name)) {
        this.trespasses.push({ kind: 'header changed', tab: properties.title, seq: this.seq, message: JSON.stringify(header) });
      }
      return [properties.title, rows.map((cells) => {
        const row = Object.fromEntries(headers.map((name, column) => [name, cells[column] ?? '']));
        return Object.values(row).every((value) => value === '') ? undefined : { tag: row[ROW_TAG], cells: row };
      })];
    }));
  }

  /** Rows that the service added get a tag at once. */
  async #tagRows(workbook, name, rows) {
    const untagged = rows.map((row, index) => ({ row, index })).filter(({ row }) => row && row.tag === '');
    if (untagged.length === 0) return rows;
    const column = TABS[name].headers.indexOf(ROW_TAG);
    const data = untagged.map(({ row, index }) => {
      row.tag = this.newTag();
      row.cells[ROW_TAG] = row.tag;
      return { range: `${name}!${letter(column)}${index + 2}`, values: [[row.tag]] };
    });
    await this.google.call('POST', `/v4/spreadsheets/${this.google.ids[workbook]}/values:batchUpdate`, { valueInputOption: 'RAW', data });
    return rows;
  }

  #compare(tab, rows, actor, details) {
    const histories = this.histories[tab.name];
    const seen = new Set();
    for (const row of rows) {
      if (row === undefined) continue;
      if (seen.has(row.tag)) this.trespasses.push({ kind: 'row tag doubled', tab: tab.name, tag: row.tag, seq: this.seq, message: actor });
      seen.add(row.tag);
      if (!histories.has(row.tag)) histories.set(row.tag, { born: { seq: this.seq, actor }, copyOf: details.copyOf, cells: {} });
      const history = histories.get(row.tag);
      for (const header of tab.headers) this.#compareCell(tab, row, header, history, actor);
      if (history.born.seq === this.seq && details.copyOf !== undefined) this.#markCopied(history, histories.get(details.copyOf));
    }
    for (const [tag, history] of histories) {
      if (history.died || seen.has(tag)) continue;
      history.died = { seq: this.seq, actor };
      if (actor !== 'service') this.#forgiveTrespasses(tab, (each) => each.tag === tag);
      if (['service', 'Google'].includes(actor)) this.trespasses.push({ kind: `row removed by the ${actor}`, tab: tab.name, tag, seq: this.seq,
        message: '' });
    }
  }

  /** Who copies a row copies what the service wrote there, too: that is nobody's typing. */
  #markCopied(copy, origin) {
    for (const [header, [first]] of Object.entries(copy.cells)) {
      const held = origin?.cells[header]?.findLast(({ seq }) => seq < this.seq);
      if (held?.actor === 'service' && textOf(held.value) === textOf(first.value)) first.isCopied = true;
    }
  }

  #compareCell(tab, row, header, history, actor) {
    const events = history.cells[header] ?? [];
    const value = row.cells[header];
    const before = events.length === 0 ? '' : events.at(-1).value;
    if (textOf(before) === textOf(value) && !(typeof before === 'boolean' && before !== value)) {
      // What a person typed there was written over, too, though nobody can see it.
      if (row.written?.has(header) && events.length > 0) {
        history.cells[header] = [...events, { seq: this.seq, actor, value, again: true, look: this.looks[`${tab.name}!${header}`] ?? 0 }];
      }
      return;
    }
    history.cells[header] = [...events, { seq: this.seq, actor, value,
      ...(actor === 'service' && { look: this.looks[`${tab.name}!${header}`] ?? 0 }) }];
    const owner = tab.columns[header];
    if (actor === 'Google') {
      this.trespasses.push({ kind: 'Google forgot a change when it was killed', tab: tab.name, tag: row.tag, header, seq: this.seq,
        message: `${textOf(before)} became ${textOf(value)}` });
    }
    const forbidden = owner.startsWith('own') || (tab.kind === 'intake' && owner !== 'key' && owner !== 'tag');
    if (actor !== 'service') this.#forgiveTrespasses(tab, (each) => each.tag === row.tag && each.header === header);
    if (actor !== 'service' || !forbidden) return;
    // Where columns moved while it wrote, what it puts right at once was no trespass.
    const open = this.trespasses.findIndex((each) => each.tab === tab.name && each.tag === row.tag && each.header === header && 'held' in each);
    if (open >= 0 && this.trespasses[open].held.includes(textOf(value))) {
      this.trespasses.splice(open, 1);
    } else if (open < 0 || this.trespasses[open].isOver) {
      this.trespasses.push({ kind: 'a cell outside the registry or of a team was written', tab: tab.name, tag: row.tag, header, seq: this.seq,
        held: this.#heldSince(events, this.looks[`${tab.name}!${header}`] ?? 0), message: `${textOf(before)} became ${textOf(value)}` });
    }
  }

  /** What landed in a cell that a person then typed over, or in a row that a person then deleted, is theirs: nothing is left to put right. */
  #forgiveTrespasses(tab, isOver) {
    for (const each of this.trespasses) if ('held' in each && each.tab === tab.name && isOver(each)) each.isOver = true;
  }

  /** What a cell held when it was looked at last and since: what a person typed in between may be lost (sync.md). */
  #heldSince(events, look) {
    const then = events.findLast(({ seq }) => seq <= look);
    return [then?.value ?? '', ...events.filter(({ seq }) => seq > look).map(({ value }) => value)].map(textOf);
  }

  /**
   * A person acts on a tab: `plan(rows, sheetId)` looks at the rows and gives the requests of one batchUpdate, or undefined.
   * `copyOf` of the plan's answer names the row that a new one was copied from, `headers` are the columns as they stand afterwards.
   */
  person(who, what, tabName, plan) {
    return this.google.exclusive(async () => {
      const { workbook } = TABS[tabName];
      const planned = plan(this.tabs[tabName], this.sheetIds[tabName]);
      if (planned === undefined) return false;
      this.seq += 1;
      const { requests, values, copyOf, said, headers } = planned;
      const id = this.google.ids[workbook];
      if (requests) await this.google.call('POST', `/v4/spreadsheets/${id}:batchUpdate`, { requests });
      if (headers) TABS[tabName].headers.splice(0, headers.length, ...headers);
      if (values) {
        const { range, value, input } = values;
        await this.google.call('PUT', `/v4/spreadsheets/${id}/values/${encodeURIComponent(range)}?valueInputOption=${input}`, { values: [[value]] });
      }
      this.note({ who, what, tab: tabName, said });
      await this.observe(workbook, who, { copyOf });
      return true;
    });
  }
}

export function letter(column) {
  return column < 26 ? String.fromCharCode(65 + column) : String.fromCharCode(64 + Math.floor(column / 26)) + String.fromCharCode(65 + (column % 26));
}
