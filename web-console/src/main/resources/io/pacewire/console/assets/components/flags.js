import {html, nothing} from 'lit';
import {count, has, number, t} from '../i18n.js';
import {clock} from '../units.js';
import {empty} from './states.js';
import {icon} from './icon.js';

const MOST = 8;

/** What the check set aside: what was seen, what was done, how sure. */
export function flags({verdicts, rejectedFixCount, fixCount, timeZone, shown, show, none = t('check.none')}) {
  const all = grouped(verdicts);
  const groups = all.slice(-MOST).reverse();
  return html`
    <div class="head"><h2>${t('check.title')}</h2>
      <span class="quiet">${fixCount ? t('check.of', {n: number(rejectedFixCount), all: number(fixCount)}) : ''}</span></div>
    ${groups.length === 0 ? empty(none) : html`<ul class="flags">${groups.map(group => html`
      <li class=${group.some(one => one.index === shown) ? 'shown' : ''}>
        ${icon('triangle-alert')}
        <div><b>${seen(group)}</b>
          <p class="quiet">${count('check.fixes', group.length, {at: clock(group[0].atMs, timeZone)})} ${done(group[0])} ${t('check.confidence', {n: number(group[0].confidence, 2)})}</p></div>
        ${show && group[0].latitudeDeg != null
          ? html`<button type="button" class="link" @click=${() => show(group[0])}>${t('check.show')}</button>` : nothing}
      </li>`)}</ul>`}
    ${all.length > MOST ? html`<p class="quiet">${count('check.earlier', all.length - MOST, {})}</p>` : nothing}`;
}

/** Fixes in a row that were set aside for the same reason are one thing to see. */
function grouped(verdicts) {
  const groups = [];
  for (const one of verdicts) {
    const last = groups.at(-1)?.at(-1);
    if (last && last.reason === one.reason && one.atMs - last.atMs <= 10_000) groups.at(-1).push(one);
    else groups.push([one]);
  }
  return groups;
}

function seen(group) {
  const worst = group.reduce((a, b) => (Math.abs(b.value) > Math.abs(a.value) ? b : a));
  const key = 'seen.' + worst.reason;
  return has(key) ? t(key, {n: number(worst.value, worst.unit === 'm' || worst.unit === 's' ? 0 : 1), limit: number(worst.limit, 1)}) : worst.reason;
}

const DONE = {TRACK_MOVED: 'moved', GAP_BRIDGED: 'bridged', GAP_NOT_BRIDGED: 'broken', PAUSE_DETECTED: 'rested', STANDING_STILL: 'stood'};
const done = one => t('done.' + (DONE[one.reason] ?? 'left'));

/** Reasons to doubt the training as a whole; it counts all the same. */
export const oddities = suspicions => (suspicions.length === 0 ? nothing : html`
  <div class="head"><h2>${t('odd.title')}</h2></div>
  <ul class="flags" data-testid="oddities">${suspicions.map(one => html`
    <li>${icon('info')}<div><b>${odd(one)}</b><p class="quiet">${t('odd.none')} ${t('check.confidence', {n: number(one.confidence, 2)})}</p></div></li>`)}</ul>`);

const DIGITS = {'m/s': 2, 'm/step': 2, m: 2};

/** What was seen, and the limit that it was compared with. */
function odd({reason, value, limit, unit, fromAtMs, toAtMs}) {
  const key = 'odd.' + reason;
  if (has(key + '.other')) return count(key, value, {});
  const told = measured => (unit === 'share' ? number(measured * 100) : number(measured, DIGITS[unit] ?? 0));
  return has(key) ? t(key, {n: told(value), limit: told(limit), minutes: number((toAtMs - fromAtMs) / 60_000)}) : reason;
}
