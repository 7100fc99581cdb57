import {load} from './i18n.js';
import {show} from './dom.js';
import {Shell} from './components/shell.js';
import {failure} from './components/states.js';

/** Address, the module that draws it, and its place in the rail; pages without one stand alone. */
const PAGES = [
  [/^\/sign-in$/, () => import('./pages/sign-in.js')],
  [/^\/sign-up$/, () => import('./pages/sign-up.js')],
  [/^\/$/, () => import('./pages/home.js'), 'home'],
  [/^\/live$/, () => import('./pages/live-list.js'), 'live'],
  [/^\/live\/([^/]+)$/, () => import('./pages/live-run.js'), 'live'],
  [/^\/trainings$/, () => import('./pages/trainings.js'), 'trainings'],
  [/^\/trainings\/([^/]+)$/, () => import('./pages/training.js'), 'trainings'],
  [/^\/boards\/([^/]+)\/([^/]+)$/, () => import('./pages/board.js'), 'boards'],
  [/^\/gear$/, () => import('./pages/gear.js'), 'gear'],
];

const [path, bring, place] = PAGES.find(([pattern]) => pattern.test(location.pathname));
const [module] = await Promise.all([bring(), load()]);
document.body.classList.toggle('alone', !place);
const shell = place ? new Shell(place) : null;
const me = shell?.open();
await draw();

async function draw() {
  try {
    await module.open({shell, me, arguments: location.pathname.match(path).slice(1)});
  } catch (problem) {
    if (!('status' in problem)) console.error(problem); // a fault of ours: the browser says where
    show(failure(problem, draw));
  }
}
