// One storm: people, clicks, faults and kills for a while, then a quiet moment in which the oracle judges, again and again.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { Clicks, keysOn } from './clicks.mjs';
import { FaultProxy } from './fault_proxy.mjs';
import { Google } from './google.mjs';
import { Journal } from './journal.mjs';
import { KilledService } from './killed_service.mjs';
import { judge, newMemory } from './oracle/judge.mjs';
import { People } from './people.mjs';
import { SeededRandom } from './seeded_random.mjs';
import { configuration, WORKBOOKS } from './oracle/workbooks.mjs';

const SHORTEST_LIFE_MS = 5;
const LONGEST_LIVES_MS = [600, 2000, 5000];
const MEDDLING = ['sort', 'insertBlank', 'remove', 'type', 'clear', 'copy', 'add', 'fill', 'moveColumn'];
const STRONG_EVERY = 3;
const CHANCES = { fault: [0.05, 0.15, 0.3], meddle: [0.3, 0.7], googleKill: [0, 0.01, 0.03], serviceKill: [0, 0.1, 0.25] };
const UNDER_CHANCE = 0.5;
const GOOGLE_KILL_CHANCE = 0.1;

export class Storm {
  #lastDeath = Promise.resolve();

  /**
   * `until({elapsed, kills, rows})` says when it is enough;
   * each time between two quiet moments draws one of each of `chances` and `longestLives` (ms).
   */
  constructor({ folder, seed, until, initiatives, quietEvery = 6000, chances = CHANCES, longestLives = LONGEST_LIVES_MS, goOn = false,
    without = [], say = () => {} }) {
    Object.assign(this, { folder, until, quietEvery, chances, longestLives, goOn, say });
    const random = (number) => new SeededRandom(seed * 31 + number);
    this.google = new Google(folder);
    this.journal = new Journal(this.google);
    this.proxy = new FaultProxy(this.google, this.journal, random(1));
    this.people = new People(this.journal, random(2), initiatives, without);
    this.random = random(3);
    this.clickRandom = random(4);
    this.memory = newMemory();
    this.found = new Map();
    this.tolerated = new Map();
    this.lost = new Map();
    this.sums = { quiet: 0, strong: 0, cells: 0, scores: 0, identities: 0 };
  }

  async start() {
    mkdirSync(path.join(this.folder, 'google'), { recursive: true });
    await this.google.start();
    await this.google.createWorkbooks();
    await this.proxy.start();
    const account = path.join(this.folder, 'service_account_of_storm.json');
    this.google.writeCredentials(account, `${this.proxy.url}/token`);
    const config = path.join(this.folder, 'config.toml');
    writeFileSync(config, configuration(this.proxy.url, account, this.google.ids));
    await this.google.exclusive(async () => {
      for (const workbook of WORKBOOKS) await this.journal.observe(workbook, 'storm');
    });
    this.service = new KilledService(config);
    await this.service.start();
    const { body } = await this.service.request('GET', '/actions');
    const actions = new Set(body.actions.map(({ action, name }) => action ?? name));
    this.clicks = new Clicks(this.service, this.google, this.journal, this.clickRandom, actions);
    this.proxy.kill = () => this.#killService();
    this.proxy.meddle = async ({ workbook, body }) => {
      if (workbook === undefined || this.calm) return;
      for (let acts = this.random.between(1, 3); acts > 0; acts -= 1) {
        await (this.random.chance(UNDER_CHANCE) ? this.people.typeUnder(workbook, body) : this.people.act(workbook, MEDDLING));
      }
    };
  }

  async stop() {
    await this.service?.stop().catch(() => {});
    this.proxy.stop();
    await this.google.stop();
  }

  /** Blows until it is enough or, without `goOn`, something is wrong. */
  async blow() {
    const began = Date.now();
    const enough = () => this.until({ elapsed: (Date.now() - began) / 1000, kills: this.service.kills, rows: this.people.rowsMoved });
    while (!enough() && (this.goOn || this.found.size === 0)) {
      await this.#rage();
      const isLast = enough();
      this.sums.quiet += 1;
      await this.#judge(isLast || this.sums.quiet % STRONG_EVERY === 0, isLast);
    }
  }

  /** Everybody at once, for some seconds. */
  async #rage() {
    const ends = Date.now() + this.quietEvery;
    const over = () => Date.now() > ends;
    this.calm = false;
    this.proxy.chances = Object.fromEntries(Object.entries(this.chances).map(([name, values]) => [name, this.random.pick(values)]));
    const longestLife = this.random.pick(this.longestLives);
    const keep = async (longestPauseMs, act) => {
      while (!over()) {
        await act();
        await pause(this.random.between(1, longestPauseMs));
      }
    };
    await Promise.all([
      ...[1, 2, 3, 4].map(() => keep(40, () => this.people.act())),
      keep(80, () => this.clicks.act()),
      keep(longestLife, () => this.#kill()),
    ]);
    this.calm = true;
    this.proxy.calm();
    await this.clicks.allEnded();
  }

