import {html, nothing} from 'lit';
import {t} from '../i18n.js';
import {icon} from './icon.js';

/** One sentence what would be here, and one thing to do about it. */
export const empty = (text, action = nothing) => html`<div class="empty" data-testid="empty"><p>${text}</p>${action}</div>`;

/** In place of the part that failed: what happened, what still holds, what to do. */
export function failure(problem, retry) {
  const gone = problem.status === 403 || problem.status === 404;
  const key = gone ? 'error.gone' : problem.status === 0 ? 'error.offline' : 'error.part';
  return html`
    <div class="card failure" role="alert">
      ${icon(gone ? 'info' : 'triangle-alert')}
      <div>
        <p>${t(key)}</p>
        ${problem.body?.requestId ? html`<p class="quiet">${t('error.request')} <code>${problem.body.requestId}</code></p>` : nothing}
        ${gone ? html`<a class="button" href="/">${t('error.home')}</a>`
          : html`<button type="button" class="button" @click=${retry}>${icon('refresh-cw')}${t('error.retry')}</button>`}
      </div>
    </div>`;
}

/** Boxes of the size of what will come. */
export const skeleton = heights => html`<div class="skeleton" aria-busy="true" aria-label=${t('loading')}>${heights.map(height => html`<i class="h${height}"></i>`)}</div>`;
