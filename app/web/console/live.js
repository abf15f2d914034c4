// Looking again while a view is open.

/** Resolves after `ms`, or at once when `signal` aborts. */
function pause(ms, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}

/** Resolves when somebody looks at the page. */
function whenVisible(signal) {
  if (!document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    document.addEventListener('visibilitychange', resolve, { once: true, signal });
    signal.addEventListener('abort', resolve, { once: true });
  });
}

/**
 * Calls `look` now and `ms` after each time it is done, until `signal` aborts or `look` resolves with false. Rests
 * while the page is hidden. What `look` throws goes to `failed`, and it is tried again.
 */
export async function keepLooking(signal, ms, look, failed) {
  while (!signal.aborted) {
    try {
      if ((await look()) === false) return;
    } catch (error) {
      if (signal.aborted) return;
      failed(error);
    }
    await pause(ms, signal);
    await whenVisible(signal);
  }
}
