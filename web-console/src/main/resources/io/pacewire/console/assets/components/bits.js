import {html} from 'lit';

/** A number with its unit, smaller, and what it is above. */
export const stat = (label, value, unit, testid) => html`
  <div class="stat"><span class="label">${label}</span><span class="figure"><span data-testid=${testid ?? ''}>${value}</span>${unit ? html` <small>${unit}</small>` : ''}</span></div>`;

/** One of a few: a group of pressed buttons. */
export const segments = (label, chosen, options, choose) => html`
  <div class="seg" role="group" aria-label=${label}>${options.map(([value, text]) => html`
    <button type="button" aria-pressed=${chosen === value} @click=${() => choose(value)}>${text}</button>`)}</div>`;
