import {html, render} from 'lit';
import {color, onTheme, script} from '../dom.js';
import {number, t} from '../i18n.js';
import {duration, kmh, measure, minute, rate, rated} from '../units.js';
import {icon} from './icon.js';
import {ZONE_FROM} from './route.js';

const TICKS = [5, 10, 20, 25, 50, 100, 200, 500, 1_000];
const KINDS = {
  pace: {column: 'paceSPerKm', hue: 'pace', text: rate, inverted: true, least: 40, none: [240, 420], ticks: [10, 15, 20, 30, 60, 120, 300, 600]},
  swim: {column: 'paceSPerKm', hue: 'pace', text: secondsPerKm => rate(secondsPerKm, 'swim'), inverted: true, least: 100, none: [1_000, 1_500], ticks: [50, 100, 150, 300, 600, 1_200]},
  speed: {column: 'paceSPerKm', hue: 'pace', text: value => number(value), of: kmh, least: 5, none: [10, 40], ticks: [1, 2, 5, 10, 20, 50]},
  hr: {column: 'heartRateBpm', hue: 'hr', text: bpm => number(bpm), least: 30, none: [60, 180], ticks: TICKS},
  elevation: {column: 'altitudeM', hue: 'ele', text: m => number(m), least: 40, none: [60, 180], ticks: TICKS},
};
const ZONE_BANDS = ['', '#7C899D', '#2C6FD8', '#2FC8AF', '#F7D53A', '#F2471F'];
const TABLE_ROWS = 20;
const FAR_FROM_USUAL = 1.4;

/**
 * One figure of a track along time or distance. Property {@code show({track, fromAtMs, along, …})}
 * gives it what to draw; it tells {@code cursor} with the time that is pointed at.
 */
class PwSeries extends HTMLElement {
  async connectedCallback() {
    this.kind = this.drawn();
    render(html`
      <div class="plot" role="img"></div>
      <button type="button" class="table-toggle" aria-expanded="false" @click=${() => this.toggle()}>${icon('table-2')}<span>${t('chart.table')}</span></button>
      <div class="values" hidden></div>`, this);
    this.box = this.querySelector('.plot');
    await Promise.all([script('uPlot.iife.min.js'), document.fonts.load('11px "Inter Variable"')]);
    this.themed = onTheme(() => this.rebuild());
    this.sized = new ResizeObserver(() => {
      if (this.plot && this.box.clientWidth) {
        this.plot.setSize({width: this.box.clientWidth, height: this.box.clientHeight});
      }
    });
    this.sized.observe(this.box);
    this.ready = true;
    this.rebuild();
  }

  disconnectedCallback() {
    this.themed?.();
    this.sized?.disconnect();
    this.plot?.destroy();
    this.plot = null;
    this.ready = false;
  }

  /**
   * @param {object} what track, along ('time' or 'distance'), fromAtMs, untilAtMs, missing, backfilled,
   *     maxHeartRateBpm, averagePaceSPerKm, sport
   */
  show(what) {
    this.what = what;
    if (!this.ready) return;
    if (!this.plot || this.kind !== this.drawn()) return this.rebuild();
    const data = this.columns();
    this.plot.setData(data);
    this.describe(data[1]);
  }

  /** How fast is drawn as the sport tells it. */
  drawn() {
    const kind = this.getAttribute('kind');
    return KINDS[kind === 'pace' ? measure(this.what?.sport) : kind];
  }

  /** The time somebody points at elsewhere. */
  cursor(atMs) {
    if (!this.plot || this.pointing) return;
    const {track, along} = this.what;
    if (atMs == null) {
      this.plot.setCursor({left: -10, top: -10}, false);
      return;
    }
    const at = along === 'distance' ? track.distanceM[track.at(atMs)] / 1_000 : atMs / 1_000;
    this.plot.setCursor({left: this.plot.valToPos(at, 'x'), top: 0}, false);
  }

  rebuild() {
    if (!this.ready || !this.what || !this.box.clientWidth) return;
    this.plot?.destroy();
    this.kind = this.drawn();
    const data = this.columns();
    this.plot = new uPlot(this.options(), data, this.box);
    this.describe(data[1]);
  }

  /** At most two points a pixel: means of neighbours, a gap where all of them are one. */
  columns() {
    const {track, along, fromAtMs = -Infinity} = this.what;
    const from = fromAtMs === -Infinity ? 0 : track.at(fromAtMs);
    const {of = value => value} = this.kind;
    const values = track[this.kind.column];
    const whole = Math.max(1, Math.ceil((track.size - from) / (2 * (this.box.clientWidth || 300))));
    const x = [];
    const y = [];
    for (let i = from; i < track.size; i += whole) {
      let sum = 0;
      let n = 0;
      for (let j = i; j < Math.min(i + whole, track.size); j++) {
        if (values[j] != null && Number.isFinite(of(values[j]))) {
          sum += of(values[j]);
          n++;
        }
      }
      const gap = i > from && (track.flags[i] & 4 || track.atMs[i] - track.atMs[i - 1] > 30_000);
      if (gap) {
        x.push(this.at(along, track, i - 1) + 1e-6);
        y.push(null);
      }
      x.push(this.at(along, track, i));
      y.push(n ? sum / n : null);
    }
    return [x, y];
  }

