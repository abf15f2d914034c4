// Teams that add and change ideas, PMs who type into the backlog and PMs who score, while the service dies and comes back.

import assert from 'node:assert/strict';

export const INTAKE_HEADERS = [
  'Title', 'Initiative Key', 'Requesting Team', 'Requester Email', 'Country', 'Problem Statement', 'Strategic Theme',
];
export const BACKLOG_HEADERS = [
  'Initiative Key', 'Title', 'Requesting Team', 'Requester Email', 'Country', 'Problem Statement', 'Strategic Theme',
  'Hypothesis', 'Status', 'PM Notes', 'Last Run Status', 'Updated At', 'Updated Source',
];
export const SCORING_HEADERS = [
  'Initiative Key', 'Title', 'Active Scoring Framework',
  'RICE: Reach', 'RICE: Impact', 'RICE: Confidence', 'RICE: Effort', 'RICE: Overall Score',
  'WSJF: Business Value', 'WSJF: Time Criticality', 'WSJF: Risk Reduction', 'WSJF: Job Size', 'WSJF: Overall Score',
  'Active: Overall Score', 'Status', 'Updated At', 'Updated Source',
];
export const MATH_MODEL_HEADERS = ['initiative_key', 'formula_text', 'approved_by_user', 'Status'];
export const PARAM_HEADERS = ['initiative_key', 'framework', 'param_name', 'value', 'approved', 'Status'];
// Teams change the one, PMs type into the others: a sheet has no way to write a cell only if nobody has
// touched it since it was read, so a cell that both type into at the same instant can go either way.
const TEAM_COLUMN = 'Problem Statement';
const PM_COLUMNS = ['Strategic Theme', 'Hypothesis', 'PM Notes'];

/**
 * Adds rows with titles of their own, alike but for the title, and changes what was typed before. With a chance
 * of `sortChance` it sorts a whole tab instead.
 */
export class Team {
  constructor(sheets, random, maxRows, sortChance) {
    Object.assign(this, { sheets, random, maxRows, sortChance });
    this.rows = []; // { sheet, cells }: what people typed, by order of adding
  }

  async act() {
    if (this.random.chance(this.sortChance)) {
      await this.random.pick(this.sheets).sort('Title', this.random.pick(['ASCENDING', 'DESCENDING']));
    } else if (this.rows.length < this.maxRows && (this.rows.length === 0 || this.random.chance(0.8))) {
      await this.add();
    } else {
      await this.change();
    }
  }

  async add() {
    const number = this.rows.length + 1;
    const sheet = this.random.pick(this.sheets);
    const team = this.random.pick(['CRM', 'Payments', 'Stores']);
    const cells = {
      Title: `Idea ${number}`,
      'Requesting Team': team,
      'Requester Email': `${team.toLowerCase()}@example.com`,
      Country: this.random.pick(['Germany', 'Japan', 'Poland']),
      'Problem Statement': `Problem of idea ${number}`,
      'Strategic Theme': 'as the team sees it',
    };
    await sheet.append(cells);
    this.rows.push({ sheet, cells });
  }

  async change() {
    const entry = this.random.pick(this.rows);
    const row = (await entry.sheet.rows()).find((candidate) => candidate.Title === entry.cells.Title);
    const text = `${entry.cells.Title}, told again ${this.random.between(1, 1e6)}`;
    await entry.sheet.write(row.row, { [TEAM_COLUMN]: text });
    entry.cells[TEAM_COLUMN] = text;
  }
}

/** Types into cells of rows that have reached the backlog. */
export class ProductManager {
  constructor(backlog, random) {
    this.backlog = backlog;
    this.random = random;
    this.typed = new Map(); // key -> { column: text }
  }

  /** The keys in the backlog now. */
  async keys() {
    return (await this.backlog.rows()).map((row) => row['Initiative Key']).filter((key) => key !== '');
  }

  async act() {
    const rows = (await this.backlog.rows()).filter((row) => row['Initiative Key'] !== '');
    if (rows.length === 0) return;
    const row = this.random.pick(rows);
    const column = this.random.pick(PM_COLUMNS);
    const text = `PM's words ${this.random.between(1, 1e9)}`;
    await this.backlog.write(row.row, { [column]: text });
    const key = row['Initiative Key'];
    this.typed.set(key, { ...this.typed.get(key), [column]: text });
  }
}

const JOB_SIZES = [1, 2, 3, 5, 8, 13, 20];

/** The scores of inputs by header; '' where an input is missing. */
export function scoresOf(cells) {
  const inputs = (framework, names) => names.map((name) => cells[`${framework}: ${name}`]);
  const rice = inputs('RICE', ['Reach', 'Impact', 'Confidence', 'Effort']);
  const wsjf = inputs('WSJF', ['Business Value', 'Time Criticality', 'Risk Reduction', 'Job Size']);
  const isWhole = (numbers) => numbers.every((number) => number !== undefined);
  return {
    RICE: isWhole(rice) ? (rice[0] * rice[1] * rice[2]) / rice[3] : '',
    WSJF: isWhole(wsjf) ? (wsjf[0] + wsjf[1] + wsjf[2]) / wsjf[3] : '',
  };
}

/** Lists initiatives of the backlog on Scoring_Inputs, types inputs and choices, and sorts the tab now and then. */
export class Scorer {
  constructor(scoring, pm, random) {
    Object.assign(this, { scoring, pm, random });
    this.typed = new Map(); // key -> { column: value }
  }

  /** Initiatives whose chosen framework has all its inputs. */
  switchable() {
    return [...this.typed].filter(([, cells]) => (scoresOf(cells)[cells['Active Scoring Framework']] ?? '') !== '').map(([key]) => key);
  }

  async act() {
    if (this.typed.size === 0 || this.random.chance(0.3)) return this.#list();
    if (this.random.chance(0.1)) return this.scoring.sort('Initiative Key', this.random.pick(['ASCENDING', 'DESCENDING']));
    return this.#type();
  }

  async #list() {
    const unlisted = (await this.pm.keys()).filter((key) => !this.typed.has(key));
    if (unlisted.length === 0) return;
    const key = this.random.pick(unlisted);
    await this.scoring.append({ 'Initiative Key': key });
    this.typed.set(key, {});
  }

  async #type() {
    const key = this.random.pick([...this.typed.keys()]);
    const row = (await this.scoring.rows()).find((candidate) => candidate['Initiative Key'] === key);
    assert.ok(row, `${key} stands on ${this.scoring.tab}`);
    const cells = this.random.pick([this.#rice(), this.#wsjf(), { 'Active Scoring Framework': this.random.pick(['RICE', 'WSJF']) }]);
    await this.scoring.write(row.row, cells);
    Object.assign(this.typed.get(key), cells);
  }

  #rice() {
    const inputs = {
      'RICE: Reach': this.random.between(1, 100_000), 'RICE: Impact': this.random.pick([0.25, 0.5, 1, 2, 3]),
      'RICE: Confidence': this.random.pick([0.5, 0.8, 1]),
    };
    return this.random.chance(0.2) ? inputs : { ...inputs, 'RICE: Effort': this.random.between(1, 20) };
  }

  #wsjf() {
    return Object.fromEntries(['Business Value', 'Time Criticality', 'Risk Reduction', 'Job Size']
      .map((name) => [`WSJF: ${name}`, this.random.pick(JOB_SIZES)]));
  }
}
