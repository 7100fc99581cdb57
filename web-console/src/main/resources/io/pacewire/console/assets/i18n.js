const KEY = 'pacewire.language';
let texts = {};
export let language = localStorage.getItem(KEY) || (navigator.language.startsWith('ru') ? 'ru' : 'en');

export async function load() {
  texts = await (await fetch(`/assets/i18n/${language}.json`)).json();
  document.documentElement.lang = language;
}

export function t(key, values = {}) {
  return (texts[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}

export function switchLanguage() {
  localStorage.setItem(KEY, language === 'en' ? 'ru' : 'en');
  location.reload();
}

export function number(value, digits) {
  return value == null ? '–' : new Intl.NumberFormat(language, {minimumFractionDigits: digits, maximumFractionDigits: digits}).format(value);
}

export function pace(secondsPerKm) {
  if (secondsPerKm == null) return '–:––';
  const whole = Math.round(secondsPerKm);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

export function duration(seconds) {
  const whole = Math.round(seconds ?? 0);
  return `${Math.floor(whole / 3600)}:${String(Math.floor(whole / 60) % 60).padStart(2, '0')}:${String(whole % 60).padStart(2, '0')}`;
}

export function clock(atMs) {
  return new Intl.DateTimeFormat(language, {hour: '2-digit', minute: '2-digit', second: '2-digit'}).format(atMs);
}

export function day(atMs) {
  return new Intl.DateTimeFormat(language, {dateStyle: 'medium', timeStyle: 'short'}).format(atMs);
}
