// Undo and redo know cells by their place. While rows are on their way to other places they wait, else they would change
// somebody else's row.

import { ICommandService, IUndoRedoService, RedoCommand, UndoCommand } from '@univerjs/core';

/** `replicaInFront()` is the replica that undo is about. */
export function letUndoWait({ injector }, replicaInFront) {
  const commands = injector.get(ICommandService);
  injector.get(IUndoRedoService); // registers the commands that are replaced here, when it is first asked for
  for (const { id, type, handler } of [UndoCommand, RedoCommand]) {
    commands.unregisterCommand(id);
    commands.registerCommand({
      id,
      type,
      handler(...context) {
        const replica = replicaInFront();
        if (!replica?.isOrdering) return handler(...context);
        replica.whenOrdered().then(() => commands.executeCommand(id));
        return true;
      },
    });
  }
}
