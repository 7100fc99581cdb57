import {get} from '../api.js';
import {html, show} from '../dom.js';
import {t} from '../i18n.js';
import {board} from '../components/board.js';
import {skeleton} from '../components/states.js';

/** A leaderboard: its scope and its week stand in the address. */
export async function open({arguments: [scope, period]}) {
  document.title = t('nav.boards') + ' · Pacewire';
  const top = html`<header class="top"><h1>${t('nav.boards')}</h1></header>`;
  const waiting = setTimeout(() => show(html`${top}<div class="content">${skeleton(['row', 'row'])}</div>`), 150);
  const zone = encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone);
  const found = await get(`/v1/leaderboards/${scope}/${period}?timeZone=${zone}`).finally(() => clearTimeout(waiting));
  show(html`${top}<div class="content"><section class="card"><div class="head"><h2>${t('board.week', {week: found.period})}</h2></div>${board(found.rows)}</section></div>`);
}
