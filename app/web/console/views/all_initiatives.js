import { get, withQuery } from '../api.js';
import { emptyNote } from '../parts/empty_note.js';
import { address } from '../router.js';

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

/** Whether every word of the search stands in the initiative's key, title, team, organisation or status. */
export function containing(search) {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean);
  return (initiative) => {
    const text = [initiative.initiative_key, initiative.title, initiative.requesting_team, initiative.product_org, initiative.status]
      .join(' ').toLowerCase();
    return wanted.every((word) => text.includes(word));
  };
}

export function noInitiatives() {
  return emptyNote('No initiative is stored yet. Teams write their wishes into intake; See latest intake brings them here and into ' +
    'the Central Backlog. A dry run shows what it would do and changes nothing.',
  ['Try out See latest intake', address('start', '', { action: 'pm.backlog_sync' })]);
}
