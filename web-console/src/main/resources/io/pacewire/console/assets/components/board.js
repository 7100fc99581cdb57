import {html} from 'lit';
import {count, number, t} from '../i18n.js';
import {initials, km} from '../units.js';
import {empty} from './states.js';

/** Places of a leaderboard; the viewer's own row is tinted. */
export function board(rows) {
  if (rows.length === 0) return empty(t('board.none'));
  const most = Math.max(...rows.map(row => row.xp), 1);
  return html`<table class="board" data-testid="board">
    <thead><tr><th>${t('board.rank')}</th><th>${t('board.athlete')}</th><th class="n">${t('live.distance')}</th><th class="n">${t('board.points')}</th><th aria-hidden="true" class="wide-only"></th></tr></thead>
    <tbody>${rows.map(row => html`<tr class=${row.you ? 'you' : ''}>
      <td><b>${row.rank}</b></td>
      <td><span class="person"><span class="avatar" aria-hidden="true">${initials(row.displayName)}</span><span><b>${row.displayName ?? '–'}</b>
        <small class="quiet">${row.trainings == null ? '' : count('count.trainings', row.trainings)}${row.you ? ', ' + t('board.you') : ''}</small></span></span></td>
      <td class="n"><b>${km(row.distanceM)}</b> ${t('unit.km')}</td><td class="n"><b>${number(row.xp)}</b></td>
      <td class="bar wide-only" aria-hidden="true"><i .style=${`width:${(100 * row.xp / most).toFixed(1)}%`}></i></td></tr>`)}</tbody></table>`;
}
