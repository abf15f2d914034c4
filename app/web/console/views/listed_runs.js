import { get, withQuery } from '../api.js';

const A_PAGE = 200;
const MOST = 2000;

/** The newest runs that fit, at most 2,000, and whether that is all of them. */
export async function listedRuns(query, signal) {
  const runs = [];
  let cursor = '';
  do {
    const page = await get(withQuery('/actions/runs', { ...query, cursor, limit: A_PAGE }), { signal });
    runs.push(...page.runs);
    cursor = page.next_cursor;
  } while (cursor && runs.length < MOST);
  return { runs, complete: !cursor };
}
