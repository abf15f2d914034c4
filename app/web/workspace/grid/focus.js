// Gives the keyboard to the grid.

import { ILayoutService } from '@univerjs/ui';

export function focusGrid({ injector }) {
  const layout = injector.get(ILayoutService);
  layout.focus();
  // What has just been closed may hand the keyboard on after this: nothing but a dialog or the find bar keeps it.
  requestAnimationFrame(() => {
    const { activeElement } = document;
    if (activeElement.dataset.uComp !== 'editor' && !activeElement.closest('dialog, .find, [role=menu], [role=tablist]')) layout.focus();
  });
}
