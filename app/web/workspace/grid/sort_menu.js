// Sort sheet A to Z and Z to A: in the toolbar, in the menu of a column's head and in that of cells. Whole rows are sorted,
// by the column that is selected, as Google does; sorting cells of one column alone would tear titles from their keys.

import { CommandType, ICommandService } from '@univerjs/core';
import { AscendingIcon, DescendingIcon } from '@univerjs/icons';
import {
  ComponentManager, ContextMenuGroup, ContextMenuPosition, IMenuManagerService, MenuItemType, RibbonDataGroup,
} from '@univerjs/ui';

const ENTRIES = [
  { id: 'workspace.command.sort-sheet-ascending', title: 'Sort sheet A to Z', icon: 'WorkspaceAscending', component: AscendingIcon, order: 'ASCENDING' },
  { id: 'workspace.command.sort-sheet-descending', title: 'Sort sheet Z to A', icon: 'WorkspaceDescending', component: DescendingIcon, order: 'DESCENDING' },
];
const FIRST = -1;

/** `onSort(column, order)` sorts the tab in front by that column, which counts from 0. */
export function addSortMenu({ api, injector }, onSort) {
  const commands = injector.get(ICommandService);
  const components = injector.get(ComponentManager);
  const selectedColumn = () => api.getActiveWorkbook().getActiveSheet().getSelection()?.getActiveRange()?.getColumn() ?? 0;
  const items = {};
  ENTRIES.forEach(({ id, title, icon, component, order }, index) => {
    components.register(icon, component);
    commands.registerCommand({
      id,
      type: CommandType.COMMAND,
      handler() {
        onSort(selectedColumn(), order);
        return true;
      },
    });
    items[id] = {
      order: FIRST + index / 2,
      menuItemFactory: () => ({ id, type: MenuItemType.BUTTON, icon, title, tooltip: title }),
    };
  });
  injector.get(IMenuManagerService).mergeMenu({
    [RibbonDataGroup.ORGANIZATION]: items,
    [ContextMenuPosition.COL_HEADER]: { [ContextMenuGroup.DATA]: { order: FIRST, ...items } },
    [ContextMenuPosition.MAIN_AREA]: { [ContextMenuGroup.DATA]: items },
  });
}
