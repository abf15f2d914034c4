// Views by the address after '#': "#/run/run_2026…?rows=failed".

let leaveView = new AbortController();

/** The view's name, its argument and the parameters of an address. */
export function parseAddress(hash) {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [name, argument = ''] = path.split('/');
  return { name, argument: decodeURIComponent(argument), parameters: Object.fromEntries(new URLSearchParams(query)) };
}

/** "#/runs?status=failed", without parameters that are empty. */
export function address(name, argument = '', parameters = {}) {
  const given = Object.entries(parameters).filter(([, value]) => value !== '' && value !== undefined);
  const query = new URLSearchParams(given).toString();
  return `#/${name}${argument ? `/${encodeURIComponent(argument)}` : ''}${query ? `?${query}` : ''}`;
}

/** Keeps choices in the address, so that a reload finds them, without entering the view again. */
export function changeParameters(changes) {
  const { name, argument, parameters } = parseAddress(location.hash);
  history.replaceState(null, '', address(name, argument, { ...parameters, ...changes }));
}

/** Ends what the present view is doing; the next one gets a signal of its own. */
export function enterView() {
  leaveView.abort();
  leaveView = new AbortController();
  return leaveView.signal;
}
