import assert from 'node:assert/strict';
import {test} from 'node:test';
import {longitudeAt, Track, turn} from './components/route.js';

/** Points a second apart with these longitudes, of which none says that nobody knew. */
const track = longitudes => {
  const all = value => longitudes.map((_, i) => value(i));
  return new Track({atMs: all(i => i * 1_000), latitudeDeg: longitudes.map(one => (one == null ? null : -16.8)), longitudeDeg: longitudes,
    distanceM: all(i => i * 10), paceSPerKm: all(() => 300), heartRateBpm: all(() => 0), altitudeM: all(() => 0), flags: all(() => 0)});
};
const across = step => Array.from({length: 200}, (_, i) => {
  const longitude = (step > 0 ? 179.99 : -179.99) + i * step;
  return longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude;
});
const longestLeg = one => Math.max(...one.x.slice(1).map((x, i) => Math.abs(x - one.x[i])));

for (const step of [.0001, -.0001]) {
  test(`a way across the antimeridian goes on, ${step > 0 ? 'east' : 'west'}`, () => {
    const one = track(across(step));
    assert.ok(longestLeg(one) < 1e-3, 'pixels of 256: ' + longestLeg(one));
    const {left, right} = one.bounds();
    assert.ok(right - left < .02, 'pixels of 256: ' + (right - left));
  });
}

test('also behind a tunnel, and in what comes live', () => {
  const one = track([179.9999, null, null, -179.9999]);
  one.append({atMs: [9_000], latitudeDeg: [-16.8], longitudeDeg: [179.9999], distanceM: [1], paceSPerKm: [1], heartRateBpm: [1], altitudeM: [1], flags: [0]});
  assert.equal(one.size, 5);
  assert.ok(longestLeg(one) < 1e-3);
});

test('what is drawn beside it is in the same copy of the world', () => {
  const one = track(across(.0001));
  const [x] = one.besideAt(-16.8, -179.985, 160_000);
  assert.ok(Math.abs(x - one.x[160]) < .01);
  assert.ok(longitudeAt(x) > 180 && longitudeAt(x) < 180.1);
  const early = track([-179.99, -179.98]);
  assert.equal(turn(early.x[0], one.x[0]), 256);
  assert.equal(turn(3, NaN), 0);
  assert.equal(turn(NaN, 3), 0);
});

test('elsewhere nothing is turned', () => {
  const one = track([37.5, 37.6, -120, 150]);
  assert.deepEqual(one.x.map(x => Math.round(longitudeAt(x) * 10) / 10), [37.5, 37.6, -120, -210]);
  assert.equal(new Track().besideAt(10, 20, 5)[0], track([20]).x[0]);
});
