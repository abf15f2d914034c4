// Colours by rule, as Status has them: ConditionalFormatRule of the Sheets API made into rules of Univer.

import { CFNumberOperator, CFRuleType, CFSubRuleType, CFTextOperator } from '@univerjs/sheets-conditional-formatting';

import { styleOf } from './formats.js';
import { gridRange, sharedRange } from './ranges.js';

const TEXT = {
  TEXT_CONTAINS: CFTextOperator.containsText, TEXT_NOT_CONTAINS: CFTextOperator.notContainsText,
  TEXT_STARTS_WITH: CFTextOperator.beginsWith, TEXT_ENDS_WITH: CFTextOperator.endsWith, TEXT_EQ: CFTextOperator.equal,
  BLANK: CFTextOperator.containsBlanks, NOT_BLANK: CFTextOperator.notContainsBlanks,
};
const NUMBER = {
  NUMBER_GREATER: CFNumberOperator.greaterThan, NUMBER_GREATER_THAN_EQ: CFNumberOperator.greaterThanOrEqual,
  NUMBER_LESS: CFNumberOperator.lessThan, NUMBER_LESS_THAN_EQ: CFNumberOperator.lessThanOrEqual,
  NUMBER_EQ: CFNumberOperator.equal, NUMBER_NOT_EQ: CFNumberOperator.notEqual,
};

const COLOR_PARTS = ['red', 'green', 'blue'];

/** A rule of a kind that is not drawn here has its place among the others, and colours nothing. */
const NOT_DRAWN = { type: CFRuleType.highlightCell, subType: CFSubRuleType.text, operator: CFTextOperator.containsBlanks, style: {} };

/**
 * Univer's rules for a tab, the one that counts first in front. Each has its ConditionalFormatRule with it as `original`, and is
 * called by what it says: undo finds it again after others have come and gone. `place` is the one that it has among them.
 */
export function colorRulesFrom({ properties: { sheetId, gridProperties: grid }, conditionalFormats = [] }) {
  const names = new Map(); // name -> how many have it
  return conditionalFormats.map((original, place) => {
    const { ranges = [], ...what } = original;
    const name = `color-${sheetId}-${JSON.stringify(what)}`;
    names.set(name, (names.get(name) ?? 0) + 1);
    return {
      cfId: `${name}-${names.get(name)}`, stopIfTrue: false, ranges: ranges.map((range) => rangeFrom(range, grid)),
      rule: (what.booleanRule && ruleFrom(what.booleanRule)) ?? NOT_DRAWN, original, place,
    };
  });
}

/** Mutations of Univer, as [id, params], that make the tab's rules these; none where they are. */
export function colorMutations(view, subUnitId, wanted) {
  const present = view.colorRules(subUnitId);
  if (key(present) === key(wanted)) return [];
  return [
    ...present.map(({ cfId }) => ['sheet.mutation.delete-conditional-rule', { subUnitId, cfId }]),
    // Each new one is put in front of those that are there.
    ...[...wanted].reverse().map((rule) => ['sheet.mutation.add-conditional-rule', { subUnitId, rule }]),
  ];
}

function key(rules) {
  return JSON.stringify(rules.map(({ original, ranges }) => {
    const { ranges: _, ...what } = original ?? {};
    return [what, ranges.map(({ startRow, endRow, startColumn, endColumn }) => [startRow, endRow, startColumn, endColumn])];
  }));
}

/**
 * Requests for what came back with the cells of `within`, a range of a tab: rules called `added` are new to the workbook, the
 * others are to reach over their part of these cells again.
 */
export function colorRequests(view, subUnitId, within, added) {
  const sheetId = view.sheetIdOf(subUnitId);
  const size = { rows: view.sheet(subUnitId).getRowCount(), columns: view.sheet(subUnitId).getColumnCount() };
  // Univer's undo puts some in front that were not.
  const rules = view.colorRules(subUnitId).filter(({ original }) => original).sort((a, b) => a.place - b.place);
  return rules.flatMap(({ cfId, original, ranges }, index) => {
    const rule = { ...withWholeSteps(original), ranges: ranges.map((range) => openedRange(sheetId, range, original.ranges ?? [], size)) };
    if (added.has(cfId)) return [{ addConditionalFormatRule: { rule, index } }];
    if (ranges.every((range) => !sharedRange(range, within))) return [];
    return [{ updateConditionalFormatRule: { sheetId, index, rule } }];
  });
}

/** Google cuts colours off below 255 steps and tells them in single precision, which is a little less than the step. */
function withWholeSteps(rule) {
  return JSON.parse(JSON.stringify(rule), (name, value) => (COLOR_PARTS.includes(name) ? Math.round(value * 255) / 255 : value));
}

/** A side that no range of the original names stays the tab's own edge. */
function openedRange(sheetId, range, originals, { rows, columns }) {
  const opened = gridRange(sheetId, range);
  const names = (side) => originals.some((original) => original[side] !== undefined);
  if (!names('startRowIndex') && range.startRow === 0) delete opened.startRowIndex;
  if (!names('endRowIndex') && range.endRow === rows - 1) delete opened.endRowIndex;
  if (!names('startColumnIndex') && range.startColumn === 0) delete opened.startColumnIndex;
  if (!names('endColumnIndex') && range.endColumn === columns - 1) delete opened.endColumnIndex;
  return opened;
}

function ruleFrom({ condition: { type, values = [] }, format }) {
  const shared = { type: CFRuleType.highlightCell, style: styleOf(format) ?? {} };
  const value = values[0]?.userEnteredValue ?? '';
  if (TEXT[type]) return { ...shared, subType: CFSubRuleType.text, operator: TEXT[type], value };
  if (NUMBER[type]) return { ...shared, subType: CFSubRuleType.number, operator: NUMBER[type], value: Number(value) };
  if (type === 'CUSTOM_FORMULA') return { ...shared, subType: CFSubRuleType.formula, value };
  return undefined;
}

/** A side that a range does not name is the tab's own edge. */
function rangeFrom({ startRowIndex = 0, endRowIndex, startColumnIndex = 0, endColumnIndex }, { rowCount, columnCount }) {
  return {
    startRow: startRowIndex, endRow: (endRowIndex ?? rowCount) - 1,
    startColumn: startColumnIndex, endColumn: (endColumnIndex ?? columnCount) - 1,
  };
}
