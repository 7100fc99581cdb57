import {html, nothing, render} from 'lit';
import {color, onTheme, script} from '../dom.js';
import {number, t} from '../i18n.js';
import {measure, rate} from '../units.js';
import {icon} from './icon.js';
import {locator} from './locator.js';
import {breaks, kilometres, longitudeAt, metresAPixel, paceClass, paceLimits, runs, Track, turn, ZONE_FROM, zoneOf} from './route.js';

const CASING = '#14181B';
const PACES = ['', '#5B6F17', '#7F9A22', '#A3C52F', '#C4F042', '#F0FFC0'];
const ZONES = ['', '#7C899D', '#2C6FD8', '#2FC8AF', '#F7D53A', '#F2471F'];
const GRID_M = [10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000];
const LEAST_GRID_PX = 70;
const LABELS_APART_PX = 26;
const NEAR_PX = 18;

/**
 * A map without tiles: a metric grid, the athlete's earlier routes, the route itself. Leaflet moves
 * it, one canvas above draws it. Tells {@code cursor} with the time of the point that is pointed at,
 * and {@code follow} when a drag switched following off.
 */
class PwMap extends HTMLElement {
  track = new Track();
  earlier = [];
  flagged = [];
  backfilled = [];
  missing = false;
  colour = 'route';
  maxHeartRateBpm = 190;
  live = false;
  following = true;
  cursorAtMs = null;
  legend = false;

  async connectedCallback() {
    render(html`
      <div class="view" role="application" aria-label=${this.getAttribute('label') ?? t('live.map')}></div>
      <canvas aria-hidden="true"></canvas>
      <i class="tip" hidden></i>
      <canvas class="locator" width="216" height="124" role="img" aria-label=${t('map.locator')}></canvas>
      <div class="zoom"><button type="button" aria-label=${t('map.in')} title=${t('map.in')} @click=${() => this.map?.zoomIn()}>${icon('plus')}</button>
        <button type="button" aria-label=${t('map.out')} title=${t('map.out')} @click=${() => this.map?.zoomOut()}>${icon('minus')}</button></div>
      <p class="scale"><span></span></p>
      <p class="nowhere">${t('map.nowhere')}</p>`, this);
    this.canvas = this.querySelector('canvas');
    this.tip = this.querySelector('.tip');
    await script('leaflet.js');
    if (!this.isConnected) return;
    this.map = L.map(this.querySelector('.view'), {
      zoomControl: false, attributionControl: false, zoomAnimation: false, fadeAnimation: false,
      zoomSnap: .25, minZoom: 3, maxZoom: 19, worldCopyJump: false,
    }).setView([0, 0], 3);
    this.map.on('move', () => this.moved());
    this.map.on('dragstart', () => this.follow(false));
    this.map.on('mousemove', event => this.point(event.containerPoint));
    this.map.on('mouseout', () => this.tell('cursor', null));
    this.themed = onTheme(() => this.draw());
    this.sized = new ResizeObserver(() => {
      this.map.invalidateSize({animate: false});
      if (this.following) this.fit();
      this.draw();
    });
    this.sized.observe(this);
    this.fit();
    this.draw();
  }

  disconnectedCallback() {
    this.themed?.();
    this.sized?.disconnect();
    this.map?.remove();
    this.map = null;
  }

  /** The whole route from now on, or as it is. */
  follow(on) {
    if (this.following !== on) {
      this.following = on;
      this.tell('follow', on);
    }
    if (on) this.fit();
  }

  /** Shows a doubted fix at once, wherever the view was. */
  show({latitudeDeg, longitudeDeg, atMs}) {
    this.follow(false);
    this.scrollIntoView({block: 'nearest'}); // whoever asks from a list below it
    const [x] = this.track.besideAt(latitudeDeg, longitudeDeg, atMs);
    this.map?.setView([latitudeDeg, longitudeAt(x)], Math.max(16, this.map.getZoom()), {animate: false});
  }

  changed() {
    this.toggleAttribute('nowhere', !this.track.placed);
    if (this.following) this.fit();
    this.draw();
  }

  /** Where the athlete is now; hollow where that is long ago. */
  place(tip, stale) {
    this.here = tip?.latitudeDeg == null ? null : {...tip, point: this.track.beside(tip.latitudeDeg, tip.longitudeDeg, this.track.size - 1)};
    this.tip.hidden = !this.here;
    this.tip.classList.toggle('stale', stale);
    this.tip.classList.add('gliding');
    this.placeTip();
  }

