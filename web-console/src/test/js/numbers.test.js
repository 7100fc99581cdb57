import assert from 'node:assert/strict';
import {test} from 'node:test';

globalThis.localStorage = {getItem: () => 'en'};
const {measured} = await import('./i18n.js');

test('what decided is never told as nought', () => {
  assert.equal(measured(.000_561_7, 2), '0.00056');
  assert.equal(measured(.008, 2), '0.008');
  assert.equal(measured(.5617, 0), '0.56');
  assert.equal(measured(.4, 0), '0.4');
  assert.equal(measured(-.05, 1), '-0.05');
});

test('what is large is told as ever', () => {
  assert.equal(measured(12.345, 1), '12.3');
  assert.equal(measured(8, 0), '8');
  assert.equal(measured(0, 1), '0.0');
  assert.equal(measured(.999, 0), '1');
  assert.equal(measured(null, 1), '–');
});
