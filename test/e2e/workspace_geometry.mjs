// Where cells of the spreadsheet are on the screen: they are painted on a canvas, so that no element stands for one.

/**
 * Runs in the page. The middle of a cell ("B5") in pixels, its size, and the canvas around it; where `scrolls`, after it
 * has been scrolled into view.
 */
export async function placeOfCell([reference, scrolls]) {
  const { api } = window.workspace.spreadsheet;
  const workbook = api.getActiveWorkbook();
  const sheet = workbook.getActiveSheet();
  const range = sheet.getRange(reference);
  const canvas = document.getElementById(`univer-sheet-main-canvas_${workbook.getId()}`);
  const frame = canvas.getBoundingClientRect();
  // Rectangles are those of the whole sheet: what was scrolled away above and to the left is taken off.
  const scrolledAway = () => {
    const { sheetViewStartRow, sheetViewStartColumn, offsetX, offsetY } = sheet.getScrollState();
    const from = sheet.getRange(0, 0).getCellRect();
    const to = sheet.getRange(sheetViewStartRow, sheetViewStartColumn).getCellRect();
    return {
      x: range.getColumn() < sheet.getFrozenColumns() ? 0 : to.left - from.left + offsetX,
      y: range.getRow() < sheet.getFrozenRows() ? 0 : to.top - from.top + offsetY,
    };
  };
  const corner = sheet.getRange(Math.max(0, sheet.getFrozenRows() - 1), Math.max(0, sheet.getFrozenColumns() - 1)).getCellRect();
  const header = corner.bottom;
  const edge = range.getColumn() < sheet.getFrozenColumns() || sheet.getFrozenColumns() === 0 ? 40 : corner.right;
  const placed = () => {
    const { left, top, width, height } = range.getCellRect();
    const away = scrolledAway();
    return {
      x: frame.left + left + width / 2 - away.x, y: frame.top + top + height / 2 - away.y, width, height,
      left: frame.left, top: frame.top, right: frame.right, bottom: frame.bottom,
    };
  };
  const isVisible = ({ x, y, width }) => x - width / 2 >= frame.left + edge && x + width / 2 < frame.right - 20
    && (y > frame.top + header || range.getRow() < sheet.getFrozenRows()) && y < frame.bottom - 30;
  /** How far the cell stands beside what can be seen, in pixels: negative to the left. */
  const beside = () => {
    const { x, width } = placed();
    const left = x - width / 2 - (frame.left + edge + 2);
    return left < 0 ? left : Math.max(0, x + width / 2 - (frame.right - 24));
  };
  if (scrolls && !isVisible(placed())) {
    sheet.scrollToCell(Math.max(0, range.getRow() - 3), Math.max(0, range.getColumn() - 2));
    // It takes some frames to get there.
    let still = 0;
    let wanted = true;
    for (let frames = 0; frames < 120 && !(still > 5 && isVisible(placed())); frames += 1) {
      const before = JSON.stringify(sheet.getScrollState());
      await new Promise(requestAnimationFrame);
      still = before === JSON.stringify(sheet.getScrollState()) ? still + 1 : 0;
      // Beside frozen columns of other widths it stops too early or too late.
      if (still < 3 || !wanted || beside() === 0) continue;
      wanted = false;
      still = 0;
      api.executeCommand('sheet.command.set-scroll-relative', { offsetX: beside(), offsetY: 0 });
    }
  }
  return placed();
}
