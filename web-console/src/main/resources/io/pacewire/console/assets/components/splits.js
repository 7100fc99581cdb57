import {html} from 'lit';
import {number, t} from '../i18n.js';
import {rate, rated, rateUnit} from '../units.js';

const MILE_M = 1_609.344;

/** The last four kilometres and the begun one, over the map. */
export function splitStrip(splits, sport) {
  const last = splits.slice(-5);
  return html`<ol class="strip" data-testid="splits">${last.map(split => html`
    <li class=${split.partial ? 'now' : ''}><span>${split.partial ? t('split.begun', {n: split.index, m: Math.round(split.distanceM)}) : t('split.km', {n: split.index})}</span>
      <b>${rate(split.paceSPerKm, sport)}</b> <small>${split.partial ? t('split.now') : `${number(split.averageHeartRateBpm)} ${t('unit.bpm')}`}</small></li>`)}</ol>`;
}

/** All of them, with a bar that shows who was faster; the fastest whole one in volt. */
export function splitTable(splits, over, sport, miles = false) {
  const paces = splits.map(split => split.paceSPerKm).filter(Number.isFinite);
  const slowest = Math.max(...paces);
  const spread = Math.max(1, slowest - Math.min(...paces));
  const fastest = splits.filter(split => !split.partial && Number.isFinite(split.paceSPerKm)).reduce((a, b) => (a && a.paceSPerKm <= b.paceSPerKm ? a : b), null);
  const width = split => (Number.isFinite(split.paceSPerKm) ? 34 + 66 * (slowest - split.paceSPerKm) / spread : 0).toFixed(1);
  return html`<table class="splits" data-testid="split-table">
    <thead><tr><th>${t(miles ? 'unit.mile' : 'unit.km')}</th><th>${rated('live.paceShort', sport)}${miles ? ', ' + rateUnit(sport, true) : ''}</th><th aria-hidden="true"></th><th class="n">${t('unit.bpm')}</th><th class="n">${t('live.climb')}</th></tr></thead>
    <tbody>${splits.map(split => html`
      <tr class=${split === fastest ? 'best' : ''} tabindex="0" @mouseenter=${() => over(split)} @focus=${() => over(split)} @mouseleave=${() => over(null)} @blur=${() => over(null)}>
        <th scope="row">${split.partial ? number(split.distanceM / (miles ? MILE_M : 1_000), 2) : split.index}</th><td>${rate(split.paceSPerKm, sport, miles)}</td>
        <td class="bar" aria-hidden="true"><i .style=${`width:${width(split)}%`}></i></td>
        <td class="n">${number(split.averageHeartRateBpm)}</td><td class="n quiet">${number(split.ascentM)} ${t('unit.m')}</td>
      </tr>`)}</tbody></table>`;
}
