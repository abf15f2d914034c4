import { get, withQuery } from '../api.js';

const A_PAGE = 500;
const MAX_PAGES = 40; // 20,000 initiatives: twice what the service is made for

/** Every stored initiative, and whether there are more than are fetched. `progress` is told the number so far. */
export async function allInitiatives(signal, progress = () => {}) {
  const initiatives = [];
  let cursor = '';
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await get(withQuery('/initiatives', { limit: A_PAGE, cursor }), { signal });
    initiatives.push(...answer.initiatives);
    progress(initiatives.length);
    cursor = answer.next_cursor;
    if (!cursor) return { initiatives, complete: true };
  }
  return { initiatives, complete: false };
}
