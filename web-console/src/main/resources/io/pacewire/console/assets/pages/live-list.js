import {get} from '../api.js';
import {html, show} from '../dom.js';
import {t} from '../i18n.js';
import {freshness, isOut} from '../live-model.js';
import {minute, sport} from '../units.js';
import {icon} from '../components/icon.js';
import {empty} from '../components/states.js';

const AGAIN_MS = 3_000;

/** Who is out now; with one run, that run. */
export async function open() {
  document.title = t('nav.live') + ' · Pacewire';
  const {sessions} = await get('/v1/sessions?state=live');
  const out = sessions.filter(isOut);
  if (out.length === 1) return location.replace('/live/' + out[0].sessionId);
  show(html`<header class="top"><h1>${t('nav.live')}</h1></header>
    <div class="content"><div class="card">
      ${sessions.length === 0 ? empty(t('live.empty'))
        : html`<ul class="rows">${sessions.map(one => html`<li><a href=${'/live/' + one.sessionId}>${icon('radio')}<span class="grow"><b>${one.sport ? sport(one.sport) : t('live.wait')}</b>
          <span class="quiet">${one.startAtMs ? t('live.started', {t: minute(one.startAtMs, one.timeZone)}) : ''}</span></span>
          ${seen(one)}${icon('chevron-right')}</a></li>`)}</ul>`}
    </div></div>`);
  setTimeout(() => open().catch(() => setTimeout(open, AGAIN_MS)), AGAIN_MS);
}

function seen(session) {
  const state = freshness((Date.now() - session.lastReceivedAtMs) / 1_000);
  return html`<span class="pill ${state}"><i class="dot"></i>${state === 'lost'
    ? t('live.lastSeen', {t: minute(session.lastReceivedAtMs, session.timeZone)}) : t('live.now')}</span>`;
}
