import { logIn } from '../api.js';
import { el, show } from '../dom.js';
import { problemBox } from '../parts/problem_box.js';
import { hasWorkspace } from '../registry.js';

/** `isEnded`: somebody was logged in, and did not log out. */
export function loginView({ root, done, isEnded }) {
  const secret = el('input', {
    id: 'secret', type: 'password', required: true, autocomplete: 'current-password', 'aria-describedby': 'secret-note',
  });
  const trouble = el('div', {});
  const button = el('button', { type: 'submit', class: 'primary' }, 'Log in');
  const submit = async (event) => {
    event.preventDefault();
    button.disabled = true;
    show(trouble);
    try {
      await logIn(secret.value);
      await done();
    } catch (error) {
      show(trouble, problemBox(error));
      secret.select();
    } finally {
      button.disabled = false;
    }
  };
  show(root, el('form', { class: 'login card', submit },
    el('h1', {}, 'Log in'), isEnded && whatEnded(),
    el('p', { class: 'note', id: 'secret-note' },
      'With the secret that the sheets use too. It stands in the environment or the file that the configuration names.'),
    el('label', { for: 'secret' }, 'Secret'), secret, button, trouble));
  secret.focus();
}

function whatEnded() {
  return el('p', { role: 'alert' }, 'The session has ended: the service was started anew, or the session was too old. ',
    hasWorkspace() && ['In the demo ', el('i', {}, 'Console'), ' in the ', el('a', { href: '/workspace' }, 'workspace'), ' logs in.']);
}
