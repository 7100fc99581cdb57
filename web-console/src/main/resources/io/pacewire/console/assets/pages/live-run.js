import '../components/map.js';
import '../components/series.js';
import {get} from '../api.js';
import {html, nothing, render, say, show} from '../dom.js';
import {number, t} from '../i18n.js';
import {LiveFeed} from '../live-feed.js';
import {freshness, LiveModel} from '../live-model.js';
import {clock, duration, initials, km, minute, rate, rated, rateUnit, sport, stretch} from '../units.js';
import {segments, stat} from '../components/bits.js';
import {flags, hasMore} from '../components/flags.js';
import {icon} from '../components/icon.js';
import {ledger} from '../components/ledger.js';
import {keys, legend} from '../components/map.js';
import {Track} from '../components/route.js';
import {splitStrip} from '../components/splits.js';
import {skeleton} from '../components/states.js';
import {zoneBar} from '../components/zones.js';

const TWENTY_MINUTES_MS = 20 * 60_000;
const DRAW_EVERY_MS = 250;
const BANNER_AFTER_MS = 10_000;
const CAUGHT_UP_SHOWN_MS = 12_000;
const EARLIER_ROUTES = 5;
const FIRST_DOUBTS = 8;
const MORE_DOUBTS = 500;

/** One run while it happens: last state first, then what changes, at most twice a second. */
export async function open({arguments: [sessionId], me}) {
  document.body.classList.add('full');
  await new LiveRun(sessionId).open(me);
}

class LiveRun {
  model = new LiveModel();
  colour = 'route';
  following = true;
  connection = {connected: false};
  spokenKm = 0;
  mostDoubts = FIRST_DOUBTS;

  constructor(sessionId) {
    this.sessionId = sessionId;
  }

  async open(me) {
    show(skeleton(['map', 'line', 'line']));
    this.feed = new LiveFeed(this.sessionId);
    const first = new Promise((resolve, reject) => {
      this.feed.addEventListener('message', resolve, {once: true});
      this.feed.addEventListener('gone', () => reject(Object.assign(new Error('gone'), {status: 404})), {once: true});
    });
    this.feed.addEventListener('message', event => this.take(event.detail));
    this.feed.addEventListener('connected', event => this.connected(event.detail));
    this.feed.open();
    this.me = await me;
    await first;
    this.openedAtMs = Date.now(); // nobody is said to be silent who was not listened to for as long
    this.mount();
    addEventListener('keydown', event => this.key(event));
    // The clock goes on where nothing arrives; what arrived is written at most four times a second.
    setInterval(() => this.draw(), DRAW_EVERY_MS);
    this.earlier();
  }

  mount() {
    document.title = `${this.me?.displayName ?? t('live.title')} · Pacewire`;
    show(html`
      <header class="top" id="live-top"></header>
      <div class="run">
        <div class="stage"><pw-map id="map" data-testid="map" label=${t('live.map')}></pw-map>
          <div class="over" id="map-tools"></div><div class="over low" id="map-strip"></div></div>
        <div class="panel">
          <div id="map-legend" class="legend" hidden></div><div id="live-banner"></div>
          <section id="live-figures"></section>
          <section><div class="head"><h2>${t('live.last20')}</h2><span class="quiet">${rated('live.charts', this.model.session.sport)}</span></div>
            <pw-series kind="pace" bare></pw-series><pw-series kind="hr"></pw-series><p class="quiet" id="live-legend"></p></section>
          <section id="live-ledger"></section>
          <section id="live-check" data-testid="verdicts"></section>
        </div>
      </div>`);
    this.map = document.getElementById('map');
    this.map.live = true;
    this.series = [...document.querySelectorAll('pw-series')];
    this.map.addEventListener('follow', event => {
      this.following = event.detail;
      this.tools();
    });
    for (const part of [this.map, ...this.series]) part.addEventListener('cursor', event => this.cursor(event.detail, part));
    this.changed = true;
    this.draw();
  }

  take(message) {
    this.model.take(message);
    this.changed = true;
    if (this.model.finished && !this.told) {
      this.told = true;
      this.feed.end();
      say(t('live.finished'), true);
    }
    if (this.model.caughtUp) {
      const {metres, seconds} = this.model.caughtUp;
      this.model.caughtUp = null;
      this.news = {text: t('live.caughtUp', {m: number(Math.max(0, metres)), time: stretch(seconds)}), untilMs: Date.now() + CAUGHT_UP_SHOWN_MS};
    }
  }

  connected(connection) {
    if (connection.connected) this.lostAtMs = null;
    else this.lostAtMs ??= Date.now();
    if (this.connection.connected !== connection.connected) say(t(connection.connected ? 'live.back' : 'live.away'), true);
    this.connection = connection;
  }

  /** A hidden tab stops drawing and catches up at once when it is looked at. */
  draw() {
    if (document.hidden || !this.map || !this.model.session) return;
    if (this.queued) return;
    this.queued = requestAnimationFrame(() => {
      this.queued = 0;
      this.head();
      if (!this.changed) return;
      this.changed = false;
      this.tools();
      this.body();
      this.speak();
    });
  }

