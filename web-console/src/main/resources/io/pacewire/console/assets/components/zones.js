import {html} from 'lit';
import {number, t} from '../i18n.js';
import {duration} from '../units.js';
import {ZONE_FROM} from './route.js';

/** Five bars, the one of now bright. */
export const zoneBar = zone => html`<div class="zonebar" aria-hidden="true">${[1, 2, 3, 4, 5].map(n => html`<i class="z${n} ${n === zone ? 'at' : ''}"></i>`)}</div>`;

/** Time in each zone. */
export function zoneTable({maxHeartRateBpm, seconds}) {
  const sum = seconds.reduce((a, b) => a + b, 0);
  const most = Math.max(1, ...seconds);
  return html`<table class="zones"><tbody>${[5, 4, 3, 2, 1].map(zone => html`
    <tr><th scope="row"><span class="chip z${zone}">Z${zone}</span> ${t('zone.' + zone)}</th>
      <td class="quiet n">${number(ZONE_FROM[zone - 1] * maxHeartRateBpm)}${zone === 5 ? '+' : `–${number(ZONE_FROM[zone] * maxHeartRateBpm - 1)}`}</td>
      <td class="bar" aria-hidden="true"><i class="z${zone}" .style=${`width:${(100 * seconds[zone - 1] / most).toFixed(1)}%`}></i></td>
      <td class="n"><b>${duration(seconds[zone - 1])}</b></td><td class="n quiet">${number(sum ? 100 * seconds[zone - 1] / sum : 0)} %</td></tr>`)}</tbody></table>`;
}
