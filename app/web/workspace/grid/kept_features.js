// What the emulated workbooks cannot keep has no button here, so that nothing is lost silently.

const LEFT_OUT = [
  'sheet.command.set-border-basic',
  'sheet.command.set-text-rotation',
  'sheet.command.add-worksheet-merge',
  'sheet.command.add-range-protection-from-toolbar',
  'sheet.command.add-range-protection-from-sheet-bar',
  'sheet.command.delete-worksheet-protection-from-sheet-bar',
  'sheet.command.change-sheet-protection-from-sheet-bar',
  'sheet.command.view-sheet-permission-from-sheet-bar',
  'sheet.contextMenu.permission',
  'sheet.toolbar.text-to-number',
  'sheet.contextMenu.text-to-number',
  'sheet.menu.copy-special',
  // Dropdowns and checkboxes are set up with the workbook.
  'sheet.menu.data-validation',
  // Colours by rule too.
  'sheet.operation.open.conditional.formatting.panel',
  // The function gallery would promise more than the emulator evaluates.
  ...['common', 'financial', 'logical', 'text', 'date', 'lookup', 'math', 'statistical', 'engineering',
    'information', 'database']
    .map((group) => `formula-ui.operation.insert-function.${group}`),
];

/** Univer's configuration of its menus. */
export function hiddenMenuItems() {
  return Object.fromEntries(LEFT_OUT.map((id) => [id, { hidden: true }]));
}
