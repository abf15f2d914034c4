// Gives the keyboard to the grid.

import { ILayoutService } from '@univerjs/ui';

export function focusGrid({ injector }) {
  injector.get(ILayoutService).focus();
}