  head() {
    const {model} = this;
    const ageS = model.ageS();
    const state = model.finished ? 'finished' : !this.connection.connected ? 'away' : freshness(ageS);
    const word = {
      finished: () => t('live.finished'),
      away: () => t('live.reconnecting', {n: Math.max(0, Math.ceil((this.connection.againAtMs - Date.now()) / 1_000))}),
      waiting: () => t('live.wait'),
      live: () => t('live.now'),
      recent: () => t('live.ago', {n: ageS}),
      silent: () => t('live.noSignal', {n: ageS}),
      lost: () => t('live.lastSeen', {t: minute(model.tip.atMs, model.session.timeZone)}),
    }[state]();
    render(html`
      <nav class="crumbs" aria-label=${t('nav.here')}><a href="/live">${t('nav.live')}</a>${icon('chevron-right')}</nav>
      <h1>${this.me?.displayName ?? t('live.title')}</h1>
      <span class="pill ${state}" data-testid="freshness">${state === 'silent' || state === 'away' ? icon('wifi-off') : html`<i class="dot"></i>`}<span>${word}</span></span>
      <span class="space"></span>
      <span class="quiet delay" data-testid="delay">${!model.finished && model.tip?.delayMs != null ? t('live.delay', {n: number(model.tip.delayMs / 1_000, 1)}) : ''}</span>
      <button type="button" class="square" aria-label=${t('live.full')} title=${t('live.full')} @click=${() => this.full()}>${icon('maximize')}</button>`,
      document.getElementById('live-top'));
    if (this.state !== state) {
      document.querySelector('.run').classList.toggle('stale', state === 'silent' || state === 'lost' || (state === 'away'));
      this.map.place(model.finished ? null : model.tip, state === 'silent' || state === 'lost' || state === 'away');
      this.state = state;
    }
    this.banner(ageS);
  }

  banner(ageS) {
    const {model} = this;
    const name = this.me?.displayName ?? t('live.athlete');
    let text = null;
    if (model.finished) {
      const missingS = model.ledger.elapsedS - model.ledger.storedS;
      text = html`<div class="banner done" data-testid="finished">${icon('circle-check')}<div><b>${missingS >= 1 ? t('live.finishedGap', {time: stretch(missingS)}) : t('live.finished')}</b>
        <p><a href=${'/trainings/' + model.finished.trainingId}>${t('live.toTraining')}</a></p></div></div>`;
    } else if (this.lostAtMs && Date.now() - this.lostAtMs > BANNER_AFTER_MS) {
      text = html`<div class="banner">${icon('wifi-off')}<div><b>${t('live.awayTitle')}</b><p>${t('live.awayText', {t: clock(model.tip?.atMs ?? Date.now(), model.session.timeZone)})}</p></div></div>`;
    } else if (this.connection.connected && ageS > 10 && Date.now() - this.openedAtMs > BANNER_AFTER_MS) {
      text = html`<div class="banner">${icon('info')}<div><b>${t('live.silentTitle', {name, time: stretch(ageS)})}</b>
        <p>${t('live.silentText', {t: clock(model.tip.atMs, model.session.timeZone)})}</p></div></div>`;
    } else if (this.news && this.news.untilMs > Date.now()) {
      text = html`<div class="banner news" role="status">${icon('cloud-upload')}<div><b>${this.news.text}</b></div></div>`;
    }
    render(text ?? nothing, document.getElementById('live-banner'));
  }

  tools() {
    const colours = [['route', t('map.route')], ['pace', rated('map.pace', this.model.session.sport)], ['hr', t('map.hr')]];
    render(html`${segments(t('map.colour'), this.colour, colours, value => this.paint(value))}
      <button type="button" class="button follow" aria-pressed=${this.following} @click=${() => this.map.follow(!this.following)}>${icon('map-pin')}${t(this.following ? 'live.following' : 'live.follow')}</button>
      ${legend(...this.hues())}`, document.getElementById('map-tools'));
    const below = document.getElementById('map-legend'); // where the map is too small for it
    below.hidden = this.colour === 'route';
    render(keys(...this.hues()), below);
  }

  hues() {
    return [this.colour, this.model.track, this.model.zones.maxHeartRateBpm, this.model.session.sport];
  }

