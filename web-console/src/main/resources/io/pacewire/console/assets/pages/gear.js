import {get} from '../api.js';
import {html, show} from '../dom.js';
import {t} from '../i18n.js';
import {gear} from '../components/gear.js';
import {skeleton} from '../components/states.js';

export async function open() {
  document.title = t('nav.gear') + ' · Pacewire';
  const top = html`<header class="top"><h1>${t('nav.gear')}</h1></header>`;
  const waiting = setTimeout(() => show(html`${top}<div class="content">${skeleton(['row', 'row'])}</div>`), 150);
  const found = await get('/v1/gear').finally(() => clearTimeout(waiting));
  show(html`${top}<div class="content"><section class="card">${gear(found.gear)}</section></div>`);
}
