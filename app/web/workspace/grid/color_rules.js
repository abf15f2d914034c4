// Colours by rule, as Status has them: ConditionalFormatRule of the Sheets API made into rules of Univer.

import { CFNumberOperator, CFRuleType, CFSubRuleType, CFTextOperator } from '@univerjs/sheets-conditional-formatting';

import { styleOf } from './formats.js';

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

/** Univer's rules for a tab, the one that counts first in front; rules of a kind that is not drawn here are left out. */
export function colorRulesFrom({ properties: { sheetId, gridProperties: grid }, conditionalFormats = [] }) {
  return conditionalFormats.flatMap(({ ranges = [], booleanRule }, index) => {
    const rule = booleanRule && ruleFrom(booleanRule);
    return rule ? [{ cfId: `color-${sheetId}-${index}`, stopIfTrue: false, ranges: ranges.map((range) => rangeFrom(range, grid)), rule }] : [];
  });
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
