import '../components/map.js';
import '../components/series.js';
import {call, get} from '../api.js';
import {html, nothing, render, show} from '../dom.js';
import {number, t} from '../i18n.js';
import {clock, day, duration, km, measure, minute, rate, rated, rateUnit, sport} from '../units.js';
import {segments, stat} from '../components/bits.js';
import {effort, effortTable, lapTable} from '../components/efforts.js';
import {Doubts} from '../components/doubts.js';
import {flags, hasMore, oddities} from '../components/flags.js';
import {icon} from '../components/icon.js';
import {legend} from '../components/map.js';
import {Track, zoneOf} from '../components/route.js';
import {splitTable} from '../components/splits.js';
import {skeleton} from '../components/states.js';
import {zoneTable} from '../components/zones.js';

const SHIFT_MS = 60_000;

/** A training: what it came to, where it went, and how it went along the way. */
export async function open({arguments: [id]}) {
  const waiting = setTimeout(() => show(html`<header class="top"></header><div class="content">${skeleton(['line', 'row', 'map', 'row'])}</div>`), 150);
  const [one, track, xp, wear] = await Promise.all([
    get('/v1/trainings/' + id), get(`/v1/trainings/${id}/track`),
    get('/v1/xp/entries?trainingId=' + id).catch(() => ({entries: []})), get('/v1/gear/wear?trainingId=' + id).catch(() => ({wear: []})),
  ]).finally(() => clearTimeout(waiting));
  new TrainingPage(one, new Track(track), xp.entries[0]?.xp, wear.wear[0]).mount();
}

class TrainingPage {
  colour = 'route';
  along = 'distance';
  miles = false;
  cursorAtMs = null;

  constructor(training, track, xp, worn) {
    Object.assign(this, {training, track, xp, worn});
    this.doubts = new Doubts(training.verdicts, training.verdictCount,
      (fromIndex, limit) => get(`/v1/trainings/${training.trainingId}/verdicts?fromIndex=${fromIndex}&limit=${limit}`));
  }

