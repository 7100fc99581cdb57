/** What is drawn of a track on the map: pure, so that the map itself only paints. */

export const ESTIMATED = 1;
export const PAUSED = 2;
export const BREAK = 4;

const WORLD = 256;

/** Web Mercator at zoom 0, in pixels. */
export function project(latitudeDeg, longitudeDeg) {
  const sine = Math.min(.9999, Math.max(-.9999, Math.sin(latitudeDeg * Math.PI / 180)));
  return [(longitudeDeg + 180) / 360 * WORLD, (.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * WORLD];
}

/** The longitude of an x, beyond 180 degrees where the world is gone round. */
export const longitudeAt = x => x / WORLD * 360 - 180;

/** How far a copy of the world is away that brings an x next to another. */
export const turn = (x, to) => (Number.isFinite(x) && Number.isFinite(to) ? WORLD * Math.round((to - x) / WORLD) : 0);

/** Metres a pixel of zoom 0 spans at a latitude. */
export const metresAPixel = latitudeDeg => 40_075_016.686 * Math.cos(latitudeDeg * Math.PI / 180) / WORLD;

/** Columns of points that grow; x and y are projected once. */
export class Track {
  constructor(columns) {
    this.clear();
    if (columns) this.append(columns);
  }

  clear() {
    for (const name of ['atMs', 'x', 'y', 'distanceM', 'paceSPerKm', 'heartRateBpm', 'altitudeM', 'flags']) this[name] = [];
    this.latitudeDeg = 0;
    this.placed = false;
  }

  get size() {
    return this.atMs.length;
  }

  /** Takes what is newer than the newest: a delta may repeat what a snapshot said. */
  append(columns) {
    const newest = this.atMs.at(-1) ?? -Infinity;
    for (let i = 0; i < columns.atMs.length; i++) {
      if (columns.atMs[i] <= newest) continue;
      const [x, y] = this.place(columns.latitudeDeg[i], columns.longitudeDeg[i]);
      this.atMs.push(columns.atMs[i]);
      this.x.push(x);
      this.y.push(y);
      this.distanceM.push(columns.distanceM[i]);
      this.paceSPerKm.push(columns.paceSPerKm[i]);
      this.heartRateBpm.push(columns.heartRateBpm[i]);
      this.altitudeM.push(columns.altitudeM[i]);
      this.flags.push(columns.flags[i]);
    }
  }

  /** Where nobody knows the place, as in a tunnel, it is the last that was known; indoors it is none. */
  place(latitudeDeg, longitudeDeg) {
    if (latitudeDeg == null) return this.size ? [this.x.at(-1), this.y.at(-1)] : [NaN, NaN];
    if (!this.placed) this.latitudeDeg = latitudeDeg;
    this.placed = true;
    return this.beside(latitudeDeg, longitudeDeg, this.size - 1);
  }

  /** In that copy of the world where point i is: a way across the antimeridian goes on there. */
  beside(latitudeDeg, longitudeDeg, i) {
    const [x, y] = project(latitudeDeg, longitudeDeg);
    return [x + turn(x, this.x[i]), y];
  }

  /** The same at a time: of a doubt, or of earlier. */
  besideAt(latitudeDeg, longitudeDeg, atMs) {
    return this.beside(latitudeDeg, longitudeDeg, this.at(atMs));
  }

  /** Index of the point that was there at a time, or just before. */
  at(atMs) {
    let low = 0;
    let high = this.size - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.atMs[middle] <= atMs) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  bounds() {
    const box = {left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity};
    for (let i = 0; i < this.size; i++) {
      if (Number.isNaN(this.x[i])) continue;
      box.left = Math.min(box.left, this.x[i]);
      box.right = Math.max(box.right, this.x[i]);
      box.top = Math.min(box.top, this.y[i]);
      box.bottom = Math.max(box.bottom, this.y[i]);
    }
    return box;
  }
}

/** Runs of one class: [class, from, to], both ends points; no run where the line is broken. */
export function runs(track, classOf) {
  const found = [];
  for (let i = 1; i < track.size; i++) {
    if (track.flags[i] & BREAK) continue;
    const kind = track.flags[i] & ESTIMATED ? 'estimated' : classOf(i);
    const last = found.at(-1);
    if (last && last[0] === kind && last[2] === i - 1) last[2] = i;
    else found.push([kind, i - 1, i]);
  }
  return found;
}

/** Stretches without a signal between two points, that no line bridges. */
export function breaks(track) {
  const found = [];
  for (let i = 1; i < track.size; i++) {
    if (track.flags[i] & BREAK && !(track.flags[i] & PAUSED)) found.push([i - 1, i]);
  }
  return found;
}

/** Where each kilometre was full. */
export function kilometres(track) {
  const found = [];
  let next = 1_000;
  for (let i = 0; i < track.size; i++) {
    while (track.distanceM[i] >= next) {
      found.push([next / 1_000, i]);
      next += 1_000;
    }
  }
  return found;
}

/** Lower bounds of the heart-rate zones, in parts of the highest heart rate. */
export const ZONE_FROM = [.5, .6, .7, .8, .9];

export function zoneOf(bpm, maxBpm) {
  if (!bpm) return 0;
  for (let zone = 5; zone > 0; zone--) if (bpm >= ZONE_FROM[zone - 1] * maxBpm) return zone;
  return 0;
}

/** Limits that part the paces of a track into five classes of equal size, slowest first. */
export function paceLimits(track) {
  const sorted = track.paceSPerKm.filter(Number.isFinite).sort((a, b) => b - a);
  return [.2, .4, .6, .8].map(part => sorted[Math.floor(part * sorted.length)] ?? 0);
}

export function paceClass(paceSPerKm, limits) {
  if (!Number.isFinite(paceSPerKm)) return 1;
  return 1 + limits.filter(limit => paceSPerKm < limit).length;
}
