// The page that docs/evidence.md is: words around what evidence.mjs measured.

/** Milliseconds of processor of the Python original's jobs, as measured once over HTTP with as many rows. */
const PYTHON = {
  'pm.backlog_sync, first': 3763, 'pm.backlog_sync, again': 3433, 'flow1.full_sync': 2729, 'pm.score_selected, first': 4498,
  'pm.score_selected, again': 5153, 'pm.switch_framework': 2124, 'pm.save_selected': 893,
};
const MOST_MS = 120;
const MOST_MS_AGAIN = 50;
const MOST_MEMORY = { 10_000: { peak: 250, rest: 220 }, 50_000: { peak: 1000 } };
const LEAST_RATIO = { 1: 0.6, 64: 3 };
const MOST_ENQUEUE_US = 250;
const MOST_DRAIN_RATIO = 1.5;
const MOST_EDGE_MS = 100;
const CALLS_A_MINUTE = 60;
const CALLS_A_PROJECT = 300;
const INTAKE_SHEETS = 5;

const count = (number) => Math.round(number).toLocaleString('en-US');
const table = (head, rows) => [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const verdict = (value, limit) => (value <= limit ? 'met' : '**missed**');

function stormTable(storm) {
  const told = ['kills of the service', 'kills of Google', 'faults', 'calls', 'runs', 'rows sorted, inserted, deleted, copied', 'quiet moments',
    'cells judged', 'scores judged', 'identities judged', 'typings lost between look and write', 'undecidable cells, named', 'violations'];
  return table(['', ''], [...told.map((name) => [name, storm[name]]), ['acts of people', storm['acts of people'].split(':')[0]]]);
}

function jobsTable({ jobs, yardstick }) {
  return table(['job', 'ms of processor', '× the yardstick', 'target', '', 'the Python original', 'times less'],
    Object.entries(jobs).map(([name, ms]) => {
      const limit = name === 'pm.backlog_sync, again' ? MOST_MS_AGAIN : MOST_MS;
      const python = PYTHON[name];
      return [name.replace(/^[\w.]+/, '`$&`'), count(ms), (ms / yardstick).toFixed(1), `≤ ${limit}`, verdict(ms, limit),
        python ? count(python) : '', python ? (python / ms).toFixed(0) : ''];
    }));
}

function memoryTable(memory) {
  return table(['rows', 'most, MB', 'target', '', 'at rest afterwards, MB', 'target', '', 'bytes a row at most'], memory.map(([rows, { memory: { peak, rest } }]) => {
    const limits = MOST_MEMORY[rows];
    return [count(rows), count(peak), `< ${limits.peak}`, verdict(peak, limits.peak), count(rest),
      limits.rest ? `< ${limits.rest}` : '', limits.rest ? verdict(rest, limits.rest) : '', count((peak * 2 ** 20) / rows)];
  }));
}

function enqueueTable(enqueues) {
  return table(['clients', 'enqueues ÷ (insert + fsync)', 'target', '', 'µs of processor a request', 'target', ''],
    enqueues.map(({ clients, ratio, processor }) => {
      const least = LEAST_RATIO[clients];
      return [clients, ratio.toFixed(2), least ? `≥ ${least}` : '', least ? verdict(least, ratio) : '', processor, `≤ ${MOST_ENQUEUE_US}`,
        verdict(processor, MOST_ENQUEUE_US)];
    }));
}

const edgeTable = (edge) => table(['meanwhile', 'asked', 'median, ms', '99 %, ms', 'most, ms', `target ≤ ${MOST_EDGE_MS}`],
  edge.map(({ attack, asked, median, almost, most }) => [attack, asked === 'click' ? asked : `\`${asked}\``, median, almost, most, verdict(most, MOST_EDGE_MS)]));

/** Beside each cost how much more it is than the rows are more: 1.0 is as it should be. */
const growthTable = (rows, { jobs }, more) => table(['job, ms of processor', ...more.flatMap(([many]) => [`${count(many)} rows`, '× a row'])],
  Object.entries(jobs).map(([name, ms]) => [name.replace(/^[\w.]+/, '`$&`'), ...more.flatMap(([many, measured]) =>
    [count(measured.jobs[name]), ((measured.jobs[name] / ms) * (rows / many)).toFixed(1)])]));

/** The page, from what evidence.mjs measured. */
export function pageOf({ quick, machine, commit, date, seconds, rounds, rows, columns, storm, ledger, store, formula, jobs, memory, edge }) {
  const score = jobs.jobs['pm.score_selected, again'];
  const sync = jobs.jobs['pm.backlog_sync, again'];
  const syncReads = INTAKE_SHEETS + 1;
  const five = formula.find(({ what }) => what === 'compile five lines');
  const hostile = formula.slice(4).reduce((worst, each) => (each.us > worst.us ? each : worst));
  return `# Evidence

What was tried and measured, and how far it goes. Made by \`scripts/evidence${quick ? ' --quick' : ''}\` on ${date}, commit ${commit}, on a machine
of ${machine}. It is a shared machine and others worked on it meanwhile: so times are those of the processor, not of the
clock, rates are ratios to something that was measured in the same run, and where there are several rounds the median is
told. Times of answers are of the clock, and worst. A figure that misses its target says so.

## Faults survived

${count(seconds)} seconds of the storm (\`test/storm\`): people type, sort, insert and delete, jobs are clicked, Google answers late, wrongly, twice or
not at all, service and Google are killed at any moment. In each quiet moment an oracle that knows only the specification judges every
cell, score and identity.

${stormTable(storm)}

Lost typings fell between the last look and the write, where no system over Google's API can win; what cannot be decided
is named in Status. Unit, property, interleaving and fuzz tests stand beside it. \`scripts/coverage\` tells their line
coverage of core, and fails below 90 %.

## Speed

One job over HTTP with ${count(rows)} rows of ${columns} columns, all of them selected, the emulator in Google's place as another process: ${rounds === 1 ? 'one round' : `medians of ${rounds} rounds`}. The
yardstick is a table of that size as JSON and back. The Python original was measured elsewhere, once.

${jobsTable(jobs)}

The same with more rows, and what a row costs then against what it costs with ${count(rows)} (once each):

${growthTable(rows, jobs, memory)}

A request is acknowledged once it is on the disk. Against one row, one commit, one fsync at a time on the same disk, in blocks that take
turns:

${enqueueTable(ledger.enqueues)}

To take a run from the queue and to end it costs ${ledger.drain.fewCost} µs of processor when ${count(ledger.drain.few)} wait, ${ledger.drain.manyCost} µs when ${count(ledger.drain.many)} do: a ratio of ${ledger.drain.ratio}
(target ≤ ${MOST_DRAIN_RATIO}, ${verdict(ledger.drain.ratio, MOST_DRAIN_RATIO)}). The store, with 10,000 rows of 25 fields, in ms of processor: ${store.map(([what, ms]) => `${what} ${count(ms)}`).join(', ')}. A formula of five
lines compiles in ${five.us.toFixed(0)} µs, and the worst text of 4,000 characters takes ${(hostile.us / 1000).toFixed(1)} ms (${hostile.what}).

Slow strangers hold what they can while somebody asks (\`test/edge\`):

${edgeTable(edge.directly)}

${edge.proxied.length === 0 ? 'nginx was not installed: through it nothing was measured.' : `The same through TLS and Debian's nginx as \`deploy/\` and the operator guide configure it:

${edgeTable(edge.proxied)}`}

## Memory

The service's, over all the jobs above, in one process:

${memoryTable(memory)}
${memory.some(([many]) => many === 50_000) ? '' : '\n50,000 rows were left out of this quick run (target < 1,000 MB).\n'}
## Limits

| what | limit |
| --- | --- |
| a spreadsheet | 10 million cells and 50,000 characters a cell, Google's; 50,000 rows of 33 columns are a sixth of it |
| a run | \`worker.run_timeout_seconds\` (300); a write in parts near 2 MB, so about 1,200 new rows a part |
| runs at once | \`worker.threads\` (4), on different spreadsheets; on one spreadsheet in order |
| waiting runs | \`worker.max_queued\` (1,000), then 429 |
| a selection | the size of a request, \`server.max_body_bytes\` (1 MiB): about 60,000 keys |
| a key | nine digits |

The [operator guide](operator-guide.md#limits-and-sizes) has the others.

## How far it goes, on paper

Google allows one account ${CALLS_A_MINUTE} reads and ${CALLS_A_MINUTE} writes a minute, and one project ${CALLS_A_PROJECT} of each. A job's calls do not grow with its rows, so
calls bound the clicks and rows bound processor and memory.

| | a click costs | one account, one process |
| --- | --- | --- |
| Score, Switch, Save | 1 read, 1 write | ${count(CALLS_A_MINUTE * 60)} an hour |
| See latest intake, ${INTAKE_SHEETS} intake sheets and one backlog | ${syncReads} reads, at most ${syncReads} writes | ${count((CALLS_A_MINUTE * 60) / syncReads)} an hour |
| a PM who scores ten times an hour and looks for intake once | ${10 + syncReads} reads, at most ${10 + syncReads} writes | ${count((CALLS_A_MINUTE * 60) / (10 + syncReads))} PMs |
| processor, ${count(rows)} rows: ${count(CALLS_A_MINUTE * 60)} scores an hour | ${count(score)} ms | ${((CALLS_A_MINUTE * 60 * score) / 36_000).toFixed(1)} % of a core |
| processor, ${count(rows)} rows: ${count((CALLS_A_MINUTE * 60) / syncReads)} looks an hour | ${count(sync)} ms | ${((CALLS_A_MINUTE * 60 * sync) / syncReads / 36_000).toFixed(1)} % of a core |
| one spreadsheet, if Google takes 2 s for a read and a write | runs one after the other | 1,800 an hour |

Google's quota is reached first, by far. Beyond it, in this order:

1. *One click for many rows instead of many clicks*: calls do not grow with rows. Equal clicks that wait are one run already.
2. *A larger quota*: Google raises it on request; \`sheets.reads_per_minute\` and \`sheets.writes_per_minute\` follow.
3. *A second account*: a second roadmapd with workbooks, database and account of its own in the same project; ${CALLS_A_PROJECT / CALLS_A_MINUTE} of them fill a
   project. A process knows nothing of another: two never share a workbook.
4. *A second Google project*: another ${CALLS_A_PROJECT} of each a minute.
5. *A second VM*, with its own workbooks, where a team has more than 50,000 rows in one process or wants to fail apart. One product_org a
   VM is the natural cut: keys are numbered per database, so an initiative does not move between them.

This is arithmetic, not measurement: nobody has run it against Google at that rate.
`;
}
