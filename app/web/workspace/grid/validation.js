// Dropdowns and checkboxes: DataValidationRule of each cell on one side, rules with ranges on the other.

import { gridRange, sharedRange } from './ranges.js';

const STOP = 1;
const WARNING = 2;

/**
 * Univer's rules for the cells of a tab, `rowData` being those of the Sheets API. Each has its DataValidationRule with it as
 * `original`, and is called by it: undo finds it again after others have come and gone.
 */
export function rulesFrom(rowData, sheetId) {
  const cellsOf = new Map(); // rule as text -> [row, column] of its cells
  rowData.forEach(({ values = [] }, row) => values.forEach(({ dataValidation }, column) => {
    if (!dataValidation) return;
    const key = JSON.stringify(dataValidation);
    if (!cellsOf.has(key)) cellsOf.set(key, []);
    cellsOf.get(key).push([row, column]);
  }));
  return [...cellsOf].map(([text, cells]) => {
    const original = JSON.parse(text);
    return { ...ruleFrom(original), original, uid: `validation-${sheetId}-${text}`, ranges: columnRuns(cells) };
  });
}

/** Mutations of Univer, as [id, params], that make the tab's rules these; none where they are. */
export function validationMutations(view, subUnitId, wanted) {
  const present = view.validationRules(subUnitId);
  if (key(present) === key(wanted)) return [];
  const mutations = [];
  const ruleId = present.map(({ uid }) => uid);
  if (ruleId.length > 0) mutations.push(['data-validation.mutation.removeRule', { subUnitId, ruleId, source: 'patched' }]);
  if (wanted.length > 0) mutations.push(['data-validation.mutation.addRule', { subUnitId, rule: wanted, source: 'patched' }]);
  return mutations;
}

/** One text for all rules that are for the same cells, however their ranges are cut. */
function key(rules) {
  return JSON.stringify(rules.map(({ original, ranges }) => JSON.stringify([original, columnRuns(ranges.flatMap(cellsIn))])).sort());
}

function cellsIn({ startRow, endRow, startColumn, endColumn }) {
  const cells = [];
  for (let row = startRow; row <= endRow; row += 1) {
    for (let column = startColumn; column <= endColumn; column += 1) cells.push([row, column]);
  }
  return cells;
}

/** Requests that give the cells of `within`, a range of a tab, the rules that they have on the page. */
export function validationRequests(view, subUnitId, within) {
  const sheetId = view.sheetIdOf(subUnitId);
  return view.validationRules(subUnitId).filter(({ original }) => original).flatMap(({ original: rule, ranges }) =>
    ranges.flatMap((range) => {
      const shared = sharedRange(range, within);
      return shared ? [{ setDataValidation: { range: gridRange(sheetId, shared), rule } }] : [];
    }));
}

function ruleFrom({ condition, strict, inputMessage }) {
  const shared = {
    errorStyle: strict ? STOP : WARNING,
    allowBlank: true,
    ...(inputMessage && { showInputMessage: true, prompt: inputMessage }),
    ...(strict && { showErrorMessage: true }),
  };
  if (condition.type === 'BOOLEAN') return { ...shared, type: 'checkbox' };
  // Kept, and nothing to see of it here.
  if (condition.type !== 'ONE_OF_LIST') return { ...shared, type: 'any' };
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
