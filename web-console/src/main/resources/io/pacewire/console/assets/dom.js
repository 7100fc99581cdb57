import {render} from 'lit';

export {html, nothing, render} from 'lit';

/** Fills the page. */
export function show(template) {
  render(template, document.getElementById('page'));
}

/** Spoken by screen readers when they have finished what they say now; at most once in 15 s unless it matters. */
export function say(text, always = false) {
  const now = Date.now();
  if (!always && now - spokenAtMs < 15_000) return;
  spokenAtMs = now;
  document.getElementById('polite').textContent = text;
}
let spokenAtMs = 0;

/** A colour of the theme, for what is drawn on a canvas. */
export function color(name) {
  return getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
}

/** Calls back when the theme has changed, by choice or by the system. Returns what ends it. */
export function onTheme(changed) {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const watcher = new MutationObserver(changed);
  watcher.observe(document.documentElement, {attributeFilter: ['data-theme']});
  dark.addEventListener('change', changed);
  return () => {
    watcher.disconnect();
    dark.removeEventListener('change', changed);
  };
}

export function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

export function switchTheme() {
  const theme = isDark() ? 'light' : 'dark';
  localStorage.setItem('pacewire.theme', theme);
  document.documentElement.dataset.theme = theme;
}

const scripts = new Map();

/** A vendored library, loaded once and only where it is used. */
export function script(name) {
  if (!scripts.has(name)) {
    scripts.set(name, new Promise((resolve, reject) => {
      const element = document.createElement('script');
      element.src = `/assets/vendor/${name}`;
      element.onload = resolve;
      element.onerror = () => reject(new Error(name + ' did not load'));
      document.head.append(element);
    }));
  }
  return scripts.get(name);
}
