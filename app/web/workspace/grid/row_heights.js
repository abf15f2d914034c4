// Rows grow with the texts in them, as Univer makes them while people type.

import { DEFAULT_PADDING_DATA, DocSimpleSkeleton, getFontStyleString } from '@univerjs/engine-render';

import { DEFAULT_FONT, styleOf } from './formats.js';

const LINE_PIXELS = 16;
const AIR_PIXELS = 4; // between the sentences of two rows

/** {row: pixels} of the rows whose texts need more than one line. `widthOf(column)` in pixels. */
export function grownRows(rowData, widthOf, linePixels) {
  const rows = {};
  rowData.forEach(({ values = [] }, row) => {
    const pixels = Math.max(...values.map((data, column) => heightOf(data, widthOf(column), linePixels)), linePixels);
    if (pixels > linePixels) rows[row] = pixels;
  });
  return rows;
}

function heightOf({ effectiveValue, userEnteredFormat }, width, linePixels) {
  const text = effectiveValue?.stringValue ?? '';
  const lines = text.split('\n').length;
  if (lines > 1 || userEnteredFormat?.wrapStrategy !== 'WRAP') return lines * LINE_PIXELS + linePixels - LINE_PIXELS;
  const { t, b, l, r } = DEFAULT_PADDING_DATA;
  const font = getFontStyleString({ ...DEFAULT_FONT, ...styleOf(userEnteredFormat) }).fontCache;
  const wrapped = new DocSimpleSkeleton(text, font, true, width - l - r, Infinity);
  wrapped.calculate();
  const pixels = wrapped.getTotalHeight() + t + b;
  return pixels > linePixels ? pixels + AIR_PIXELS : linePixels;
}
