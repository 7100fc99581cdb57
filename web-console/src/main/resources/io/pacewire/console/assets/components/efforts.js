import {html, nothing} from 'lit';
import {number, t} from '../i18n.js';
import {duration, km, pace, rate, rated, rateUnit} from '../units.js';
import {stat} from './bits.js';

const NAMED = new Map([[804.672, 'mile.half'], [1609.344, 'mile.1'], [3218.688, 'mile.2'], [16093.44, 'mile.10'], [21097.5, 'half'], [42195, 'marathon']]);

/** What the energy is computed from; of others nothing is told. */
const FORMULAS = new Set(['POWER', 'GRADE', 'HEART_RATE']);

/** As a race is told: hours only where there are any. */
const time = seconds => (seconds < 3_600 ? pace(seconds) : duration(seconds));

const length = metres => (NAMED.has(metres) ? t('length.' + NAMED.get(metres)) : metres < 1_000 ? `${number(metres)} ${t('unit.m')}` : `${number(metres / 1_000)} ${t('unit.km')}`);

/** The fastest stretch of each usual length; pointing at one shows where it begins. */
export const effortTable = (efforts, over, sport) => html`<table class="splits" data-testid="best-efforts">
  <thead><tr><th>${t('training.length')}</th><th class="n">${t('training.time')}</th><th class="n">${rated('live.paceShort', sport)}</th></tr></thead>
  <tbody>${efforts.map(one => html`
    <tr tabindex="0" @mouseenter=${() => over(one.fromAtMs)} @focus=${() => over(one.fromAtMs)} @mouseleave=${() => over(null)} @blur=${() => over(null)}>
      <th scope="row">${length(one.lengthM)}</th><td class="n"><b>${time(one.elapsedS)}</b>${one.estimated ? html` <small class="quiet">${t('training.estimated')}</small>` : nothing}</td>
      <td class="n quiet">${rate(1_000 * one.elapsedS / one.lengthM, sport)}</td></tr>`)}</tbody></table>`;

/** Those the athlete pressed the button for. */
export const lapTable = (laps, over, sport) => html`<table class="splits" data-testid="laps">
  <thead><tr><th>${t('training.lap')}</th><th class="n">${t('unit.km')}</th><th class="n">${t('training.time')}</th><th class="n">${rated('live.paceShort', sport)}</th></tr></thead>
  <tbody>${laps.map(lap => html`
    <tr tabindex="0" @mouseenter=${() => over(lap.endAtMs)} @focus=${() => over(lap.endAtMs)} @mouseleave=${() => over(null)} @blur=${() => over(null)}>
      <th scope="row">${lap.index}</th><td class="n">${km(lap.distanceM)}</td><td class="n">${time(lap.timerS)}</td>
      <td class="n quiet">${rate(lap.distanceM > 0 ? 1_000 * lap.timerS / lap.distanceM : null, sport)}</td></tr>`)}</tbody></table>`;

/** What sensors beside the receiver say, and what it cost; nothing where nothing was measured. */
export function effort({effort: cost = {}, motion = {}, power = {}}, sport) {
  const wheels = sport === 'ride' || sport === 'mtb';
  const cadence = motion.averageCadencePerMin ?? motion.stepCadencePerMin;
  const shown = [
    [!wheels && sport !== 'swim' && cost.gradeAdjustedPaceSPerKm, 'gradeAdjusted', rate(cost.gradeAdjustedPaceSPerKm, sport), rateUnit(sport)],
    [cadence, 'cadence', number(cadence), t(wheels ? 'unit.rpm' : 'unit.spm')],
    [motion.steps, 'steps', number(motion.steps), ''],
    [motion.steps && motion.strideM, 'stride', number(motion.strideM, 2), t('unit.m')],
    [motion.sensorDistanceM, 'sensorDistance', km(motion.sensorDistanceM), t('unit.km')],
    [power.averageW, 'power', number(power.averageW), t('unit.w')],
    [power.normalizedW, 'normalized', number(power.normalizedW), t('unit.w')],
    [power.intensityFactor, 'intensity', number(power.intensityFactor, 2), ''],
    [power.trainingStressScore, 'stress', number(power.trainingStressScore), ''],
    [power.workKj, 'work', number(power.workKj), t('unit.kj')],
    [cost.energyKcal, 'energy', number(cost.energyKcal), t('unit.kcal')],
    [cost.trainingImpulse, 'impulse', number(cost.trainingImpulse), ''],
  ].filter(([measured]) => measured);
  return shown.length === 0 ? nothing : html`<section class="card" data-testid="effort"><div class="head"><h2>${t('training.effort')}</h2></div>
    <div class="loose">${shown.map(([, key, value, unit]) => stat(t('training.' + key), value, unit, key))}</div>
    ${cost.energyKcal && FORMULAS.has(cost.energyFormula) ? html`<p class="quiet" data-testid="formula">${t('energy.' + cost.energyFormula)}</p>` : nothing}</section>`;
}
