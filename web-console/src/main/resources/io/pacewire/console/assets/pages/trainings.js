import {get} from '../api.js';
import {html, nothing, show} from '../dom.js';
import {number, t} from '../i18n.js';
import {day, duration, km, minute, month, rate, rateUnit, sport} from '../units.js';
import {icon} from '../components/icon.js';
import {empty, skeleton} from '../components/states.js';

/** All trainings, newest first, by month. */
export async function open() {
  document.title = t('nav.trainings') + ' · Pacewire';
  const top = html`<header class="top"><h1>${t('nav.trainings')}</h1></header>`;
  const waiting = setTimeout(() => show(html`${top}<div class="content">${skeleton(['row', 'row', 'row'])}</div>`), 150);
  const found = [];
  const more = async cursor => {
    const page = await get('/v1/trainings?limit=50' + (cursor ? '&cursor=' + encodeURIComponent(cursor) : ''));
    clearTimeout(waiting);
    found.push(...page.trainings);
    show(html`${top}<div class="content">${found.length === 0 ? html`<div class="card">${empty(t('trainings.empty'))}</div>` : months(found)}
      ${page.next ? html`<button type="button" class="button" @click=${() => more(page.next)}>${t('trainings.more')}</button>` : nothing}</div>`);
  };
  await more(null);
}

function months(found) {
  const groups = new Map();
  for (const one of found) {
    const name = month(one.startAtMs, one.timeZone);
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return [...groups].map(([name, trainings]) => html`
    <section class="card"><div class="head"><h2>${name}</h2><span class="quiet">${km(trainings.reduce((sum, one) => sum + one.figures.distanceM, 0))} ${t('unit.km')}</span></div>
      <ul class="rows">${trainings.map(one => html`<li><a href=${'/trainings/' + one.trainingId}>
        ${icon('activity')}<span class="grow"><b>${t('live.titleOf', {sport: sport(one.sport)})}</b> <span class="quiet">${day(one.startAtMs, one.timeZone)}, ${minute(one.startAtMs, one.timeZone)}</span></span>
        <span class="n"><b>${km(one.figures.distanceM)}</b> ${t('unit.km')}</span><span class="n wide-only">${duration(one.figures.movingS)}</span>
        <span class="n wide-only">${rate(one.figures.averagePaceSPerKm, one.sport)} ${rateUnit(one.sport)}</span>
        <span class="n wide-only quiet">${one.figures.averageHeartRateBpm ? `${number(one.figures.averageHeartRateBpm)} ${t('unit.bpm')}` : ''}</span>
        ${one.complete ? nothing : html`<span class="pill warn">${t('training.incomplete')}</span>`}${icon('chevron-right')}</a></li>`)}</ul></section>`);
}
