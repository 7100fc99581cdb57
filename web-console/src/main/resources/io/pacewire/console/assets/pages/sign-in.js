import {html, render, show} from '../dom.js';
import {call, get, mayBeSignedIn, renew, signedIn} from '../api.js';
import {count, otherLanguage, switchLanguage, t} from '../i18n.js';
import {icon} from '../components/icon.js';

/** A page of our own only: whatever else stands in the address is not gone to. */
export function next() {
  const wanted = new URLSearchParams(location.search).get('next') ?? '/live';
  return wanted.startsWith('/') && !/^\/[/\\]/.test(wanted) ? wanted : '/live';
}

export function enter() {
  signedIn(true);
  location.replace(next());
}

export async function open() {
  document.title = t('signIn.submit') + ' · Pacewire';
  const once = location.hash.match(/^#once=([\w-]+)$/)?.[1];
  let fault = '';
  if (once) {
    history.replaceState(null, '', location.pathname + location.search);
    try {
      await call('POST', '/v1/auth/once', {token: once, cookie: true});
      return enter();
    } catch {
      fault = t('signIn.link');
    }
  } else if (mayBeSignedIn() && await renew().then(() => true, () => false)) {
    return enter();
  }
  draw({fault, shown: false, busy: false});
  await server();
}

/** Says at the foot whether the server answers, and which one it is. */
export async function server() {
  const found = await get('/v1/server').catch(() => null);
  render(found ? html`<span class="pill ok"><i class="dot"></i>${t('signIn.up')}</span><span>${found.version}</span>`
    : html`<span class="pill warn"><i class="dot"></i>${t('signIn.down')}</span>`, document.getElementById('server'));
}

function draw(state) {
  show(frame(html`
    <form class="sign" @submit=${event => submit(event, state)} novalidate>
      <h1>${t('signIn.title')}</h1><p class="lead">${t('signIn.lead')}</p>
      <label for="email">${t('signIn.email')}</label>
      <input id="email" name="email" type="email" autocomplete="username" required autofocus aria-describedby="fault" aria-invalid=${Boolean(state.fault)}>
      <label for="password">${t('signIn.password')}</label>
      <div class="secret"><input id="password" name="password" type=${state.shown ? 'text' : 'password'} autocomplete="current-password" required aria-describedby="fault" aria-invalid=${Boolean(state.fault)}>
        <button type="button" aria-pressed=${state.shown} aria-label=${t('signIn.show')} @click=${() => draw({...state, shown: !state.shown})}>${icon(state.shown ? 'eye-off' : 'eye')}</button></div>
      <p id="fault" class="fault" role="alert">${state.fault}</p>
      <button class="primary" ?disabled=${state.busy}>${t('signIn.submit')}</button>
      <p class="other">${t('signIn.new')} <a href=${'/sign-up' + location.search}>${t('signIn.create')}</a></p>
    </form>`));
}

async function submit(event, state) {
  event.preventDefault();
  const form = event.target;
  const [email, password] = [form.email, form.password];
  const missing = [email, password].find(field => !field.value);
  if (missing) {
    draw({...state, fault: t('signIn.empty')});
    return missing.focus();
  }
  draw({...state, busy: true});
  try {
    await call('POST', '/v1/auth/login', {email: email.value, password: password.value, cookie: true});
    enter();
  } catch (problem) {
    draw({...state, busy: false, fault: said(problem)});
    password.focus();
  }
}

function said({status, body}) {
  if (status === 429) return count('signIn.paused', Math.ceil((body.retryAfterS ?? 60) / 60));
  if (status === 401) return body.triesLeft == null ? t('signIn.wrongPlain') : count('signIn.wrong', body.triesLeft);
  return t(status === 0 ? 'error.offline' : 'error.part');
}

/** Half the screen for the form, half for what it is about. */
export const frame = form => html`
  <div class="entry">
    <div class="entry-form">
      <header><span class="brand"><img src="/assets/icon.svg" alt="" width="26" height="26">Pacewire</span>
        <button type="button" class="item" lang=${otherLanguage} @click=${switchLanguage}>${icon('languages')}${t('nav.language')}</button></header>
      ${form}
      <footer id="server"></footer>
    </div>
    <aside class="entry-side" aria-hidden="true"><p>${t('signIn.promise')}</p>
      <svg viewBox="0 0 640 420"><path class="casing" d="${RUN}"/><path class="core" d="${RUN}"/><circle class="start" cx="60" cy="330" r="6"/><circle class="now" cx="470" cy="170" r="10"/></svg>
    </aside>
  </div>`;

const RUN = 'M60 330C110 336 126 360 160 342S176 262 182 246S250 254 300 240S380 190 430 200S480 236 488 214S486 176 470 170C440 152 420 130 452 112S556 84 582 126S548 216 520 196S480 180 470 170';
