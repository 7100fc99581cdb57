import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Doubts, grouped} from './components/doubts.js';
import {ESTIMATED, Track} from './components/route.js';

/** One fix a second on a line north; those that are doubted are no points of it. */
const track = (seconds, without = () => false, flag = () => 0) => {
  const atMs = Array.from({length: seconds}, (_, i) => i * 1_000).filter(at => !without(at / 1_000));
  const all = value => atMs.map(value);
  return new Track({atMs, latitudeDeg: all(at => at / 1e8), longitudeDeg: all(() => 10), distanceM: all(at => at / 300), paceSPerKm: all(() => 300),
    heartRateBpm: all(() => 140), altitudeM: all(() => 10), flags: all(at => flag(at / 1_000))});
};
const doubt = (index, second, reason = 'JUMP') => ({index, atMs: second * 1_000, reason, value: 20, limit: 5, unit: 'sigma', confidence: .9});

test('fixes next to each other are one thing', () => {
  const spiked = second => second >= 20 && second < 23;
  assert.deepEqual(grouped([20, 21, 22].map((s, i) => doubt(i, s)), track(60, spiked)).map(group => group.length), [3]);
});

test('a good fix between two makes two of them', () => {
  const spiked = second => second % 8 === 0;
  const doubts = Array.from({length: 50}, (_, i) => doubt(i, 8 * (i + 1)));
  assert.equal(grouped(doubts, track(500, spiked)).length, 50);
});

test('an estimated point between two does not', () => {
  assert.equal(grouped([doubt(0, 20), doubt(1, 23)], track(60, s => s === 20 || s === 23, s => (s === 21 || s === 22 ? ESTIMATED : 0))).length, 1);
});

test('another reason, or a long time between, makes two', () => {
  assert.equal(grouped([doubt(0, 20), doubt(1, 21, 'OFF_TRACK')], new Track()).length, 2);
  assert.equal(grouped([doubt(0, 20), doubt(1, 31)], new Track()).length, 2);
});

/** The server, of which the first 500 came with the training. */
const paged = (all, broken = () => false) => {
  const asked = [];
  const doubts = new Doubts(all.slice(0, 500), all.length, async (from, limit) => {
    asked.push(from);
    if (broken()) throw new Error('no network');
    const rest = all.filter(one => one.index >= from);
    return {verdicts: rest.slice(0, limit), nextIndex: rest[limit]?.index};
  });
  return {doubts, asked};
};
const many = n => Array.from({length: n}, (_, i) => doubt(i, 20 * i));

test('all of 2,742 are read, each once and in order', async () => {
  const all = many(2_742);
  const {doubts, asked} = paged(all);
  for (let i = 0; i < 10 && (doubts.next != null || doubts.most < all.length); i++) await doubts.more(new Track());
  assert.deepEqual(doubts.known, all);
  assert.deepEqual(asked, [500, 1_500, 2_500]);
});

test('nothing is asked for where all came at once', async () => {
  const {doubts, asked} = paged(many(400));
  await doubts.more(new Track());
  assert.deepEqual(asked, []);
});

test('a page that does not come is told, and asked for again', async () => {
  let down = true;
  const {doubts} = paged(many(742), () => down);
  await doubts.more(new Track());
  assert.equal(doubts.failed, true);
  assert.equal(doubts.known.length, 500);
  down = false;
  await doubts.more(new Track());
  assert.equal(doubts.failed, false);
  assert.equal(doubts.known.length, 742);
});
