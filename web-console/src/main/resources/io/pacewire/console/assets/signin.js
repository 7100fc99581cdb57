import {t, switchLanguage} from './i18n.js';
import {call, renew} from './api.js';
import {h, show} from './dom.js';

/** A page of our own only: whatever else stands in the address is not gone to. */
function next() {
  const wanted = new URLSearchParams(location.search).get('next') ?? '/live';
  return wanted.startsWith('/') && !wanted.startsWith('//') ? wanted : '/live';
}

export async function signIn() {
  const once = location.hash.match(/^#once=([\w-]+)$/)?.[1];
  let fault = '';
  if (once) {
    history.replaceState(null, '', location.pathname + location.search);
    try {
      await call('POST', '/v1/auth/once', {token: once, cookie: true});
      return location.replace(next());
    } catch {
      fault = t('signIn.link');
    }
  } else if (await renew().then(() => true, () => false)) {
    return location.replace(next());
  }
  form(fault);
}

function form(fault) {
  const email = h('input', {id: 'email', type: 'email', autocomplete: 'username', required: true, 'aria-describedby': 'fault'});
  const password = h('input', {id: 'password', type: 'password', autocomplete: 'current-password', required: true, 'aria-describedby': 'fault'});
  const told = h('p', {id: 'fault', class: 'fault', role: 'alert'}, fault);
  show(h('form', {class: 'sign', onsubmit: submit},
    h('h1', {}, t('signIn.title')), h('p', {class: 'quiet'}, t('signIn.lead')),
    h('label', {for: 'email'}, t('signIn.email')), email,
    h('label', {for: 'password'}, t('signIn.password')), password, told,
    h('button', {class: 'primary'}, t('signIn.submit')),
    h('p', {}, h('button', {class: 'secondary', type: 'button', onclick: switchLanguage}, t('nav.language')))));

  async function submit(event) {
    event.preventDefault();
    try {
      await call('POST', '/v1/auth/login', {email: email.value, password: password.value, cookie: true});
      location.replace(next());
    } catch (problem) {
      told.textContent = problem.status === 429 ? t('signIn.paused', {n: problem.body.retryAfterS})
        : problem.status === 401 ? t('signIn.wrong', {n: problem.body.triesLeft ?? 0})
        : problem.body.detail ?? t('error.title');
      email.focus();
    }
  }
}