  mount() {
    const {training: one, track} = this;
    const f = one.figures;
    const title = t('live.titleOf', {sport: sport(one.sport)});
    document.title = `${title}, ${day(one.startAtMs, one.timeZone)} · Pacewire`;
    const heart = track.heartRateBpm.some(Boolean);
    const height = track.altitudeM.some(metres => metres != null);
    show(html`
      <header class="top"><nav class="crumbs" aria-label=${t('nav.here')}><a href="/trainings">${t('nav.trainings')}</a>${icon('chevron-right')}</nav><span class="quiet">${day(one.startAtMs, one.timeZone)}</span><span class="space"></span>
        <button type="button" class="button" @click=${() => this.remove()}>${icon('trash-2')}${t('training.delete')}</button></header>
      <div class="content training">
        ${one.status === 'rejected' ? this.told('training.rejected', t('training.restore')) : nothing}
        <div class="title"><div><h1>${title}</h1><p class="quiet facts"><span>${icon('calendar')}${day(one.startAtMs, one.timeZone)}, ${minute(one.startAtMs, one.timeZone)}</span>
            ${this.worn ? html`<span>${icon('footprints')}${this.worn.name}</span>` : nothing}</p></div>
          <span class="pill ${one.complete ? 'ok' : 'warn'}" data-testid="complete">${icon(one.complete ? 'circle-check' : 'triangle-alert')}${t(one.complete ? 'training.complete' : 'training.incomplete')}</span></div>
        <div class="card seven">
          ${stat(t('live.distance'), km(f.distanceM), t('unit.km'), 'distance')}${stat(t('live.moving'), duration(f.movingS), '', 'moving-time')}
          ${stat(rated('live.averagePace', one.sport), rate(f.averagePaceSPerKm, one.sport), rateUnit(one.sport), 'average-pace')}${stat(t('training.averageHr'), number(f.averageHeartRateBpm), t('unit.bpm'))}
          ${stat(t('live.climb'), number(f.ascentM), t('unit.m'), 'climb')}${stat(t('training.elapsed'), duration(f.elapsedS), '')}
          ${stat(t('training.xp'), this.xp == null ? '–' : '+' + number(this.xp), t('unit.xp'))}</div>
        <p class="quiet facts" data-testid="more-figures"><span>${t('training.timer')} <b>${duration(f.timerS)}</b></span>
          ${f.descentM == null ? nothing : html`<span>${t('training.descent')} <b>${number(f.descentM)} ${t('unit.m')}</b></span>`}
          ${f.estimatedM > 0 ? html`<span>${t('training.estimatedWay')} <b>${f.estimatedM < 1_000 ? `${number(f.estimatedM)} ${t('unit.m')}` : `${km(f.estimatedM)} ${t('unit.km')}`}</b></span>` : nothing}</p>
        <div class="pair">
          <section class="card flush"><div class="stage"><pw-map id="map" data-testid="map" label=${t('live.map')}></pw-map><div class="over" id="map-tools"></div></div><div id="map-legend"></div></section>
          <section class="card" id="splits"></section>
        </div>
        <section class="card along" tabindex="0" aria-label=${t('training.along')} @keydown=${event => this.key(event)}>
          <div class="head" id="along-head"></div>
          <h3>${rated('chart.pace', one.sport)} <small>${t('chart.paceHow', {unit: rateUnit(one.sport)})}</small></h3><pw-series kind="pace" ?bare=${heart || height}></pw-series>
          ${heart ? html`<h3>${t('chart.hr')} <small>${t('unit.bpm')}</small></h3><pw-series kind="hr" zones ?bare=${height}></pw-series>` : nothing}
          ${height ? html`<h3>${t('chart.elevation')} <small>${t('unit.m')}</small></h3><pw-series kind="elevation"></pw-series>` : nothing}
        </section>
        <div class="pair even">
          ${f.zones?.seconds.some(seconds => seconds > 0) ? html`<section class="card"><div class="head"><h2>${t('training.zones')}</h2></div>${zoneTable(f.zones)}</section>` : nothing}
          ${one.bestEfforts?.length ? html`<section class="card"><div class="head"><h2>${t('training.efforts')}</h2></div>${effortTable(one.bestEfforts, atMs => this.overAt(atMs), one.sport)}</section>` : nothing}
          ${f.laps?.length > 1 ? html`<section class="card"><div class="head"><h2>${t('training.laps')}</h2></div>${lapTable(f.laps, atMs => this.overAt(atMs), one.sport)}</section>` : nothing}
          ${effort(f, one.sport)}
          <section class="card" data-testid="verdicts">${oddities(one.suspicions ?? [])}<div id="check"></div></section>
        </div>
      </div>`);
    this.map = document.getElementById('map');
    Object.assign(this.map, {track, flagged: this.doubts.known, maxHeartRateBpm: f.zones?.maxHeartRateBpm ?? 190});
    this.map.changed();
    this.series = [...document.querySelectorAll('pw-series')];
    for (const part of [this.map, ...this.series]) part.addEventListener('cursor', event => this.cursor(event.detail, part));
    this.tools();
    this.splits();
    this.charts();
    this.check();
  }

  /** By the kilometre, or by the mile where somebody asks for it and swims nowhere. */
  splits() {
    const {training: one, miles} = this;
    const choice = one.mileSplits?.length && measure(one.sport) !== 'swim';
    render(html`<div class="head"><h2>${t('training.splits')}</h2>${choice ? segments(t('training.splitLength'), miles ? 'mile' : 'km', [['km', t('unit.km')], ['mile', t('unit.mile')]], length => {
      this.miles = length === 'mile';
      this.splits();
    }) : nothing}</div>${splitTable(miles ? one.mileSplits : one.splits, split => this.over(split), one.sport, miles)}`, document.getElementById('splits'));
  }

  /** Gone from lists and boards at once; what was recorded stays, so it can be brought back. */
  async remove() {
    await call('DELETE', '/v1/trainings/' + this.training.trainingId);
    show(html`<header class="top"><nav class="crumbs" aria-label=${t('nav.here')}><a href="/trainings">${t('nav.trainings')}</a>${icon('chevron-right')}</nav>
        <h1>${sport(this.training.sport)}, ${day(this.training.startAtMs, this.training.timeZone)}</h1></header>
      <div class="content">${this.told('training.deleted', t('training.undo'))}</div>`);
    document.querySelector('.banner button').focus();
  }

  told(key, action) {
    return html`<div class="banner card" role="status" data-testid="taken-back">${icon('info')}<div class="grow"><b>${t(key)}</b><p>${t('training.follows')}</p></div>
      <button type="button" class="button" @click=${() => this.restore()}>${icon('undo-2')}${action}</button></div>`;
  }

  async restore() {
    await call('POST', `/v1/trainings/${this.training.trainingId}/restore`, {});
    location.reload();
  }

