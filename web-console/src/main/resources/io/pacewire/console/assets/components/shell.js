import {html, nothing, render} from 'lit';
import {call, get, signedIn} from '../api.js';
import {isDark, onTheme, switchTheme} from '../dom.js';
import {number, otherLanguage, switchLanguage, t} from '../i18n.js';
import {initials} from '../units.js';
import {icon} from './icon.js';
import {isOut} from '../live-model.js';

const PLACES = [
  {name: 'home', href: '/', icon: 'house', tab: true},
  {name: 'live', href: '/live', icon: 'radio', tab: true},
  {name: 'trainings', href: '/trainings', icon: 'activity', tab: true},
  {name: 'boards', href: '/boards/all/current', icon: 'trophy', tab: true},
  {name: 'gear', href: '/gear', icon: 'footprints', tab: false},
];

/** The rail on a desktop, the tabs on a phone, and what is kept behind More. */
export class Shell {
  constructor(current) {
    this.current = current;
    this.out = 0;
    onTheme(() => this.draw());
    addEventListener('online', () => this.draw());
    addEventListener('offline', () => this.draw());
    this.loadedAt = new Date();
  }

  async open() {
    this.draw();
    const [me, xp, live] = await Promise.allSettled([get('/v1/me'), get('/v1/xp'), get('/v1/sessions?state=live')]);
    this.me = me.value;
    this.xp = xp.value;
    this.out = live.value?.sessions.filter(isOut).length ?? 0;
    this.draw();
    return this.me;
  }

  draw() {
    render(html`
      <a class="brand" href="/"><img src="/assets/icon.svg" alt="" width="26" height="26">Pacewire</a>
      ${PLACES.map(place => this.place(place))}
      <button type="button" class="tab more" aria-haspopup="dialog" @click=${() => this.more.showModal()}>${icon('menu')}<span>${t('nav.more')}</span></button>
      <div class="foot">
        ${this.actions()}
        <div class="me" data-testid="me">
          <span class="avatar" aria-hidden="true">${initials(this.me?.displayName)}</span>
          <div><b>${this.me?.displayName ?? ''}</b>
          <span class="quiet">${this.xp ? t('nav.level', {level: this.xp.level, xp: number(this.xp.totalXp)}) : ''}</span></div>
        </div>
      </div>
      <dialog class="sheet" aria-label=${t('nav.more')}>
        <a class="item" href="/gear">${icon('footprints')}${t('nav.gear')}</a>
        ${this.actions()}
        <button type="button" class="item" @click=${() => this.more.close()}>${icon('x')}${t('close')}</button>
      </dialog>`, document.getElementById('rail'));
    render(navigator.onLine ? nothing
      : html`<p class="offline" role="status">${icon('wifi-off')}${t('offline', {time: this.loadedAt.toLocaleTimeString([], {hour: '2-digit', minute: '2-digit'})})}</p>`,
      document.getElementById('notice'));
  }

  get more() {
    return document.querySelector('#rail dialog');
  }

  place({name, href, icon: drawing, tab}) {
    return html`
      <a class=${tab ? 'tab' : 'wide'} href=${href} aria-current=${this.current === name ? 'page' : 'false'}>
        ${icon(drawing)}<span>${t('nav.' + name)}</span>
        ${name === 'live' && this.out > 0 ? html`<span class="badge" aria-label=${t('nav.out')}>${this.out}</span>` : nothing}
      </a>`;
  }

  actions() {
    return html`
      <button type="button" class="item" @click=${switchTheme}>${icon(isDark() ? 'sun' : 'moon')}${t(isDark() ? 'nav.light' : 'nav.dark')}</button>
      <button type="button" class="item" lang=${otherLanguage} @click=${switchLanguage}>${icon('languages')}${t('nav.language')}</button>
      <button type="button" class="item" @click=${signOut}>${icon('log-out')}${t('nav.signOut')}</button>`;
  }
}

async function signOut() {
  await call('POST', '/v1/auth/logout', {}).catch(() => {});
  signedIn(false);
  location.assign('/sign-in');
}
