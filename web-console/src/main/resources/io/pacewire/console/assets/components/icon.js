import {html} from 'lit';
import {ICONS} from './icons.js';

/** A drawing beside a word; alone only where the control has a label of its own. */
export const icon = name => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${ICONS[name]}</svg>`;