  tools() {
    const colours = [['route', t('map.route')], ['pace', rated('map.pace', this.training.sport)], ['hr', t('map.hr')]];
    render(html`${segments(t('map.colour'), this.colour, colours, colour => {
      this.colour = this.map.colour = colour;
      this.map.draw();
      this.tools();
    })}`, document.getElementById('map-tools'));
    render(legend(this.colour, this.track, this.map.maxHeartRateBpm, this.training.sport), document.getElementById('map-legend'));
  }

  charts() {
    const f = this.training.figures;
    this.series.forEach(one => one.show({track: this.track, along: this.along, averagePaceSPerKm: f.averagePaceSPerKm, sport: this.training.sport, maxHeartRateBpm: f.zones?.maxHeartRateBpm, timeZone: this.training.timeZone}));
    this.read();
  }

  /** What is under the cursor, in numbers. */
  read() {
    const i = this.cursorAtMs == null ? null : this.track.at(this.cursorAtMs);
    const zone = i == null ? 0 : zoneOf(this.track.heartRateBpm[i], this.map.maxHeartRateBpm);
    render(html`<h2>${t('training.along')}</h2>
      ${segments(t('training.by'), this.along, [['distance', t('live.distance')], ['time', t('chart.time')]], along => {
        this.along = along;
        this.series.forEach(one => one.plot?.destroy());
        this.series.forEach(one => { one.plot = null; });
        this.charts();
      })}
      <span class="space"></span>
      <span class="readout" aria-live="off">${i == null ? t('training.point') : html`
        <span>${t('training.at')} <b>${km(this.track.distanceM[i])} ${t('unit.km')}, ${clock(this.track.atMs[i], this.training.timeZone)}</b></span>
        <span>${rated('chart.pace', this.training.sport)} <b>${rate(this.track.paceSPerKm[i], this.training.sport)}</b></span>
        ${this.track.heartRateBpm[i] ? html`<span>${t('chart.hr')} <b>${this.track.heartRateBpm[i]}</b> ${zone ? html`<span class="chip z${zone}">Z${zone}</span>` : nothing}</span>` : nothing}
        ${this.track.altitudeM[i] == null ? nothing : html`<span>${t('chart.elevation')} <b>${number(this.track.altitudeM[i])} ${t('unit.m')}</b></span>`}`}</span>`,
      document.getElementById('along-head'));
  }

  cursor(atMs, from) {
    this.cursorAtMs = atMs;
    this.map.cursor(atMs);
    this.series.filter(one => one !== from).forEach(one => one.cursor(atMs));
    this.read();
  }

  /** One sample with an arrow, a minute with Shift; Escape takes the cursor away. */
  key(event) {
    if (event.target !== event.currentTarget || this.track.size === 0) return;
    const by = {ArrowLeft: -1, ArrowRight: 1}[event.key];
    if (event.key === 'Escape') return this.cursor(null, null);
    if (!by) return;
    event.preventDefault();
    const i = this.cursorAtMs == null ? (by > 0 ? -1 : this.track.size) : this.track.at(this.cursorAtMs);
    const to = event.shiftKey && this.cursorAtMs != null ? this.track.at(this.cursorAtMs + by * SHIFT_MS) : i + by;
    this.cursor(this.track.atMs[Math.max(0, Math.min(this.track.size - 1, to))], null);
  }

  over(split) {
    this.overAt(split ? split.endAtMs : null);
  }

  overAt(atMs) {
    this.cursor(atMs == null ? null : Math.min(atMs, this.track.atMs.at(-1) ?? atMs), null);
  }

  check() {
    const {training: one, doubts, track} = this;
    const left = doubts.next != null || hasMore(doubts.known, track, doubts.most);
    render(flags({verdicts: doubts.known, verdictCount: doubts.total, track, most: doubts.most, rejectedFixCount: one.figures.rejectedFixCount, fixCount: one.figures.fixCount, timeZone: one.timeZone,
      shown: this.map.shownFlag, none: t('check.noneAtAll'), more: left ? () => this.more() : null, elsewhere: doubts.failed ? t('error.part') : '',
      show: flag => {
        this.map.shownFlag = flag.index;
        this.map.show(flag);
        this.map.draw();
        this.check();
      }}), document.getElementById('check'));
  }

  async more() {
    await this.doubts.more(this.track);
    this.map.draw();
    this.check();
  }
}