  at(along, track, i) {
    return along === 'distance' ? track.distanceM[i] / 1_000 : track.atMs[i] / 1_000;
  }

  options() {
    const {kind} = this;
    const axis = {stroke: color('ink3'), font: '11px "Inter Variable", sans-serif', grid: {stroke: color('line'), width: 1}, ticks: {show: false}};
    return {
      width: this.box.clientWidth,
      height: this.box.clientHeight,
      padding: [8, 18, this.hasAttribute('bare') ? 8 : 0, 0],
      legend: {show: false},
      cursor: {y: false, drag: {x: false, y: false}, points: {size: 8, fill: color(kind.hue), stroke: color('surface')}},
      scales: {
        x: {time: false, range: (plot, low, high) => this.rangeX(low, high)},
        y: {dir: kind.inverted ? -1 : 1, range: () => this.rangeY()},
      },
      axes: [
        {...axis, show: !this.hasAttribute('bare'), size: 24, grid: {show: false}, values: (plot, ticks) => this.ticksX(ticks),
          splits: (plot, index, low, high) => this.splitsX(low, high)},
        {...axis, size: 46, gap: 6, values: (plot, ticks) => ticks.map(tick => (tick == null ? '' : kind.text(tick))),
          incrs: kind.ticks, space: 20},
      ],
      series: [{}, {stroke: color(kind.hue), width: 1.75, spanGaps: false, points: {show: false}, fill: kind === KINDS.hr ? undefined : color(kind.hue) + '1C',
        fillTo: () => (kind.inverted ? this.rangeY()[1] : this.rangeY()[0])}],
      hooks: {
        drawAxes: [plot => this.under(plot)],
        draw: [plot => this.over(plot)],
        setCursor: [plot => this.pointed(plot)],
      },
    };
  }

  rangeX(low, high) {
    const {along, fromAtMs, untilAtMs} = this.what;
    if (along === 'distance') return [0, high ?? 1];
    return fromAtMs == null ? [low ?? 0, high ?? 1] : [fromAtMs / 1_000, untilAtMs / 1_000];
  }

  /** From the 2nd to the 98th percentile, paces not far from the usual: a stop or a spike must not flatten the rest. */
  rangeY() {
    const sorted = (this.plot ? this.plot.data[1] : this.columns()[1]).filter(value => value != null).sort((a, b) => a - b);
    if (sorted.length === 0) return this.kind.none;
    let low = sorted[Math.floor(.02 * (sorted.length - 1))];
    let high = sorted[Math.ceil(.98 * (sorted.length - 1))];
    if (this.kind.inverted) {
      const usual = sorted[sorted.length >> 1];
      low = Math.max(low, usual / FAR_FROM_USUAL);
      high = Math.min(high, usual * FAR_FROM_USUAL);
    }
    const room = Math.max(0, this.kind.least - (high - low)) / 2 + (high - low) * .08;
    low -= room;
    high += room;
    return [Math.max(0, low), high];
  }

  splitsX(low, high) {
    const {along, untilAtMs, fromAtMs} = this.what;
    const wanted = Math.max(2, Math.floor((this.box.clientWidth - 60) / 80));
    if (along === 'distance') {
      const step = [.1, .2, .5, 1, 2, 5, 10, 20, 50].find(km => (high - low) / km <= wanted) ?? 100;
      return Array.from({length: Math.floor(high / step) + 1}, (_, i) => i * step);
    }
    const step = [60, 120, 300, 600, 1_800, 3_600, 7_200].find(s => (high - low) / s <= wanted) ?? 14_400;
    const from = fromAtMs == null ? low : null;
    const ticks = [];
    if (from != null) for (let at = from; at <= high; at += step) ticks.push(at);
    else for (let at = untilAtMs / 1_000; at >= low; at -= step) ticks.unshift(at);
    return ticks;
  }

  ticksX(ticks) {
    const {along, fromAtMs, untilAtMs, track} = this.what;
    if (along === 'distance') return ticks.map(tick => `${number(tick, tick % 1 ? 1 : 0)} ${t('unit.km')}`);
    if (fromAtMs == null) return ticks.map(tick => duration(tick - (track.atMs[0] ?? 0) / 1_000).replace(/:\d\d$/, ''));
    return ticks.map(tick => {
      const minutes = Math.round((untilAtMs / 1_000 - tick) / 60);
      return minutes === 0 ? t('chart.now') : t('chart.ago', {n: minutes});
    });
  }

