const KEY = 'pacewire.language';
const LANGUAGES = ['en', 'ru'];
const chosen = localStorage.getItem(KEY);
export const language = LANGUAGES.includes(chosen) ? chosen : navigator.language.startsWith('ru') ? 'ru' : 'en';
export const otherLanguage = language === 'en' ? 'ru' : 'en';

const plurals = new Intl.PluralRules(language);
let texts = {};

export async function load() {
  document.documentElement.lang = language;
  const answer = await fetch(`/assets/i18n/${language}.json`);
  texts = await answer.json();
}

/** A sentence by its key; {names} in it are replaced by values, as text. */
export function t(key, values = {}) {
  return (texts[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}

/** A sentence about a number of things, in the form that the language wants for it. */
export function count(key, n, values = {}) {
  return t(`${key}.${plurals.select(n)}`, {n: number(n, 0), ...values});
}

export function has(key) {
  return key in texts;
}

export function switchLanguage() {
  localStorage.setItem(KEY, otherLanguage);
  location.reload();
}

const formats = new Map();

export function number(value, digits = 0) {
  if (value == null || !Number.isFinite(value)) return '–';
  if (!formats.has(digits)) {
    formats.set(digits, new Intl.NumberFormat(language, {minimumFractionDigits: digits, maximumFractionDigits: digits}));
  }
  return formats.get(digits).format(value);
}

/** What decided something is no nought: below 1 it keeps two digits that say something. */
export function measured(value, digits) {
  if (value == null || !(Math.abs(value) < 1)) return number(value, digits);
  const exact = Number(value.toPrecision(2));
  return number(exact, Math.max(digits, decimals(exact)));
}

const decimals = value => value.toFixed(12).replace(/0+$/, '').split('.')[1].length;
