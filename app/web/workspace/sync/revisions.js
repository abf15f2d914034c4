// Watches all workbooks for changes with one long poll, while the page can be seen.

import { readRevisions } from './sheets_api.js';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Calls `onChange(spreadsheetId, sheetIds)` for each workbook that changed after revision `since`, and
 * `onConnection(works)` when the server stops or begins to answer. Never ends.
 */
export async function watchRevisions({ since, onChange, onRestart, onConnection }) {
  let known = since;
  let pause = FIRST_PAUSE_MS;
  for (;;) {
    await whenVisible();
    const hidden = new AbortController();
    const stop = () => document.hidden && hidden.abort();
    document.addEventListener('visibilitychange', stop);
    try {
      const { revision, changes } = await readRevisions(known, hidden.signal);
      onConnection(true);
      pause = FIRST_PAUSE_MS;
      // Fewer changes than before: another server has started, which counts anew.
      if (revision < known) onRestart();
      else for (const { spreadsheetId, sheetIds } of changes) onChange(spreadsheetId, sheetIds);
      known = revision;
    } catch {
      if (hidden.signal.aborted) continue;
      onConnection(false);
      await new Promise((resolve) => { setTimeout(resolve, pause); });
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    } finally {
      document.removeEventListener('visibilitychange', stop);
    }
  }
}

function whenVisible() {
  if (!document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    document.addEventListener('visibilitychange', function seen() {
      if (document.hidden) return;
      document.removeEventListener('visibilitychange', seen);
      resolve();
    });
  });
}
