import { el } from '../dom.js';

/** Details that are made when they are unfolded. `state` keeps under `name` whether they are, over a redrawing. */
export function unfolding(summary, make, state = {}, name = 'open') {
  const details = el('details', { open: state[name] === true }, el('summary', {}, summary));
  const fill = () => { if (details.open && details.childElementCount === 1) details.append(make()); };
  details.addEventListener('toggle', () => {
    state[name] = details.open;
    fill();
  });
  fill();
  return details;
}
