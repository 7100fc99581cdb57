import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';

globalThis.localStorage = {getItem: () => 'en'};
globalThis.document = {documentElement: {}};
globalThis.fetch = async path => ({json: async () => JSON.parse(readFileSync('.' + path.replace('/assets', '')))});
const {load, t} = await import('./i18n.js');
const {measure, rate, rated, rateUnit} = await import('./units.js');
await load();

test('a rider is told km/h, a swimmer minutes a hundred metres, all others minutes a kilometre', () => {
  assert.equal(`${rate(138.5, 'ride')} ${rateUnit('ride')}`, '26.0 km/h');
  assert.equal(`${rate(240, 'mtb')} ${rateUnit('mtb')}`, '15.0 km/h');
  assert.equal(`${rate(1_250, 'swim')} ${rateUnit('swim')}`, '2:05 min/100 m');
  for (const sport of ['run', 'walk', 'hike', 'trail-run', 'xc-ski', 'other', undefined]) {
    assert.equal(`${rate(330, sport)} ${rateUnit(sport)}`, '5:30 min/km');
  }
});

test('splits by the mile are told by the mile', () => {
  assert.equal(`${rate(300, 'run', true)} ${rateUnit('run', true)}`, '8:03 min/mi');
  assert.equal(`${rate(120, 'ride', true)} ${rateUnit('ride', true)}`, '18.6 mph');
});

test('who stands has no speed and no pace', () => {
  for (const none of [null, undefined, NaN, 0]) assert.equal(rate(none, 'ride'), '–');
  for (const none of [null, undefined, NaN]) assert.equal(rate(none, 'swim'), '–:––');
});

test('each text about pace has its twin about speed', () => {
  for (const key of ['live.pace', 'live.paceShort', 'live.averagePace', 'live.charts', 'live.spoken', 'map.pace', 'chart.pace']) {
    assert.notEqual(rated(key, 'ride'), key + '.speed');
    assert.equal(rated(key, 'run'), t(key));
  }
  assert.equal(measure('ride'), 'speed');
});