  async #kill() {
    if (this.random.chance(GOOGLE_KILL_CHANCE)) await this.#killGoogle();
    await pause(this.random.between(SHORTEST_LIFE_MS, SHORTEST_LIFE_MS * 20));
    await this.#killService();
  }

  /** One death after the other. */
  #killService() {
    const reborn = this.#lastDeath.then(async () => {
      await this.service.kill();
      this.journal.note({ who: 'storm', what: 'the service was killed' });
      await this.service.start();
    });
    this.#lastDeath = reborn;
    return reborn;
  }

  /** Between two calls: whatever Google had answered holds. */
  #killGoogle() {
    return this.google.exclusive(async () => {
      await this.google.restart();
      for (const workbook of WORKBOOKS) await this.journal.observe(workbook, 'Google');
    });
  }

  async #judge(isStrong, isLast) {
    const quiet = [await this.clicks.done('pm.backlog_sync')];
    const models = keysOn(this.journal, 'MathModels');
    if (models.length > 0) quiet.push(await this.clicks.done('pm.save_selected', 'MathModels', [models[0]]));
    const strong = isStrong ? await this.#bringTogether(quiet) : undefined;
    const world = {
      ...this.journal, database: await this.#database(), runs: this.clicks.runs, broken: this.clicks.broken, quiet: quiet.filter(Boolean),
        memory: this.memory,
      ...(strong?.backlog?.run?.result && strong.scoring?.run?.result && { strong }), ...(isLast && { ledger: await this.#ledger(), requests: this.clicks.requests }),
    };
    const { violations, tolerated, cells, scores, identities, lost } = judge(world);
    Object.assign(this.sums, { strong: this.sums.strong + (isStrong ? 1 : 0), cells: this.sums.cells + cells, scores: this.sums.scores + scores,
      identities: this.sums.identities + identities });
    for (const each of violations) remember(this.found, each);
    for (const each of tolerated) remember(this.tolerated, each);
    for (const each of lost) this.lost.set(`${each.tab}/${each.tag}/${each.header}/${each.typing.seq}`, each);
    const figures = `${this.service.kills} kills, ${this.journal.seq} events, ${this.clicks.runs.length} runs, ${this.found.size} violations`;
    this.say(`quiet moment ${this.sums.quiet}${isStrong ? ', all saved and scored' : ''}: ${figures}`);
  }

  /** Saves and scores everything, publishes it, and does it again; then a job that ran a moment ago finds nothing to write. */
  async #bringTogether(quiet) {
    const strong = {};
    const all = async (ask) => {
      const backlogKeys = keysOn(this.journal, 'Backlog');
      const scoringKeys = keysOn(this.journal, 'Scoring_Inputs');
      if (backlogKeys.length > 0) quiet.push((strong.backlog = await ask('pm.save_selected', 'Backlog', backlogKeys)));
      if (scoringKeys.length > 0) quiet.push((strong.scoring = await ask('pm.score_selected', 'Scoring_Inputs', scoringKeys)));
      quiet.push(await ask('flow1.backlog_sync'));
    };
    await all((...job) => this.#dryAndReal(...job));
    await all((...job) => this.clicks.done(...job));
    for (const again of ['pm.backlog_sync', 'flow1.backlog_sync']) {
      // What another job said last of a row, this one may say in its own words (sync.md: Last Run Status).
      quiet.push(await this.clicks.done(again));
      const before = this.proxy.writes;
      const entry = await this.clicks.done(again);
      quiet.push(entry);
      if (this.proxy.writes !== before) remember(this.found, { kind: 'a second run with nothing new wrote', message: `${entry.runId} ${again}`,
        call: this.journal.calls.at(-1) });
    }
    return strong;
  }

  /** A dry run writes nothing and promises what the run then does (sync.md). */
  async #dryAndReal(action, tab, keys) {
    const writes = this.proxy.writes;
    const dry = await this.clicks.done(action, tab, keys, { dry_run: true });
    const wrote = this.proxy.writes !== writes;
    const real = await this.clicks.done(action, tab, keys);
    const promise = difference(dry?.run, real?.run);
    if (wrote) remember(this.found, { kind: 'a dry run wrote', message: `${dry.runId} ${action}` });
    if (promise) remember(this.found, { kind: 'a dry run promised something else',
      message: `${dry.runId}, ${real.runId} ${action} ${tab ?? ''}: ${promise}` });
    return real;
  }

  async #database() {
    const initiatives = await this.#pages('/initiatives', 'initiatives');
    const stored = new Map();
    for (const { initiative_key: key } of initiatives) {
      const { body } = await this.service.request('GET', `/initiatives/${key}`);
      stored.set(key, body);
    }
    return stored;
  }

  #ledger() {
    return this.#pages('/actions/runs', 'runs');
  }

  async #pages(target, member) {
    const all = [];
    for (let cursor = ''; cursor !== null;) {
      const { body } = await this.service.request('GET', `${target}?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      all.push(...body[member]);
      cursor = body.next_cursor ?? null;
    }
    return all;
  }
}

/** What two results count or say otherwise, as text; undefined where nothing. */
function difference(dry, real) {
  const figures = (run) => Object.fromEntries(Object.entries(run?.result?.raw ?? {}).filter(([, value]) => typeof value === 'number'));
  const rows = (run) => (run?.result?.raw?.rows ?? []).map(({ initiative_key: key, status, message }) => `${key} ${status} ${message}`);
  const spoken = new Set(rows(real));
  const promised = new Set(rows(dry));
  const parts = {
    summary: [dry?.result?.summary, real?.result?.summary], figures: [figures(dry), figures(real)],
    rows: [[...promised].filter((row) => !spoken.has(row)), [...spoken].filter((row) => !promised.has(row))],
  };
  const different = Object.entries(parts).filter(([, [one, other]]) => JSON.stringify(one) !== JSON.stringify(other));
  return different.length === 0 ? undefined : JSON.stringify(Object.fromEntries(different));
}

function remember(found, violation) {
  const { kind, tab, tag, header, key, message } = violation;
  const name = [kind, tab, tag, header, key, tab ? '' : message].join('|');
  if (!found.has(name)) found.set(name, violation);
}
