import {language, number, t} from './i18n.js';

export const km = metres => number(metres == null ? null : metres / 1000, 2);

/** Minutes and seconds a kilometre. */
export function pace(secondsPerKm) {
  if (secondsPerKm == null || !Number.isFinite(secondsPerKm) || secondsPerKm >= 3600) return '–:––';
  const whole = Math.round(secondsPerKm);
  return `${Math.floor(whole / 60)}:${two(whole % 60)}`;
}

const MILE_KM = 1.609344;
const MEASURES = {ride: 'speed', mtb: 'speed', swim: 'swim'};

/** How fast is told by 'pace' (a kilometre), by 'speed' (an hour) or, of swimmers, by 'swim' (100 m). */
export const measure = sport => MEASURES[sport] ?? 'pace';

/** How fast it went, as this sport tells it. */
export function rate(secondsPerKm, sport, miles = false) {
  const lengthKm = miles ? MILE_KM : 1;
  if (measure(sport) !== 'speed') return pace(secondsPerKm == null ? null : measure(sport) === 'swim' ? secondsPerKm / 10 : secondsPerKm * lengthKm);
  return number(secondsPerKm > 0 ? kmh(secondsPerKm) / lengthKm : null, 1);
}

export const kmh = secondsPerKm => 3_600 / secondsPerKm;

export const rateUnit = (sport, miles = false) => t(`unit.${measure(sport)}${miles ? '.mile' : ''}`);

/** A text about pace, or its twin about speed. */
export const rated = (key, sport, values) => t(measure(sport) === 'speed' ? key + '.speed' : key, values);

/** Hours, minutes and seconds. */
export function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds ?? 0));
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

/** "2 min 51 s", for a stretch of time in a sentence. */
export function stretch(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return t('unit.s', {n: whole});
  if (whole < 3600) return t('unit.minS', {m: Math.floor(whole / 60), s: whole % 60});
  return t('unit.hMin', {h: Math.floor(whole / 3600), m: Math.floor(whole / 60) % 60});
}

const two = value => String(value).padStart(2, '0');

const formatted = (options, timeZone) => new Intl.DateTimeFormat(language, {...options, timeZone});

/** In the zone of the athlete where one is known, as all times of day of a training. */
export const clock = (atMs, timeZone) => formatted({hour: '2-digit', minute: '2-digit', second: '2-digit'}, timeZone).format(atMs);
export const minute = (atMs, timeZone) => formatted({hour: 'numeric', minute: '2-digit'}, timeZone).format(atMs);
export const day = (atMs, timeZone) => formatted({weekday: 'short', day: 'numeric', month: 'long', year: 'numeric'}, timeZone).format(atMs);
export const month = (atMs, timeZone) => formatted({month: 'long', year: 'numeric'}, timeZone).format(atMs);
export const weekday = atMs => `${formatted({weekday: 'short'}).format(atMs)} ${formatted({day: 'numeric'}).format(atMs)}`;

export const sport = name => t('sport.' + (SPORTS.has(name) ? name : 'other'));
const SPORTS = new Set(['run', 'trail-run', 'walk', 'hike', 'ride', 'mtb', 'indoor', 'xc-ski', 'swim', 'other']);

export const initials = name => (name ?? '').split(/\s+/).map(word => [...word][0] ?? '').slice(0, 2).join('').toUpperCase();
