// A cell's format: CellFormat of the Sheets API on one side, a style of Univer on the other. What the page does not
// keep (borders, rotation) has no line here and no button on the page.

import { HorizontalAlign, VerticalAlign, WrapStrategy } from '@univerjs/core';

const HORIZONTAL = { LEFT: HorizontalAlign.LEFT, CENTER: HorizontalAlign.CENTER, RIGHT: HorizontalAlign.RIGHT };
const VERTICAL = { TOP: VerticalAlign.TOP, MIDDLE: VerticalAlign.MIDDLE, BOTTOM: VerticalAlign.BOTTOM };
const WRAP = { OVERFLOW_CELL: WrapStrategy.OVERFLOW, CLIP: WrapStrategy.CLIP, WRAP: WrapStrategy.WRAP };

/** Google's. */
export const DEFAULT_FONT = { ff: 'Arial', fs: 10 };

/** What Google shows where a number format has a type and no pattern. */
const DEFAULT_PATTERNS = {
  NUMBER: '#,##0.00', PERCENT: '0.00%', CURRENCY: '"$"#,##0.00', DATE: 'yyyy-mm-dd', TIME: 'h:mm:ss am/pm',
  DATE_TIME: 'yyyy-mm-dd h:mm:ss', SCIENTIFIC: '0.00E+00', TEXT: '@',
};

const nameOf = (table, value) => Object.keys(table).find((name) => table[name] === value);

/** "#ff8000" for {red: 1, green: 0.5}. */
export function hexOf({ red = 0, green = 0, blue = 0 }) {
  return `#${[red, green, blue].map((part) => Math.round(part * 255).toString(16).padStart(2, '0')).join('')}`;
}

/** {red, green, blue} for "#f80", "#ff8000" and "rgb(255, 128, 0)"; undefined for another text. */
export function colorOf(text) {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(text);
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i.exec(text);
  const numbers = /^rgba?\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)/i.exec(text);
  const parts = short?.slice(1).map((digit) => parseInt(digit + digit, 16))
    ?? long?.slice(1).map((digits) => parseInt(digits, 16))
    ?? numbers?.slice(1).map(Number);
  return parts && { red: parts[0] / 255, green: parts[1] / 255, blue: parts[2] / 255 };
}

/** The style of a CellFormat, its members in a fixed order; undefined for none. */
export function styleOf(format) {
  if (!format) return undefined;
  const { textFormat: text = {}, numberFormat: number } = format;
  const background = format.backgroundColorStyle?.rgbColor ?? format.backgroundColor;
  const foreground = text.foregroundColorStyle?.rgbColor ?? text.foregroundColor;
  const style = {};
  if (text.fontFamily) style.ff = text.fontFamily;
  if (text.fontSize) style.fs = text.fontSize;
  if (text.bold) style.bl = 1;
  if (text.italic) style.it = 1;
  if (text.underline) style.ul = { s: 1 };
  if (text.strikethrough) style.st = { s: 1 };
  if (foreground) style.cl = { rgb: hexOf(foreground) };
  if (background) style.bg = { rgb: hexOf(background) };
  if (HORIZONTAL[format.horizontalAlignment]) style.ht = HORIZONTAL[format.horizontalAlignment];
  if (VERTICAL[format.verticalAlignment]) style.vt = VERTICAL[format.verticalAlignment];
  if (WRAP[format.wrapStrategy]) style.tb = WRAP[format.wrapStrategy];
  const pattern = number && (number.pattern ?? DEFAULT_PATTERNS[number.type]);
  if (pattern) style.n = { pattern };
  return Object.keys(style).length > 0 ? style : undefined;
}

/** The CellFormat of a style. */
export function formatOf(style) {
  const format = {};
  const text = {};
  if (!style) return format;
  if (style.ff) text.fontFamily = style.ff;
  if (style.fs) text.fontSize = Math.round(style.fs);
  if (style.bl) text.bold = true;
  if (style.it) text.italic = true;
  if (style.ul?.s) text.underline = true;
  if (style.st?.s) text.strikethrough = true;
  const foreground = style.cl?.rgb && colorOf(style.cl.rgb);
  if (foreground) text.foregroundColorStyle = { rgbColor: foreground };
  if (Object.keys(text).length > 0) format.textFormat = text;
  const background = style.bg?.rgb && colorOf(style.bg.rgb);
  if (background) format.backgroundColorStyle = { rgbColor: background };
  if (nameOf(HORIZONTAL, style.ht)) format.horizontalAlignment = nameOf(HORIZONTAL, style.ht);
  if (nameOf(VERTICAL, style.vt)) format.verticalAlignment = nameOf(VERTICAL, style.vt);
  if (nameOf(WRAP, style.tb)) format.wrapStrategy = nameOf(WRAP, style.tb);
  if (style.n?.pattern) format.numberFormat = { type: typeOfPattern(style.n.pattern), pattern: style.n.pattern };
  return format;
}

/** What of the format of a style says more than the default: the page names the font where Google does not. */
export function enteredFormatOf(style) {
  const { ff, fs, ...others } = style ?? {};
  return formatOf({ ...others, ...(ff !== DEFAULT_FONT.ff && { ff }), ...(fs !== DEFAULT_FONT.fs && { fs }) });
}

function typeOfPattern(pattern) {
  const bare = pattern.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '');
  if (bare.trim() === '@') return 'TEXT';
  const day = /[yd]/i.test(bare);
  const hour = /[hs]/i.test(bare);
  if (day || hour) return day && hour ? 'DATE_TIME' : day ? 'DATE' : 'TIME';
  if (bare.includes('%')) return 'PERCENT';
  if (/E[+-]/i.test(bare)) return 'SCIENTIFIC';
  return /[$€£¥]/.test(pattern) ? 'CURRENCY' : 'NUMBER';
}

/** One text for all styles that look the same. */
export function styleKey(style) {
  return style ? JSON.stringify(styleOf(formatOf(style)) ?? {}) : '{}';
}
