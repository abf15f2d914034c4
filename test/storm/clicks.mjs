// Jobs as people click them, over HTTP: every request carries an Idempotency-Key, some answers are lost and asked for again.

import { TABS } from './oracle/workbooks.mjs';

const MOST_WAITING = 6;
const FLOWS = [
  'flow0.intake_sync', 'flow1.backlog_sync', 'flow1.full_sync', 'flow2.activate', 'flow3.sync_inputs', 'flow3.compute_all_frameworks',
  'flow3.write_scores', 'flow4.seed_params', 'flow4.sync_mathmodels', 'flow4.sync_params',
];
const JOBS = {
  'pm.backlog_sync': 8, 'pm.save_selected': 8, 'pm.score_selected': 8, 'pm.switch_framework': 4, 'pm.add_to_scoring': 2, flow: 3,
};

export class Clicks {
  #requests = 0;
  /** Every request that was acknowledged: {runId, action, tab, keys, submitted, ended, run}; `keys` undefined means all. */
  runs = [];
  /** Requests that the service answered otherwise than the contract says. */
  broken = [];
  repeated = 0;
  waiting = new Set();

  constructor(service, google, journal, random, actions) {
    Object.assign(this, { service, google, journal, random, actions });
    this.jobs = Object.entries(JOBS).filter(([action]) => action === 'flow' || actions.has(action));
  }

  async act() {
    if (this.waiting.size >= MOST_WAITING) await Promise.race(this.waiting);
    let left = this.random.next() * this.jobs.reduce((sum, [, weight]) => sum + weight, 0);
    const [job] = this.jobs.find(([, weight]) => (left -= weight) < 0);
    if (job === 'flow') return this.ask(this.random.pick(FLOWS.filter((flow) => this.actions.has(flow))), undefined, undefined, this.#options());
    if (job === 'pm.backlog_sync') return this.ask(job, undefined, undefined, this.#options());
    const tab = this.#tabOf(job);
    return this.ask(job, tab, this.#selection(tab), this.#options());
  }

  #options() {
    return this.random.chance(0.05) ? { dry_run: true } : undefined;
  }

  #tabOf(job) {
    const tabs = {
      'pm.save_selected': ['Backlog', 'Backlog', 'Scoring_Inputs', 'MathModels', 'Params'],
      'pm.score_selected': ['Scoring_Inputs', 'Scoring_Inputs', 'Scoring_Inputs', 'MathModels', 'Params'],
      'pm.switch_framework': ['Backlog', 'Scoring_Inputs'], 'pm.add_to_scoring': ['Backlog'],
    };
    return this.random.pick(tabs[job]);
  }

  #selection(tab) {
    const keys = keysOn(this.journal, tab);
    return this.random.chance(0.2) ? keys : this.random.sample(keys, this.random.between(1, 8));
  }

  /** Asks for a job and goes on; `waiting` holds it until it has ended. Resolves with its entry in `runs`. */
  async ask(action, tab, keys, options) {
    const submitted = this.journal.seq;
    const request = {
      headers: { 'Idempotency-Key': `storm-${(this.#requests += 1)}` },
      body: {
        action, scope: keys ? { type: 'selection', initiative_keys: keys } : { type: 'all' }, ...(options && { options }),
        ...(tab && { sheet_context: { spreadsheet_id: this.google.ids[TABS[tab].workbook], tab } }), requested_by: { ui: 'storm' },
      },
    };
    if (this.random.chance(0.2)) await this.service.hangUp('POST', '/actions/run', this.random.between(1, 15), request);
    const answer = await this.service.request('POST', '/actions/run', request);
    if (answer.status !== 202) {
      this.broken.push({ kind: 'a job was refused', message: `${action}: ${JSON.stringify(answer)}` });
      return undefined;
    }
    await this.#askAgain(request, answer.body.run_id);
    const entry = { runId: answer.body.run_id, action, tab, keys, options, submitted };
    this.runs.push(entry);
    const end = this.service.ended(entry.runId).then((run) => {
      entry.run = run;
      entry.ended = this.journal.seq;
    }).finally(() => this.waiting.delete(end));
    end.catch(() => {}); // who waits for it learns of it
    this.waiting.add(end);
    entry.end = end;
    return entry;
  }

  async #askAgain(request, runId) {
    if (!this.random.chance(0.1)) return;
    const { status, body } = await this.service.request('POST', '/actions/run', request);
    this.repeated += 1;
    if (status !== 202 || body.run_id !== runId || body.deduplicated !== true) {
      this.broken.push({ kind: 'asked again with one Idempotency-Key, answered with another run',
        message: `${runId}: ${status} ${JSON.stringify(body)}` });
    }
  }

  /** Asks for a job and waits for its end. */
  async done(action, tab, keys, options) {
    const entry = await this.ask(action, tab, keys, options);
    await entry?.end;
    return entry;
  }

  async allEnded() {
    while (this.waiting.size > 0) await Promise.race(this.waiting);
  }

  get requests() {
    return this.#requests;
  }
}

/** The keys that stand on a tab, each once. */
export function keysOn(journal, tab) {
  return [...new Set(journal.tabs[tab].map((row) => row?.cells[TABS[tab].key]).filter((key) => key))];
}
