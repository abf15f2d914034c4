// Starts the console: logs in if need be, then shows the view that the address names.

import '../styles/main.css';
import { isLoggedIn, logOut, onLoginNeeded, resumeSession } from '../api.js';
import { el, show } from '../dom.js';
import { problemBox } from '../parts/problem_box.js';
import { serviceStatus } from '../registry.js';
import { address, enterView, parseAddress } from '../router.js';
import { applyTheme, themeChoice } from '../theme.js';
import { compareView } from './compare.js';
import { initiativeView } from './initiative.js';
import { initiativesView } from './initiatives.js';
import { loginView } from './login.js';
import { runView } from './run.js';
import { runsView } from './runs.js';
import { startView } from './start.js';

const VIEWS = {
  runs: { view: runsView, label: 'Runs' },
  initiatives: { view: initiativesView, label: 'Initiatives' },
  compare: { view: compareView, label: 'Compare' },
  docs: { view: () => location.replace('/docs') }, // after a login that the page /docs asked for
  start: { view: startView, label: 'Start a run' },
  run: { view: runView, page: 'runs' },
  initiative: { view: initiativeView, page: 'initiatives' },
};

const main = document.getElementById('main');

function showFrame(name) {
  const page = VIEWS[name].page ?? name;
  show(document.getElementById('pages'), Object.entries(VIEWS).filter(([, { label }]) => label).map(([key, { label }]) =>
    el('a', { href: address(key), 'aria-current': key === page && 'page' }, label)));
  const leave = () => logOut().then(() => showLogin(), () => showLogin());
  show(document.getElementById('tools'),
    el('a', { href: '/docs' }, 'API'), themeChoice(), isLoggedIn() && el('button', { type: 'button', class: 'quiet', click: leave }, 'Log out'));
}

let isLoginShown = false;

function showLogin({ isEnded = false } = {}) {
  const signal = enterView();
  isLoginShown = true;
  show(document.getElementById('pages'));
  show(document.getElementById('tools'), themeChoice());
  document.title = 'Log in · roadmapd';
  loginView({ root: main, signal, done: showView, isEnded });
}

/** Views get {root, argument, parameters, signal}; the signal aborts when another view is entered. */
async function showView() {
  const { name, argument, parameters } = parseAddress(location.hash);
  if (!Object.hasOwn(VIEWS, name)) {
    location.replace(address('runs'));
    return;
  }
  const signal = enterView();
  isLoginShown = false;
  showFrame(name);
  serviceStatus().catch(() => {}); // a login page may have to say whether this is the demo
  const root = el('div', { class: 'view' });
  show(main, root);
  try {
    await VIEWS[name].view({ root, argument, parameters, signal });
  } catch (error) {
    if (!signal.aborted) show(root, problemBox(error));
  }
  if (signal.aborted) return;
  const heading = root.querySelector('h1');
  document.title = `${heading?.textContent ?? 'Console'} · roadmapd`;
}

/** Another tab may have logged in meanwhile, or the session may have ended, which a page that stands still does not notice. */
async function comeBack() {
  if (document.hidden) return;
  const wasLoggedIn = isLoggedIn();
  const isWelcome = await resumeSession().catch(() => !isLoginShown); // a service that does not answer changes nothing
  if (isWelcome && isLoginShown) await showView();
  else if (!isWelcome && !isLoginShown) showLogin({ isEnded: wasLoggedIn });
}

async function begin() {
  applyTheme();
  document.querySelector('.skip').addEventListener('click', (event) => {
    event.preventDefault(); // the address names the view
    main.focus();
  });
  onLoginNeeded(() => isLoginShown || showLogin({ isEnded: isLoggedIn() }));
  document.addEventListener('visibilitychange', comeBack);
  window.addEventListener('hashchange', () => showView().then(() => {
    scrollTo(0, 0);
    main.focus({ preventScroll: true }); // the top of the page would hide the heading
  }));
  try {
    if (!(await resumeSession())) return showLogin();
  } catch (error) {
    return show(main, problemBox(error));
  }
  return showView();
}

begin();
