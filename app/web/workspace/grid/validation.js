// Dropdowns and checkboxes: DataValidationRule of each cell on one side, rules with ranges on the other.

const STOP = 1;
const WARNING = 2;

/** Univer's rules for the cells of a tab, `rowData` being those of the Sheets API. */
export function rulesFrom(rowData, sheetId) {
  const cellsOf = new Map(); // rule as text -> [row, column] of its cells
  rowData.forEach(({ values = [] }, row) => values.forEach(({ dataValidation }, column) => {
    if (!dataValidation) return;
    const key = JSON.stringify(dataValidation);
    if (!cellsOf.has(key)) cellsOf.set(key, []);
    cellsOf.get(key).push([row, column]);
  }));
  return [...cellsOf].flatMap(([text, cells], index) => {
    const rule = ruleFrom(JSON.parse(text));
    return rule ? [{ ...rule, uid: `validation-${sheetId}-${index}`, ranges: columnRuns(cells) }] : [];
  });
}

function ruleFrom({ condition, strict, inputMessage }) {
  const shared = {
    errorStyle: strict ? STOP : WARNING,
    allowBlank: true,
    ...(inputMessage && { showInputMessage: true, prompt: inputMessage }),
    ...(strict && { showErrorMessage: true }),
  };
  if (condition.type === 'BOOLEAN') return { ...shared, type: 'checkbox' };
  if (condition.type !== 'ONE_OF_LIST') return undefined;
  const choices = (condition.values ?? []).map((value) => value.userEnteredValue);
  // An arrow beside the plain text, as people know it from long lists.
  return { ...shared, type: 'list', formula1: choices.join(','), formula2: '', showDropDown: true, renderMode: 1 };
}

/** Cells one below the other as ranges. */
function columnRuns(cells) {
  const runs = [];
  const sorted = [...cells].sort(([rowA, columnA], [rowB, columnB]) => columnA - columnB || rowA - rowB);
  for (const [row, column] of sorted) {
    const last = runs.at(-1);
    if (last && last.startColumn === column && last.endRow === row - 1) last.endRow = row;
    else runs.push({ startRow: row, endRow: row, startColumn: column, endColumn: column });
  }
  return runs;
}
