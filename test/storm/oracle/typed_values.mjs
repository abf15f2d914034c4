// Which values people typed for which initiative and field, anywhere and at any time; and who belongs to whom.
// An initiative is known by its Current Pain, which stands in intake only and is typed once for each wish.

import { fieldOf, INTAKE_TABS, shownOf, TABS, textOf } from './workbooks.mjs';

const ALWAYS_ENTITLED = { status: ['new'], strategic_priority_coefficient: [1] };

export class TypedValues {
  #groups = new Map(); // intake tag -> the tag that it was copied from, at the end of the chain
  #writers = new Map(); // Current Pain -> group
  #keysOfGroup = new Map();
  #typed = new Map(); // key, field -> text -> [{tab, tag, seq, who}]
  #anywhere = new Map(); // text -> [{tab, tag, header, seq, who}]
  #keyOfRow = new Map();
  #tabsTypedOn = new Map(); // key, field -> tabs
  #listed = new Set(); // tab/key of every row so far

  constructor(histories, database) {
    for (const tab of INTAKE_TABS) {
      for (const [tag, { copyOf }] of histories[tab]) this.#groups.set(tag, copyOf === undefined ? tag : this.groupOf(copyOf));
    }
    this.#readPains(histories, database);
    for (const [name, rows] of Object.entries(histories)) {
      for (const [tag, history] of rows) this.#readRow(TABS[name], tag, history);
    }
  }

  groupOf(tag) {
    return this.#groups.get(tag) ?? tag;
  }

  #readPains(histories, database) {
    for (const tab of INTAKE_TABS) {
      for (const [tag, { cells }] of histories[tab]) {
        for (const { value } of cells['Current Pain'] ?? []) {
          if (!this.#writers.has(textOf(value))) this.#writers.set(textOf(value), this.groupOf(tag));
        }
      }
    }
    for (const [key, stored] of database) {
      const group = this.groupOfPain(stored.current_pain);
      if (group !== undefined) this.#keysOfGroup.set(group, [...(this.#keysOfGroup.get(group) ?? []), key]);
    }
  }

  groupOfPain(pain) {
    return this.#writers.get(textOf(pain));
  }

  keysOfGroup(group) {
    return this.#keysOfGroup.get(group) ?? [];
  }

  /** The keys that a row may stand for: of an intake row what became of it, elsewhere the key that it was born with. */
  keysOf(tab, tag) {
    return TABS[tab].kind === 'intake' ? this.keysOfGroup(this.groupOf(tag)) : [this.#keyOfRow.get(`${tab}/${tag}`)].filter((key) => key);
  }

  #readRow(tab, tag, { cells, born }) {
    if (tab.kind !== 'intake') this.#keyOfRow.set(`${tab.name}/${tag}`, cells[tab.key]?.[0].value);
    this.#readBlanks(tab, tag, { cells, born });
    for (const [header, events] of Object.entries(cells)) {
      if (!/^(team|pm|own) /.test(tab.columns[header])) continue;
      for (const { seq, actor, value } of events) {
        if (actor !== 'service') this.#note(tab, tag, header, { seq, who: actor, value });
      }
    }
  }

  /** A row that a PM lists anew says with its blank cells what a PM says who clears the cells of the first. */
  #readBlanks(tab, tag, { cells, born }) {
    if (tab.kind === 'intake') return;
    const place = `${tab.name}/${this.#keyOfRow.get(`${tab.name}/${tag}`)}`;
    if (this.#listed.has(place) && born.actor !== 'service') {
      const blank = tab.headers.filter((header) => tab.columns[header].startsWith('pm ') && cells[header]?.[0].seq !== born.seq);
      for (const header of blank) this.#note(tab, tag, header, { seq: born.seq, who: born.actor, value: '' });
    }
    this.#listed.add(place);
  }

  #note(tab, tag, header, { seq, who, value }) {
    // A title on Scoring_Inputs is never saved (sheets.md).
    const field = tab.columns[header] === 'pm title' ? 'title on Scoring_Inputs' : fieldOf(header);
    for (const key of this.keysOf(tab.name, tag)) {
      const name = `${key} ${field}`;
      this.#tabsTypedOn.set(name, (this.#tabsTypedOn.get(name) ?? new Set()).add(tab.name));
    }
    for (const text of new Set([textOf(value), textOf(shownOf(value))])) {
      const entry = { tab: tab.name, tag, header, seq, who };
      push(this.#anywhere, text, entry);
      for (const key of this.keysOf(tab.name, tag)) push(this.#typed, `${key} ${field} ${text}`, entry);
    }
  }

  /** Whether a PM ever typed this field of this initiative, whatever it was. */
  wasTypedByPm(key, field) {
    return [...(this.#tabsTypedOn.get(`${key} ${field}`) ?? [])].some((tab) => TABS[tab].kind !== 'intake');
  }

  /** Who typed this value for this initiative's field: [{tab, tag, header, seq, who}]. */
  typedFor(key, field, value) {
    return this.#typed.get(`${key} ${field} ${textOf(value)}`) ?? [];
  }

  whoeverTyped(value) {
    return this.#anywhere.get(textOf(value)) ?? [];
  }

  /** Whether the system may hold and show this value for this initiative. */
  isEntitled(key, field, value) {
    return textOf(value) === '' || (ALWAYS_ENTITLED[field] ?? []).some((each) => textOf(each) === textOf(value)) || this.typedFor(key, field,
      value).length > 0;
  }
}

function push(map, key, entry) {
  if (!map.has(key)) map.set(key, []);
  map.get(key).push(entry);
}