  fit() {
    if (!this.map) return;
    const box = this.track.bounds();
    if (this.here) {
      const [x, y] = this.here.point;
      Object.assign(box, {left: Math.min(box.left, x), right: Math.max(box.right, x), top: Math.min(box.top, y), bottom: Math.max(box.bottom, y)});
    }
    if (!(box.left <= box.right)) return;
    const size = this.map.getSize();
    const least = 300 / metresAPixel(this.track.latitudeDeg || 0); // never nearer than 300 m
    const wide = Math.max(least, box.right - box.left);
    const high = Math.max(least, box.bottom - box.top);
    const scale = Math.min((size.x - 112) / wide, (size.y - (size.y > 500 ? 220 : 112)) / high);
    const zoom = Math.max(3, Math.min(18, Math.floor(Math.log2(Math.max(scale, 8)) * 4) / 4));
    const centre = L.CRS.EPSG3857.pointToLatLng(L.point((box.left + box.right) / 2, (box.top + box.bottom) / 2), 0);
    const now = this.map.getCenter();
    const moves = this.map.getZoom() !== zoom || Math.abs(now.lat - centre.lat) > 1e-6 || Math.abs(now.lng - centre.lng) > 1e-6;
    if (moves) this.map.setView(centre, zoom, {animate: false});
  }

  moved() {
    this.tip.classList.remove('gliding'); // the map moves, not the athlete
    this.draw();
  }

  draw() {
    if (this.map && !this.drawing) {
      this.drawing = requestAnimationFrame(() => {
        this.drawing = 0;
        if (this.map) this.paint();
      });
    }
  }

  paint() {
    const ratio = devicePixelRatio || 1;
    const {x: width, y: height} = this.map.getSize();
    if (this.canvas.width !== Math.round(width * ratio) || this.canvas.height !== Math.round(height * ratio)) {
      this.canvas.width = Math.round(width * ratio);
      this.canvas.height = Math.round(height * ratio);
    }
    const g = this.canvas.getContext('2d');
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    g.clearRect(0, 0, width, height);
    g.lineJoin = g.lineCap = 'round';
    this.scale = 2 ** this.map.getZoom();
    this.origin = this.map.getPixelBounds().min;
    this.grid(g, width, height);
    for (const route of this.earlier) this.line(g, route, 0, route.size - 1, 1.5, color('line'), turn(route.x[0], this.track.x[0]));
    this.route(g);
    this.labels(g);
    if (this.cursorAtMs != null && this.track.size) {
      const i = this.track.at(this.cursorAtMs);
      this.disc(g, this.px(this.track, i), this.py(this.track, i), 6, color('ink'), color('surface'), 2);
    }
    this.placeTip();
    locator(this.querySelector('.locator'), this.map.getCenter());
  }

  px(track, i) {
    return track.x[i] * this.scale - this.origin.x;
  }

  py(track, i) {
    return track.y[i] * this.scale - this.origin.y;
  }

  /** Round metres, of one latitude for the whole map: lines that follow it would not meet. */
  grid(g, width, height) {
    const metres = metresAPixel(this.track.latitudeDeg || this.map.getCenter().lat) / this.scale;
    const step = GRID_M.find(m => m / metres >= LEAST_GRID_PX) ?? GRID_M.at(-1);
    const apart = step / metres;
    const [x0, y0] = this.track.size ? [this.px(this.track, 0), this.py(this.track, 0)] : [0, 0];
    g.strokeStyle = color('grid');
    g.lineWidth = 1;
    g.beginPath();
    for (let x = x0 % apart; x < width; x += apart) {
      g.moveTo(Math.round(x) + .5, 0);
      g.lineTo(Math.round(x) + .5, height);
    }
    for (let y = y0 % apart; y < height; y += apart) {
      g.moveTo(0, Math.round(y) + .5);
      g.lineTo(width, Math.round(y) + .5);
    }
    g.stroke();
    const bar = this.querySelector('.scale span');
    const text = (step >= 1_000 ? `${number(step / 1_000)} ${t('unit.km')}` : `${number(step)} ${t('unit.m')}`)
      + (this.earlier.length ? ' · ' + t('map.earlier') : '');
    if (bar.textContent !== text) bar.textContent = text;
    bar.style.setProperty('--bar', Math.round(apart) + 'px');
  }

  route(g) {
    const {track} = this;
    if (!track.placed) return;
    const limits = this.colour === 'pace' ? paceLimits(track) : null;
    const parts = runs(track, i => this.colour === 'route' ? 'route'
      : this.colour === 'pace' ? paceClass(track.paceSPerKm[i], limits)
      : zoneOf(track.heartRateBpm[i], this.maxHeartRateBpm));
    for (const [, from, to] of parts) this.line(g, track, from, to, 7, CASING);
    for (const [kind, from, to] of parts) {
      if (kind === 'estimated') g.setLineDash([1, 7]);
      this.line(g, track, from, to, 3.5, this.hue(kind));
      g.setLineDash([]);
    }
    g.setLineDash([1, 7]);
    for (const [from, to] of breaks(track)) this.line(g, track, from, to, 3, color('ink3'));
    if (this.missing && this.here) {
      g.beginPath();
      g.moveTo(this.px(track, track.size - 1), this.py(track, track.size - 1));
      g.lineTo(this.here.point[0] * this.scale - this.origin.x, this.here.point[1] * this.scale - this.origin.y);
      g.stroke();
    }
    g.setLineDash([7, 6]);
    for (const stretch of this.backfilled) {
      this.line(g, track, track.at(stretch.fromAtMs), track.at(stretch.toAtMs), 2.5, CASING);
    }
    g.setLineDash([]);
  }