  body() {
    const {model} = this;
    const {figures, session, zones} = model;
    Object.assign(this.map, {
      track: model.track, flagged: model.sortedVerdicts, backfilled: model.backfilled, colour: this.colour,
      missing: model.ledger.missing.length > 0, maxHeartRateBpm: zones.maxHeartRateBpm, live: !model.finished,
    });
    this.map.place(model.finished ? null : model.tip, this.state === 'silent' || this.state === 'lost' || this.state === 'away');
    this.map.changed();
    render(splitStrip(model.sortedSplits, session.sport), document.getElementById('map-strip'));
    const zone = figures.heartRateZone;
    render(html`
      <div class="who"><span class="avatar" aria-hidden="true">${initials(this.me?.displayName)}</span><div><h2>${t('live.titleOf', {sport: sport(session.sport)})}</h2>
        <p class="quiet">${[t('live.started', {t: minute(session.startAtMs, session.timeZone)}), session.deviceName].filter(Boolean).join(' · ')}</p></div></div>
      <div class="hero"><div><span class="label">${rated('live.pace', session.sport)}</span><span class="huge"><span data-testid="pace">${rate(figures.paceSPerKm, session.sport)}</span> <small>${rateUnit(session.sport)}</small></span></div>
        <div class="right"><span class="label">${t('live.heartRate')}</span><span class="big"><span data-testid="heart-rate">${figures.heartRateBpm ?? '–'}</span> <small>${t('unit.bpm')}</small></span>
          <span class="chip z${zone}">${zone ? 'Z' + zone : ''}</span></div></div>
      ${zoneBar(zone)}
      <div class="stats">${stat(t('live.distance'), (figures.partial ? '≈ ' : '') + km(figures.distanceM), t('unit.km'), 'distance')}
        ${stat(t('live.moving'), duration(figures.movingS), '', 'moving-time')}
        ${stat(rated('live.averagePace', session.sport), rate(figures.averagePaceSPerKm, session.sport), '', 'average-pace')}
        ${stat(t('live.climb'), number(figures.ascentM), t('unit.m'), 'climb')}</div>`, document.getElementById('live-figures'));
    const untilMs = model.track.atMs.at(-1) ?? Date.now();
    const what = {track: model.track, sport: session.sport, along: 'time', fromAtMs: Math.max(untilMs - TWENTY_MINUTES_MS, session.startAtMs - 1), untilAtMs: untilMs, timeZone: session.timeZone,
      missing: model.ledger.missing, backfilled: model.backfilled, maxHeartRateBpm: zones.maxHeartRateBpm};
    this.series.forEach(one => one.show(what));
    const words = [model.ledger.missing.length ? t('chart.hatched') : '', model.backfilled.length ? t('chart.blue') : ''].filter(Boolean);
    render(words.join(' '), document.getElementById('live-legend'));
    render(ledger(model, Boolean(model.finished)), document.getElementById('live-ledger'));
    this.check();
  }

  check() {
    const {model} = this;
    const verdicts = model.sortedVerdicts;
    const left = hasMore(verdicts, model.track, this.mostDoubts);
    const more = () => {
      this.mostDoubts += MORE_DOUBTS;
      this.check();
    };
    render(flags({verdicts, verdictCount: model.verdictCount, track: model.track, most: this.mostDoubts, latestFirst: true, more: left ? more : null,
      elsewhere: left ? '' : t('check.elsewhere'), rejectedFixCount: model.figures.rejectedFixCount, fixCount: model.figures.fixCount, timeZone: model.session.timeZone,
      shown: this.shownFlag, show: one => this.showFlag(one)}), document.getElementById('live-check'));
  }

  showFlag(one) {
    this.shownFlag = this.map.shownFlag = one.index;
    this.map.show(one);
    this.map.draw();
    this.check();
  }

  paint(colour) {
    this.colour = this.map.colour = colour;
    this.map.draw();
    this.tools();
  }

  cursor(atMs, from) {
    this.map.cursor(atMs);
    this.series.filter(one => one !== from).forEach(one => one.cursor(atMs));
  }

  full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.querySelector('.stage').requestFullscreen?.().catch(() => {});
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    const step = by => {
      const known = this.model.sortedVerdicts.filter(one => one.latitudeDeg != null);
      if (known.length === 0) return;
      const at = known.findIndex(one => one.index === this.shownFlag);
      this.showFlag(known[(at + by + known.length + (at < 0 && by < 0 ? 1 : 0)) % known.length]);
    };
    const does = {
      f: () => this.map.follow(!this.following), 1: () => this.paint('route'), 2: () => this.paint('pace'), 3: () => this.paint('hr'),
      '[': () => step(-1), ']': () => step(1), m: () => this.full(), s: () => say(this.spoken(), true),
    }[event.key];
    if (does) {
      event.preventDefault();
      does();
    }
  }

  /** Each full kilometre, and no more than that. */
  speak() {
    const full = Math.floor(this.model.figures.distanceM / 1_000);
    if (full > this.spokenKm && this.spokenKm > 0) say(this.spoken());
    this.spokenKm = Math.max(full, this.spokenKm, this.spokenKm || full || 1);
  }

  spoken() {
    const {figures} = this.model;
    return rated('live.spoken', this.model.session.sport, {km: km(figures.distanceM), pace: rate(figures.paceSPerKm, this.model.session.sport), hr: figures.heartRateBpm ?? '–', time: duration(figures.movingS)});
  }

  /** The athlete's own earlier routes, faint: they read as streets. */
  async earlier() {
    try {
      const {trainings} = await get('/v1/trainings?limit=' + EARLIER_ROUTES);
      const tracks = await Promise.all(trainings.filter(one => one.sessionId !== this.sessionId)
        .map(one => get(`/v1/trainings/${one.trainingId}/track`).catch(() => null)));
      this.map.earlier = tracks.filter(Boolean).map(columns => new Track(columns));
      this.map.draw();
    } catch {
      // The run is what counts; without the faint lines it is as well seen.
    }
  }
}

