import {html} from 'lit';
import {number, t} from '../i18n.js';
import {icon} from './icon.js';
import {empty} from './states.js';

const NEAR_END = .9;

/** What is nearest to its end stands first. */
export function gear(list) {
  if (list.length === 0) return empty(t('gear.none'));
  const sorted = [...list].sort((a, b) => b.distanceM / b.lifeM - a.distanceM / a.lifeM);
  return html`<ul class="gear" data-testid="gear">${sorted.map(one => {
    const part = one.distanceM / one.lifeM;
    const leftM = one.lifeM - one.distanceM;
    const state = part >= 1 ? 'bad' : part >= NEAR_END ? 'warn' : '';
    return html`<li>${icon(one.kind === 'bike' ? 'bike' : 'footprints')}
      <div class="grow"><div class="line"><b>${one.name}</b><span class=${state ? 'pill ' + state : 'quiet'}>${t(leftM >= 0 ? 'gear.left' : 'gear.over', {n: number(Math.abs(leftM) / 1_000)})}</span></div>
        <div class="wear ${state}" role="img" aria-label=${t('gear.worn', {n: number(one.distanceM / 1_000, 1), all: number(one.lifeM / 1_000)})}><i .style=${`width:${Math.min(100, 100 * part).toFixed(1)}%`}></i></div></div></li>`;
  })}</ul>`;
}