  hue(kind) {
    return this.colour === 'pace' && kind > 0 ? PACES[kind] : this.colour === 'hr' && kind > 0 ? ZONES[kind] : color('volt');
  }

  line(g, track, from, to, width, stroke, turned = 0) {
    const aside = turned * this.scale;
    g.beginPath();
    g.moveTo(this.px(track, from) + aside, this.py(track, from));
    for (let i = from + 1; i <= to; i++) g.lineTo(this.px(track, i) + aside, this.py(track, i));
    g.lineWidth = width;
    g.strokeStyle = stroke;
    g.stroke();
  }

  labels(g) {
    const {track} = this;
    if (!track.placed) return;
    g.font = '600 11px "Inter Variable", sans-serif';
    g.textAlign = 'center';
    g.textBaseline = 'middle';
    const shown = [];
    for (const [km, i] of kilometres(track)) {
      const at = [this.px(track, i), this.py(track, i)];
      if (shown.some(other => Math.hypot(other[0] - at[0], other[1] - at[1]) < LABELS_APART_PX)) continue;
      shown.push(at);
      this.disc(g, ...at, 9, color('surface'), color('line'), 1);
      g.fillStyle = color('ink');
      g.fillText(String(km), at[0], at[1] + .5);
    }
    const taken = new Set();
    for (const flag of this.flagged) {
      if (flag.latitudeDeg == null) continue;
      const [x, y] = this.track.besideAt(flag.latitudeDeg, flag.longitudeDeg, flag.atMs);
      const at = [x * this.scale - this.origin.x, y * this.scale - this.origin.y];
      const cell = at.map(pixels => Math.floor(pixels / LABELS_APART_PX)).join();
      if (taken.has(cell) && flag.index !== this.shownFlag) continue; // hundreds would hide the way
      taken.add(cell);
      this.square(g, ...at, flag.index === this.shownFlag);
    }
    this.disc(g, this.px(track, 0), this.py(track, 0), 5, color('surface'), color('ink'), 2.5);
    if (!this.live) this.disc(g, this.px(track, track.size - 1), this.py(track, track.size - 1), 6, color('volt'), CASING, 2.5);
  }

  square(g, x, y, shown) {
    g.beginPath();
    g.roundRect(x - 9, y - 9, 18, 18, 4);
    g.fillStyle = color(shown ? 'warnSoft' : 'surface');
    g.fill();
    g.lineWidth = shown ? 2 : 1.25;
    g.strokeStyle = color('warn');
    g.stroke();
    g.fillStyle = color('warn');
    g.fillText('!', x, y + .5);
  }

  disc(g, x, y, radius, fill, stroke, width) {
    g.beginPath();
    g.arc(x, y, radius, 0, 2 * Math.PI);
    g.fillStyle = fill;
    g.fill();
    g.lineWidth = width;
    g.strokeStyle = stroke;
    g.stroke();
  }

  placeTip() {
    if (!this.here || !this.scale || !this.origin) return;
    const x = this.here.point[0] * this.scale - this.origin.x;
    const y = this.here.point[1] * this.scale - this.origin.y;
    this.tip.style.setProperty('transform', `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`);
  }

  point({x, y}) {
    let nearest = null;
    let least = NEAR_PX;
    for (let i = 0; i < this.track.size; i++) {
      const away = Math.hypot(this.px(this.track, i) - x, this.py(this.track, i) - y);
      if (away < least) {
        least = away;
        nearest = i;
      }
    }
    this.tell('cursor', nearest == null ? null : this.track.atMs[nearest]);
  }

  cursor(atMs) {
    if (this.cursorAtMs !== atMs) {
      this.cursorAtMs = atMs;
      this.draw();
    }
  }

  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, {detail}));
  }
}

customElements.define('pw-map', PwMap);

/** What the colours of the route mean, in words. */
export function keys(colour, track, maxHeartRateBpm, sport) {
  if (colour === 'route' || !track.placed) return nothing;
  const key = (hue, text) => html`<span><i class="hue-${hue}"></i>${text}</span>`;
  if (colour === 'pace') {
    const limits = paceLimits(track);
    const at = limit => rate(limits[limit], sport);
    const [slower, faster] = measure(sport) === 'speed' ? '<>' : '><';
    return [1, 2, 3, 4, 5].map(n => key('p' + n, n === 1 ? `${slower} ${at(0)}` : n === 5 ? `${faster} ${at(3)}`
      : measure(sport) === 'speed' ? `${at(n - 2)}–${at(n - 1)}` : `${at(n - 1)}–${at(n - 2)}`));
  }
  const from = ZONE_FROM.map(part => Math.round(part * maxHeartRateBpm));
  return [1, 2, 3, 4, 5].map(n => key('z' + n, n === 1 ? `Z1 < ${from[1]}` : n === 5 ? `Z5 ≥ ${from[4]}` : `Z${n} ${from[n - 1]}–${from[n] - 1}`));
}

export const legend = (colour, ...of) => (colour === 'route' ? nothing : html`<p class="legend">${keys(colour, ...of)}</p>`);
