// Range and RangeList.

import { a1Notation, quoted } from './sheets_api.mjs';
import { exception, strict } from './strict.mjs';

const MS_PER_DAY = 86_400_000;
const EPOCH_MS = Date.UTC(1899, 11, 30); // day 0 of a serial date

/** `rectangle` = {row, column, rows, columns} on `sheet` (its properties); `parent` makes the Sheet object. */
export function makeRange(api, sheet, rectangle, parent) {
  const { row, column, rows, columns } = rectangle;
  const a1 = `${quoted(sheet.title)}!${a1Notation(rectangle)}`;

  function read(options) {
    const answered = api.values(a1, options);
    return Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_unused, c) => answered[r]?.[c] ?? ''));
  }

  // A date is a number under one way of showing and text under the other.
  function values() {
    const plain = read({ valueRenderOption: 'UNFORMATTED_VALUE', dateTimeRenderOption: 'SERIAL_NUMBER' });
    if (!plain.some((cells) => cells.some((cell) => typeof cell === 'number'))) return plain;
    const shown = read({ valueRenderOption: 'UNFORMATTED_VALUE', dateTimeRenderOption: 'FORMATTED_STRING' });
    return plain.map((cells, r) => cells.map((cell, c) => {
      const isDate = typeof cell === 'number' && typeof shown[r][c] === 'string';
      return isDate ? new Date(EPOCH_MS + Math.round(cell * MS_PER_DAY)) : cell;
    }));
  }

  const displayValues = () => read({ valueRenderOption: 'FORMATTED_VALUE' }).map((cells) => cells.map(String));

  function setValues(given) {
    checkShape(given, rows, columns);
    api.write(a1, given.map((cells) => cells.map(writable)));
    return self;
  }

  const self = strict('Range', {
    getRow: () => row,
    getColumn: () => column,
    getNumRows: () => rows,
    getNumColumns: () => columns,
    getLastRow: () => row + rows - 1,
    getLastColumn: () => column + columns - 1,
    getHeight: () => rows,
    getWidth: () => columns,
    getA1Notation: () => a1Notation(rectangle),
    getSheet: () => parent(),
    getValues: values,
    getValue: () => values()[0][0],
    getDisplayValues: displayValues,
    getDisplayValue: () => displayValues()[0][0],
    isBlank: () => displayValues().every((cells) => cells.every((cell) => cell === '')),
    setValues,
    setValue: (value) => setValues(Array.from({ length: rows }, () => Array(columns).fill(value))),
  });
  return self;
}

export function makeRangeList(ranges) {
  return strict('RangeList', { getRanges: () => [...ranges] });
}

function checkShape(given, rows, columns) {
  if (given.length !== rows) {
    throw exception(`The number of rows in the data does not match the number of rows in the range. The data has ${given.length} but the range has ${rows}.`);
  }
  for (const cells of given) {
    if (cells.length !== columns) {
      throw exception(`The number of columns in the data does not match the number of columns in the range. The data has ${cells.length} but the range has ${columns}.`);
    }
  }
}

function writable(value) {
  if (value === null || value === undefined) return '';
  if (['string', 'number', 'boolean'].includes(typeof value)) return value;
  throw new Error(`Range.setValues with ${Object.prototype.toString.call(value)} is not part of the stand-ins`);
}
