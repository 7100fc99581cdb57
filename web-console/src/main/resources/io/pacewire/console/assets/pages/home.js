import {get} from '../api.js';
import {html, nothing, show} from '../dom.js';
import {count, number, t} from '../i18n.js';
import {duration, km, weekday} from '../units.js';
import {stat} from '../components/bits.js';
import {board} from '../components/board.js';
import {gear} from '../components/gear.js';
import {failure, skeleton} from '../components/states.js';

const DAY_MS = 86_400_000;

/** This week, the board, the gear. A part that fails says so in its place; the others stay. */
export async function open() {
  document.title = t('nav.home') + ' · Pacewire';
  const top = html`<header class="top"><h1>${t('nav.home')}</h1></header>`;
  const waiting = setTimeout(() => show(html`${top}<div class="content">${skeleton(['map', 'row', 'row'])}</div>`), 150);
  const zone = encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [trainings, xp, places, things] = await Promise.allSettled([
    get('/v1/trainings?limit=50'), get('/v1/xp'), get('/v1/leaderboards/all/current?timeZone=' + zone), get('/v1/gear')]);
  clearTimeout(waiting);
  const part = (result, draw) => (result.status === 'fulfilled' ? draw(result.value) : failure(result.reason, () => open()));
  show(html`${top}
    <div class="content home">
      <div><section class="card">${part(trainings, page => week(page.trainings, xp.value))}</section>
        <section class="card"><div class="head"><h2>${t('home.board')}</h2><a href="/boards/all/current">${t('home.all')}</a></div>${part(places, found => board(found.rows.slice(0, 7)))}</section></div>
      <section class="card"><div class="head"><h2>${t('nav.gear')}</h2><a href="/gear">${t('home.all')}</a></div>${part(things, found => gear(found.gear.filter(one => !one.retired).slice(0, 5)))}</section>
    </div>`);
}

function week(trainings, xp) {
  const monday = new Date();
  monday.setHours(0, 0, 0, 0);
  monday.setDate(monday.getDate() - (monday.getDay() + 6) % 7);
  const days = Array.from({length: 7}, (_, i) => {
    const from = new Date(monday);
    from.setDate(from.getDate() + i);
    const to = new Date(from.getTime() + 36 * 3_600_000);
    to.setHours(0, 0, 0, 0);
    const of = trainings.filter(one => one.startAtMs >= from.getTime() && one.startAtMs < to.getTime());
    return {name: weekday(from), metres: of.reduce((sum, one) => sum + one.figures.distanceM, 0), today: Date.now() - from < DAY_MS && Date.now() >= from};
  });
  const now = trainings.filter(one => one.startAtMs >= monday.getTime());
  const sum = key => now.reduce((all, one) => all + (one.figures[key] ?? 0), 0);
  const most = Math.max(1_000, ...days.map(day => day.metres));
  return html`<div class="head"><h2>${t('home.week')}</h2><span class="quiet">${count('count.trainings', now.length)}</span></div>
    <div class="four">${stat(t('live.distance'), km(sum('distanceM')), t('unit.km'))}${stat(t('live.moving'), duration(sum('movingS')), '')}
      ${stat(t('live.climb'), number(sum('ascentM')), t('unit.m'))}${xp ? stat(t('training.xp'), number(xp.totalXp), t('home.level', {n: xp.level})) : nothing}</div>
    <ol class="week">${days.map(day => html`<li class=${day.today ? 'today' : ''}><span class="value">${day.metres ? km(day.metres) : ''}</span>
      <i .style=${`height:${(100 * day.metres / most).toFixed(1)}%`}></i><span>${day.name}</span></li>`)}</ol>`;
}
