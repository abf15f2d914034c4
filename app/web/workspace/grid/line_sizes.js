// Google's sizes of columns and rows, in pixels.

export const COLUMN_PIXELS = 100;
export const ROW_PIXELS = 21;
