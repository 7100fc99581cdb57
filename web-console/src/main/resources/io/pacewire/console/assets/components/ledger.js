import {html, nothing} from 'lit';
import {t} from '../i18n.js';
import {duration, stretch} from '../units.js';
import {icon} from './icon.js';

/** Which part of the recording the server has: stored, missing, come late, and the live edge. */
export function ledger({ledger: held, session}, finished) {
  const wholeMs = Math.max(1_000, held.elapsedS * 1_000);
  const missingS = Math.max(0, held.elapsedS - held.storedS);
  const lateS = held.backfilled.reduce((sum, one) => sum + (one.toAtMs - one.fromAtMs) / 1_000, 0);
  const percent = missingS + lateS > 0 ? Math.floor(100 * lateS / (missingS + lateS)) : 0;
  const place = one => `left:${(100 * (one.fromAtMs - session.startAtMs) / wholeMs).toFixed(2)}%;width:${(100 * (one.toAtMs - one.fromAtMs) / wholeMs).toFixed(2)}%`;
  const text = missingS >= 1
    ? t(finished ? 'ledger.lost' : 'ledger.missing', {stored: duration(held.storedS), all: duration(held.elapsedS), missing: stretch(missingS)})
    : t('ledger.all', {all: duration(held.elapsedS)});
  return html`
    <div class="head"><h2>${t('ledger.title')}</h2>
      ${missingS >= 1 && lateS > 0 ? html`<span class="pill info">${icon('cloud-upload')}${t('ledger.backfill', {n: percent})}</span>` : nothing}</div>
    <div class="ledger" data-testid="ledger" role="img" aria-label=${text}>
      ${held.backfilled.map(one => html`<i class="late" .style=${place(one)}></i>`)}
      ${held.missing.map(one => html`<i class="missing" .style=${place(one)}></i>`)}
      ${finished ? nothing : html`<i class="edge"></i>`}
    </div>
    <p class="quiet">${text}</p>`;
}
