// One cell: CellData of the Sheets API on one side, a cell of Univer on the other.

import { CellValueType } from '@univerjs/core';

import { DEFAULT_FONT, styleOf } from './formats.js';

/** The parts of CellData that the page shows. */
export const CELL_FIELDS = 'userEnteredValue,effectiveValue,userEnteredFormat,dataValidation,note';

/** Univer's {v, t, f, p, s} for a CellData: absent members are absent. */
export function cellFrom(data = {}) {
  const cell = {};
  const { numberValue, stringValue, boolValue, errorValue } = data.effectiveValue ?? {};
  if (numberValue !== undefined) Object.assign(cell, { v: numberValue, t: CellValueType.NUMBER });
  else if (stringValue !== undefined) Object.assign(cell, textCell(stringValue));
  else if (boolValue !== undefined) Object.assign(cell, { v: boolValue ? 1 : 0, t: CellValueType.BOOLEAN });
  else if (errorValue !== undefined) Object.assign(cell, { v: errorValue.message ?? '#ERROR!', t: CellValueType.STRING });
  if (data.userEnteredValue?.formulaValue) cell.f = data.userEnteredValue.formulaValue;
  const style = styleOf(data.userEnteredFormat);
  // Dropdowns are drawn with the cell's own font, not the tab's.
  if (data.dataValidation?.condition.type === 'ONE_OF_LIST') cell.s = { ...DEFAULT_FONT, ...style };
  else if (style) cell.s = style;
  return cell;
}

/** Lines are paragraphs of a rich text in Univer, which would lose the line ends of a plain one. */
function textCell(text) {
  if (!text.includes('\n')) return { v: text, t: CellValueType.STRING };
  const stream = text.replaceAll('\n', '\r');
  const paragraphs = [...`${stream}\r`.matchAll(/\r/g)].map(({ index }) => ({ startIndex: index }));
  const textRuns = [{ st: 0, ed: stream.length, ts: DEFAULT_FONT }];
  const body = { dataStream: `${stream}\r\n`, textRuns, paragraphs, sectionBreaks: [{ startIndex: stream.length + 1 }] };
  return { p: { id: 'd', body, documentStyle: {} } };
}

/**
 * What a cell of Univer holds, as an ExtendedValue; {} for an empty one. `formula` is its formula where the cell
 * shares it with others, `isCheckbox` whether it shows a checkbox: Univer keeps 1 and 0 there.
 */
export function extendedValueOf(cell, { formula, isCheckbox } = {}) {
  if (!cell) return {};
  const written = formula || cell.f;
  if (written) return { formulaValue: written };
  if (cell.p) return textValue(plainText(cell.p));
  const { v, t } = cell;
  if (v === undefined || v === null || v === '') return {};
  if (typeof v === 'boolean') return { boolValue: v };
  if (t === CellValueType.BOOLEAN || (isCheckbox && isBinary(v))) return { boolValue: isTrue(v) };
  if (t === CellValueType.NUMBER && Number.isFinite(Number(v))) return { numberValue: Number(v) };
  if (typeof v === 'number' && t !== CellValueType.STRING && t !== CellValueType.FORCE_STRING) return { numberValue: v };
  return textValue(String(v));
}

const textValue = (text) => (text === '' ? {} : { stringValue: text });
const isBinary = (v) => ['0', '1', 'true', 'false'].includes(String(v).toLowerCase());
const isTrue = (v) => ['1', 'true'].includes(String(v).toLowerCase());

/** The text of a rich text; its lines end in \n. */
export function plainText(document) {
  const stream = document.body?.dataStream ?? '';
  return stream.replace(/\r\n$/, '').replaceAll('\r', '\n');
}

/** What a cell of Univer shows, as text without its number format. */
export const shownText = (cell) => (cell?.p ? plainText(cell.p) : String(cell?.v ?? ''));

/** The last row of a worksheet of Univer in which a cell holds something; -1 where none does. Colour alone is nothing. */
export function lastFilledRow(worksheet) {
  let row = worksheet.getLastRowWithContent(); // counts coloured rows
  const isEmpty = () => {
    for (let column = 0; column < worksheet.getColumnCount(); column += 1) if (valueKey(worksheet.getCellRaw(row, column)) !== '') return false;
    return true;
  };
  while (row >= 0 && isEmpty()) row -= 1;
  return row;
}

/** One text for all cells that hold and show the same; empty for one that holds nothing. */
export function valueKey(cell) {
  if (!cell) return '';
  const { f = '', p } = cell;
  if (p) return `${f}|1|${plainText(p)}`;
  const empty = cell.v === undefined || cell.v === null || cell.v === '';
  if (empty) return f && `${f}||`;
  const type = cell.t ?? (typeof cell.v === 'number' ? CellValueType.NUMBER : CellValueType.STRING);
  return `${f}|${type === CellValueType.FORCE_STRING ? CellValueType.STRING : type}|${typeof cell.v === 'boolean' ? Number(cell.v) : cell.v}`;
}
