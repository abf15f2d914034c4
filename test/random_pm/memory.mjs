// The oracle's own copy of what the service must remember: initiatives, bases, models, parameters, keys.

import { shown } from './cells.mjs';
import { columnOf } from './fields.mjs';

/** Thrown where the specification leaves open what must be: the sequence ends there, without a violation. */
export class Ambiguous extends Error {}

/** Thrown where what was reported leaves nothing further to judge. */
export class Violated extends Error {}

export const KEY_FORM = /^INIT-(\d{6,9})$/;
export const FAR_ABOVE = 100_000;

export class Memory {
  initiatives = new Map(); // key -> its fields as the API shows them
  scoresAt = new Map(); // key -> framework -> {score, missing, inputs}: the last computation
  bases = new Map(); // "place|key" -> field -> {sheet, db}
  lastShown = new Map(); // "place|key" -> field -> value
  models = new Map(); // key -> {formula, approved, ...}
  params = new Map(); // key -> framework and name -> {value, approved}
  titlesWritten = new Map(); // key -> Title as last written on Scoring_Inputs
  typedFirst = new Set(); // "place|key|field" of cells that said something else than the database before they had a base
  reborn = new Set(); // "place|key" of rows that were away at some job
  left = new Set(); // "backlog|key" of initiatives that moved away from there
  inBacklog = new Set(); // keys that some backlog showed
  numbers = new Set(); // numbers of keys that a job saw in a sheet, or issued
  highest = 0; // the highest number issued or adopted

  /** Bases of a row of this place; intake is one place, as rows move among its tabs. */
  base(place, key, field) {
    return this.bases.get(`${place}|${key}`)?.get(field);
  }

  hasBase(place, key) {
    return (this.bases.get(`${place}|${key}`)?.size ?? 0) > 0;
  }

  setBase(place, key, field, sheet, db) {
    this.typedFirst.delete(`${place}|${key}|${field}`);
    mapIn(this.bases, `${place}|${key}`).set(field, { sheet, db });
  }

  look(place, key, row, fields) {
    const seen = mapIn(this.lastShown, `${place}|${key}`);
    this.reborn.delete(`${place}|${key}`);
    for (const field of this.bases.get(`${place}|${key}`)?.keys() ?? [])
      if (!row.tab.has(field)) this.bases.get(`${place}|${key}`).delete(field);
    for (const field of fields) {
      const value = shown(columnOf(row.tab.kind, field).type, row.cell(field));
      seen.set(field, value);
      if (this.base(place, key, field) === undefined && ![null, false].includes(value))
        this.typedFirst.add(`${place}|${key}|${field}`);
    }
  }

  lastSeen(place, key, field) {
    return this.lastShown.get(`${place}|${key}`)?.get(field);
  }

  /** Remembers which rows with bases are not on this tab now. */
  missAbsent(tab) {
    const there = new Set(tab.rows().map((row) => row.key));
    for (const key of this.keysAt(tab.id)) if (!there.has(key)) this.reborn.add(`${tab.id}|${key}`);
  }

  /** Keys with bases at this place. */
  keysAt(place) {
    return [...this.bases.keys()].filter((name) => name.startsWith(`${place}|`)).map((name) => name.slice(place.length + 1));
  }

  see(key) {
    const number = Number(KEY_FORM.exec(key)?.[1] ?? 0);
    if (number > 0) this.numbers.add(number);
  }

  issue(key) {
    this.see(key);
    const number = Number(KEY_FORM.exec(key)[1]);
    this.highest = Math.max(this.highest, number);
  }
}

function mapIn(maps, name) {
  if (!maps.has(name)) maps.set(name, new Map());
  return maps.get(name);
}

/** intake, or the tab's own id. */
export const placeOf = (tab) => (tab.kind === 'intake' ? 'intake' : tab.id);
