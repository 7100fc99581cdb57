import {html, nothing} from 'lit';
import {count, has, measured, number, t} from '../i18n.js';
import {clock} from '../units.js';
import {grouped} from './doubts.js';
import {empty} from './states.js';
import {icon} from './icon.js';

const MOST = 8;

/**
 * What the check set aside: what was seen, what was done, how sure.
 *
 * @param {object} what verdicts known here, verdictCount of all, track, most (groups to list), latestFirst,
 *     more (lists more of them), elsewhere (where the others are, in words)
 */
export function flags({verdicts, verdictCount, track, rejectedFixCount, fixCount, timeZone, shown, show, most = MOST, latestFirst, more, elsewhere = '', none = t('check.none')}) {
  const all = grouped(verdicts, track);
  const groups = latestFirst ? all.slice(-most).reverse() : all.slice(0, most);
  const listed = groups.reduce((sum, group) => sum + group.length, 0);
  return html`
    <div class="head"><h2>${t('check.title')}</h2>
      <span class="quiet">${fixCount ? t('check.of', {n: number(rejectedFixCount), all: number(fixCount)}) : ''}</span></div>
    ${groups.length === 0 ? empty(none) : html`<ul class="flags">${groups.map(group => html`
      <li class=${group.some(one => one.index === shown) ? 'shown' : ''}>
        ${icon('triangle-alert')}
        <div><b>${seen(group)}</b>
          <p class="quiet">${when(group, timeZone)} ${done(group[0])} ${t('check.confidence', {n: number(group[0].confidence, 2)})}</p></div>
        ${show && group[0].latitudeDeg != null
          ? html`<button type="button" class="link" @click=${() => show(group[0])}>${t('check.show')}</button>` : nothing}
      </li>`)}</ul>`}
    ${listed < verdictCount ? html`<p class="quiet" data-testid="listed">${t('check.listed', {n: number(listed), all: number(verdictCount)})}
      ${more ? html`<button type="button" class="link" @click=${more}>${t('check.more')}</button>` : nothing} ${elsewhere}</p>` : nothing}`;
}

/** Whether some of those that are known here are not listed. */
export const hasMore = (verdicts, track, most = MOST) => grouped(verdicts, track).length > most;

function when(group, timeZone) {
  const at = one => clock(one.atMs, timeZone);
  return group.length === 1 ? t('check.fixAt', {at: at(group[0])}) : count('check.fixes', group.length, {from: at(group[0]), to: at(group.at(-1))});
}

function seen(group) {
  const worst = group.reduce((a, b) => (Math.abs(b.value) > Math.abs(a.value) ? b : a));
  const key = 'seen.' + worst.reason;
  const digits = worst.unit === 'm' || worst.unit === 's' ? 0 : 1;
  return has(key) ? t(key, {n: measured(worst.value, digits), limit: measured(worst.limit, 1)}) : worst.reason;
}

const DONE = {TRACK_MOVED: 'moved', GAP_BRIDGED: 'bridged', GAP_NOT_BRIDGED: 'broken', PAUSE_DETECTED: 'rested', STANDING_STILL: 'stood'};
const done = one => t('done.' + (DONE[one.reason] ?? 'left'));

/** Reasons to doubt the training as a whole; it counts all the same. */
export const oddities = suspicions => (suspicions.length === 0 ? nothing : html`
  <div class="head"><h2>${t('odd.title')}</h2></div>
  <ul class="flags" data-testid="oddities">${suspicions.map(one => html`
    <li>${icon('info')}<div><b>${odd(one)}</b><p class="quiet">${t('odd.none')} ${t('check.confidence', {n: number(one.confidence, 2)})}</p></div></li>`)}</ul>`);

const DIGITS = {'m/s': 2, 'm/step': 2};

/** What was seen, and the limit that it was compared with. */
function odd({reason, value, limit, unit, fromAtMs, toAtMs}) {
  const key = 'odd.' + reason;
  if (has(key + '.other')) return count(key, value, {});
  const told = value => (unit === 'share' ? measured(value * 100, 0) : reason === 'CONSTANT_ACCURACY' ? measured(value * 1_000, 0) : measured(value, DIGITS[unit] ?? 0));
  return has(key) ? t(key, {n: told(value), limit: told(limit), minutes: number((toAtMs - fromAtMs) / 60_000)}) : reason;
}
