import {load, t, switchLanguage} from './i18n.js';
import {call} from './api.js';
import {h, show} from './dom.js';
import {signIn} from './signin.js';
import {home, liveList, trainings, training} from './pages.js';
import {liveRun} from './live.js';

const pages = [
  [/^\/sign-in$/, signIn],
  [/^\/$/, home, 'home'],
  [/^\/live$/, liveList, 'live'],
  [/^\/live\/([^/]+)$/, liveRun, 'live'],
  [/^\/trainings$/, trainings, 'trainings'],
  [/^\/trainings\/([^/]+)$/, training, 'trainings'],
];

function rail(current) {
  const link = (href, name) => h('a', {href, 'aria-current': name === current ? 'page' : null}, t('nav.' + name));
  document.getElementById('rail').replaceChildren(
    h('div', {class: 'brand'}, h('img', {src: '/assets/icon.svg', alt: ''}), 'Pacewire'),
    link('/', 'home'), link('/live', 'live'), link('/trainings', 'trainings'),
    h('button', {class: 'last', type: 'button', onclick: switchLanguage}, t('nav.language')),
    h('button', {type: 'button', class: 'out', onclick: signOut}, t('nav.signOut')));
}

async function signOut() {
  await call('POST', '/v1/auth/logout', {}).catch(() => {});
  location.assign('/sign-in');
}

await load();
const [match, page, name] = pages.map(([path, ...rest]) => [location.pathname.match(path), ...rest]).find(([found]) => found) ?? [];
document.querySelector('.shell').classList.toggle('alone', !name);
if (name) rail(name);
try {
  await page(...match.slice(1));
} catch (problem) {
  const text = problem.status === 403 || problem.status === 404 ? t('error.gone') : t('error.title');
  show(h('div', {class: 'card', role: 'alert'}, h('p', {}, text),
    h('p', {class: 'quiet'}, problem.body?.requestId ?? ''),
    h('button', {class: 'secondary', type: 'button', onclick: () => location.reload()}, t('error.retry'))));
}
