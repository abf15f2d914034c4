// Cells that changed, gathered into as few updateCells requests as their shape allows.

/**
 * `cells`: [{row, column, data, fields}], `data` being CellData and `fields` the mask of what it sets. A later entry
 * for the same cell and mask replaces an earlier one. Returns requests in no particular order.
 */
export function updateRequests(sheetId, cells) {
  return [...groupBy(cells, (cell) => cell.fields)].flatMap(([fields, group]) =>
    stack(runsOf(group)).map(({ row, column, rows }) => ({
      updateCells: {
        start: { sheetId, rowIndex: row, columnIndex: column },
        rows: rows.map((values) => ({ values })),
        fields,
      },
    })));
}

/** {requests, values} of a change (see Gesture.change()): for one spreadsheets.batchUpdate and one values.batchUpdate after it. */
export function callsOf({ steps, typed }) {
  return {
    requests: steps.flatMap(({ sheetId, requests, cells }) => requests ?? updateRequests(sheetId, cells)),
    values: typed.flatMap(({ title, cells }) => typedRanges(title, cells)),
  };
}

/** Values to type, as ranges of the Sheets API: `cells` are [{row, column, data}], `data` what to type. */
export function typedRanges(title, cells) {
  return stack(runsOf(cells)).map(({ row, column, rows }) => ({
    range: `${quotedTab(title)}!${a1(row, column)}:${a1(row + rows.length - 1, column + rows[0].length - 1)}`,
    values: rows,
  }));
}

export const quotedTab = (title) => `'${title.replaceAll("'", "''")}'`;

/** "B3" for row 2, column 1. */
export function a1(row, column) {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return `${letters}${row + 1}`;
}

function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(item);
  }
  return groups;
}

/** Neighbours in one row: [{row, column, data: […]}], ordered by row and column. */
function runsOf(cells) {
  const last = new Map(cells.map((cell) => [`${cell.row}:${cell.column}`, cell]));
  const sorted = [...last.values()].sort((a, b) => a.row - b.row || a.column - b.column);
  const runs = [];
  for (const { row, column, data } of sorted) {
    const run = runs.at(-1);
    if (run && run.row === row && run.column + run.data.length === column) run.data.push(data);
    else runs.push({ row, column, data: [data] });
  }
  return runs;
}

/** Runs of equal place and length in successive rows become one block: [{row, column, rows}]. */
function stack(runs) {
  const open = new Map(); // "column:length" -> the block that may grow
  const blocks = [];
  for (const { row, column, data } of runs) {
    const key = `${column}:${data.length}`;
    const block = open.get(key);
    if (block && block.row + block.rows.length === row) {
      block.rows.push(data);
      continue;
    }
    const next = { row, column, rows: [data] };
    open.set(key, next);
    blocks.push(next);
  }
  return blocks;
}