  /** Below the line: zones, what was not heard, what came late. */
  under(plot) {
    const {maxHeartRateBpm, missing = [], backfilled = [], along} = this.what;
    const {left, top, width, height} = plot.bbox;
    const g = plot.ctx;
    g.save();
    g.beginPath();
    g.rect(left, top, width, height);
    g.clip();
    if (this.kind === KINDS.hr && maxHeartRateBpm && this.hasAttribute('zones')) {
      for (let zone = 1; zone <= 5; zone++) {
        const from = plot.valToPos(ZONE_FROM[zone - 1] * maxHeartRateBpm, 'y', true);
        const to = zone === 5 ? top : plot.valToPos(ZONE_FROM[zone] * maxHeartRateBpm, 'y', true);
        g.fillStyle = ZONE_BANDS[zone] + '21';
        g.fillRect(left, to, width, from - to);
      }
    }
    if (along !== 'distance') {
      g.fillStyle = color('backfill');
      for (const one of backfilled) {
        const from = plot.valToPos(one.fromAtMs / 1_000, 'x', true);
        g.fillRect(from, top, plot.valToPos(one.toAtMs / 1_000, 'x', true) - from, height);
      }
      g.strokeStyle = color('line2');
      g.lineWidth = 1;
      for (const one of missing) {
        const from = plot.valToPos(one.fromAtMs / 1_000, 'x', true);
        const to = plot.valToPos(one.toAtMs / 1_000, 'x', true);
        g.save();
        g.beginPath();
        g.rect(from, top, to - from, height);
        g.clip();
        g.beginPath();
        for (let x = from - height; x < to; x += 7) {
          g.moveTo(x, top + height);
          g.lineTo(x + height, top);
        }
        g.stroke();
        g.restore();
      }
    }
    g.restore();
  }

  over(plot) {
    const {of = value => value, column} = this.kind;
    if (column !== 'paceSPerKm' || !Number.isFinite(this.what.averagePaceSPerKm)) return;
    const y = plot.valToPos(of(this.what.averagePaceSPerKm), 'y', true);
    const {left, top, width, height} = plot.bbox;
    if (y < top || y > top + height) return;
    const g = plot.ctx;
    g.save();
    g.setLineDash([4, 4]);
    g.strokeStyle = color('ink3');
    g.beginPath();
    g.moveTo(left, y);
    g.lineTo(left + width, y);
    g.stroke();
    g.restore();
  }

  pointed(plot) {
    const inside = plot.cursor.left >= 0 && plot.over.matches(':hover');
    if (!inside && !this.pointing) return;
    this.pointing = inside;
    const {track, along} = this.what;
    let atMs = null;
    if (inside) {
      const at = plot.posToVal(plot.cursor.left, 'x');
      atMs = along === 'distance' ? track.atMs[nearest(track.distanceM, at * 1_000)] : at * 1_000;
    }
    this.dispatchEvent(new CustomEvent('cursor', {detail: atMs}));
  }

  describe(values) {
    const known = values.filter(value => value != null);
    const name = this.name();
    const text = known.length === 0 ? t('chart.none', {name})
      : t('chart.summary', {name, from: this.kind.text(Math.min(...known)), to: this.kind.text(Math.max(...known)), last: this.kind.text(known.at(-1))});
    this.box.setAttribute('aria-label', text);
    if (this.open) this.table();
  }

  name() {
    const kind = this.getAttribute('kind');
    return kind === 'pace' ? rated('chart.pace', this.what.sport) : t('chart.' + kind);
  }

  toggle() {
    this.open = !this.open;
    this.querySelector('.table-toggle').setAttribute('aria-expanded', String(this.open));
    this.querySelector('.table-toggle span').textContent = t(this.open ? 'chart.hide' : 'chart.table');
    this.querySelector('.values').hidden = !this.open;
    if (this.open) this.table();
  }

  table() {
    const [x, y] = this.columns();
    const {along, timeZone} = this.what;
    const every = Math.max(1, Math.ceil(x.length / TABLE_ROWS));
    const rows = x.map((at, i) => [at, y[i]]).filter((row, i) => i % every === 0);
    render(html`<table><thead><tr><th>${t(along === 'distance' ? 'chart.distance' : 'chart.time')}</th><th>${this.name()}</th></tr></thead>
      <tbody>${rows.map(([at, value]) => html`<tr><th scope="row">${along === 'distance' ? number(at, 2) : minute(at * 1_000, timeZone)}</th>
        <td>${value == null ? t('chart.gap') : this.kind.text(value)}</td></tr>`)}</tbody></table>`, this.querySelector('.values'));
  }
}

function nearest(sorted, value) {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

customElements.define('pw-series', PwSeries);
