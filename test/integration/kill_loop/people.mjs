// Teams that add and change ideas, and PMs who type into the backlog, while the service dies and comes back.

export const INTAKE_HEADERS = [
  'Title', 'Initiative Key', 'Requesting Team', 'Requester Email', 'Country', 'Problem Statement', 'Strategic Theme',
];
export const BACKLOG_HEADERS = [
  'Initiative Key', 'Title', 'Requesting Team', 'Requester Email', 'Country', 'Problem Statement', 'Strategic Theme',
  'Hypothesis', 'Status', 'PM Notes', 'Last Run Status', 'Updated At', 'Updated Source',
];
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
