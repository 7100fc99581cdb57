import {t, number, pace, duration, clock} from './i18n.js';
import {renew} from './api.js';
import {h, show, say, color} from './dom.js';
import {RouteMap} from './routemap.js';
import {verdict} from './pages.js';

const TWENTY_MINUTES_MS = 20 * 60_000;

/** One run while it happens: last state first, then what changes, at most once a second. */
export async function liveRun(sessionId) {
  const view = new LiveView();
  view.mount();
  new Feed(sessionId, view).open();
}

class Feed {
  constructor(sessionId, view) {
    this.sessionId = sessionId;
    this.view = view;
    this.waitMs = 500;
    this.ended = false;
    addEventListener('online', () => this.open());
  }

  open() {
    if (this.ended || this.socket?.readyState <= 1) return;
    this.socket = new WebSocket(`wss://${location.host}/v1/live/sessions/${this.sessionId}`);
    this.socket.onmessage = event => this.take(JSON.parse(event.data));
    this.socket.onclose = event => this.closed(event.code);
  }

  take(message) {
    this.waitMs = 500;
    this.view.connected(true);
    if (message.type === 'finished') {
      this.ended = true;
      this.view.finish(message.trainingId);
      this.socket.close();
    } else {
      this.view.update(message);
      if (message.session?.state === 'finished') {
        this.ended = true;
        this.view.finish(message.session.trainingId);
      }
    }
  }

  async closed(code) {
    if (this.ended) return;
    this.view.connected(false);
    if (code === 4404) return this.view.gone();
    if (code === 4401 || code === 1006) await renew().catch(() => {});
    setTimeout(() => this.open(), this.waitMs * (0.5 + Math.random() / 2));
    this.waitMs = Math.min(15_000, this.waitMs * 2);
  }
}

class LiveView {
  constructor() {
    this.at = [];
    this.paces = [];
    this.rates = [];
    this.splits = new Map();
    this.verdicts = new Map();
    this.offsetMs = 0;
    this.spokenKm = 0;
  }

  mount() {
    const figure = (id, label, unit) => {
      this[id] = h('span', {class: 'figure', 'data-testid': id}, '–');
      return h('div', {}, h('div', {class: 'label'}, label), this[id], h('span', {class: 'unit'}, unit));
    };
    this.pill = h('span', {class: 'pill', 'data-testid': 'freshness'}, t('live.wait'));
    this.delay = h('span', {class: 'quiet'});
    this.canvas = h('canvas', {role: 'img', 'aria-label': t('live.map'), 'data-testid': 'map'});
    this.splitBox = h('div', {class: 'splits', 'data-testid': 'splits', hidden: true});
    this.pace = h('div', {class: 'big', 'data-testid': 'pace'}, '–:––');
    this.rate = h('span', {class: 'mid', 'data-testid': 'heart-rate'}, '–');
    this.chip = h('span', {class: 'chip', hidden: true});
    this.zoneBars = [1, 2, 3, 4, 5].map(zone => h('i', {class: 'z' + zone}));
    this.paceChart = h('canvas', {class: 'chart', role: 'img', 'aria-label': t('live.pace')});
    this.rateChart = h('canvas', {class: 'chart', role: 'img', 'aria-label': t('live.heartRate')});
    this.ledger = h('div', {class: 'ledger', 'data-testid': 'ledger'});
    this.ledgerText = h('p', {class: 'quiet'});
    this.checks = h('div');
    this.who = h('h1', {}, t('live.title'));
    this.done = h('p', {hidden: true, 'data-testid': 'finished'});
    this.root = h('div', {class: 'live'},
      h('div', {class: 'stage'}, this.canvas, h('div', {class: 'bar'}, this.pill, this.delay), this.splitBox),
      h('div', {class: 'panel'},
        h('section', {}, this.who, this.done,
          h('div', {class: 'hero'},
            h('div', {}, h('div', {class: 'label'}, t('live.pace')), this.pace, h('span', {class: 'unit'}, t('unit.pace'))),
            h('div', {class: 'right'}, h('div', {class: 'label'}, t('live.heartRate')), this.rate, h('span', {class: 'unit'}, t('unit.bpm')), h('div', {}, this.chip))),
          h('div', {class: 'zones', 'aria-hidden': 'true'}, this.zoneBars),
          h('div', {class: 'grid'}, figure('distance', t('live.distance'), t('unit.km')), figure('moving-time', t('live.moving'), ''),
            figure('average-pace', t('live.averagePace'), t('unit.pace')), figure('climb', t('live.climb'), t('unit.m')))),
        h('section', {}, h('h2', {}, t('live.last20')), h('p', {class: 'quiet'}, t('live.charts')), this.paceChart, this.rateChart),
        h('section', {}, h('h2', {}, t('live.data')), this.ledger, this.ledgerText),
        h('section', {}, h('h2', {}, t('live.check')), this.checks)));
    show(this.root);
    this.map = new RouteMap(this.canvas);
    setInterval(() => this.freshness(), 500);
  }

  update(message) {
    if (message.type === 'snapshot') this.reset(message);
    const from = this.at.length === 0 ? -Infinity : this.at[this.at.length - 1];
    const p = message.points;
    const first = p.atMs.findIndex(at => at > from);
    if (first >= 0) {
      const fresh = column => column.slice(first);
      this.map.add(fresh(p.latitudeDeg), fresh(p.longitudeDeg), fresh(p.distanceM), fresh(p.flags));
      this.at.push(...fresh(p.atMs));
      this.paces.push(...fresh(p.paceSPerKm));
      this.rates.push(...fresh(p.heartRateBpm));
    }
    message.splits.forEach(split => this.splits.set(split.index, split));
    message.verdicts.forEach(one => this.verdicts.set(one.index, one));
    this.tip = message.tip ?? this.tip;
    this.message = message;
    if (!document.hidden) requestAnimationFrame(() => this.render());
  }

  reset(message) {
    this.at = [];
    this.paces = [];
    this.rates = [];
    this.splits.clear();
    this.verdicts.clear();
    this.map.clear();
    this.offsetMs = message.serverAtMs - Date.now();
  }

  render() {
    const {figures, session, ledger} = this.message;
    this.who.textContent = session.deviceName ? `${session.sport} · ${session.deviceName}` : session.sport;
    this.pace.textContent = pace(figures.paceSPerKm);
    this.rate.textContent = figures.heartRateBpm ?? '–';
    const zone = figures.heartRateZone;
    this.chip.hidden = !zone;
    this.chip.className = 'chip z' + zone;
    this.chip.textContent = 'Z' + zone;
    this.zoneBars.forEach((bar, i) => bar.classList.toggle('at', i + 1 === zone));
    this.distance.textContent = number(figures.distanceM / 1000, 2);
    this['moving-time'].textContent = duration(figures.movingS);
    this['average-pace'].textContent = pace(figures.averagePaceSPerKm);
    this.climb.textContent = number(figures.ascentM, 0);
    this.renderSplits();
    this.renderLedger(ledger, session.startAtMs);
    this.checks.replaceChildren(...(this.verdicts.size === 0 ? [h('p', {class: 'quiet'}, t('live.checkNone'))] : [...this.verdicts.values()].slice(-6).reverse().map(verdict)));
    this.map.draw();
    const since = (this.at[this.at.length - 1] ?? 0) - TWENTY_MINUTES_MS;
    chart(this.paceChart, this.at, this.paces, since, color('--pace'), true, pace);
    chart(this.rateChart, this.at, this.rates, since, color('--hr'), false, value => String(Math.round(value)));
    this.freshness();
    const km = Math.floor(figures.distanceM / 1000);
    if (km > this.spokenKm) {
      if (this.spokenKm > 0) say(`${t('live.split', {n: km})}, ${pace(figures.averagePaceSPerKm)} ${t('unit.pace')}`);
      this.spokenKm = km;
    }
  }

  renderSplits() {
    const last = [...this.splits.values()].sort((a, b) => a.index - b.index).slice(-5);
    this.splitBox.hidden = last.length === 0;
    this.splitBox.replaceChildren(...last.map(split => h('div', {},
      h('span', {}, split.partial ? t('live.begun', {n: split.index, m: Math.round(split.distanceM)}) : t('live.split', {n: split.index})),
      h('b', {}, pace(split.paceSPerKm)), ` ${split.averageHeartRateBpm ?? '–'} ${t('unit.bpm')}`)));
  }

  renderLedger(ledger, startAtMs) {
    const whole = Math.max(1, ledger.elapsedS * 1000);
    const parts = [];
    let until = startAtMs;
    const part = (from, to, gap) => {
      const bar = h('i', {class: gap ? 'gap' : null});
      bar.style.setProperty('width', Math.max(0, (to - from) / whole * 100) + '%');
      parts.push(bar);
    };
    for (const gap of ledger.missing) {
      part(until, gap.fromAtMs, false);
      part(gap.fromAtMs, gap.toAtMs, true);
      until = gap.toAtMs;
    }
    part(until, startAtMs + whole, false);
    this.ledger.replaceChildren(...parts);
    const missing = Math.round(ledger.elapsedS - ledger.storedS);
    this.ledgerText.textContent = t('live.stored', {a: duration(ledger.storedS), b: duration(ledger.elapsedS)}) + (missing > 0 ? ' ' + t('live.missing', {n: missing}) : '');
  }

  /** From event time on the server's clock, never from when something arrived. */
  freshness() {
    if (this.isFinished || !this.tip || this.lost) return;
    const ageS = Math.max(0, Math.round((Date.now() + this.offsetMs - this.tip.atMs) / 1000));
    this.pill.classList.toggle('on', ageS <= 3);
    this.pill.textContent = ageS <= 3 ? t('live.now') : ageS <= 10 ? t('live.ago', {n: ageS}) : ageS <= 60 ? t('live.noSignal', {n: ageS}) : t('live.lastSeen', {t: clock(this.tip.atMs)});
    this.delay.textContent = this.tip.delayMs == null ? '' : t('live.delay', {n: number(this.tip.delayMs / 1000, 1)});
  }

  connected(is) {
    this.lost = !is;
    this.root.classList.toggle('stale', !is);
    if (!is && !this.isFinished) {
      this.pill.classList.remove('on');
      this.pill.textContent = t('live.reconnecting');
    }
  }

  finish(trainingId) {
    this.isFinished = true;
    this.map.finished = true;
    this.pill.classList.remove('on');
    this.pill.textContent = t('live.finished');
    this.done.hidden = false;
    this.done.replaceChildren(h('a', {href: '/trainings/' + trainingId}, t('live.toTraining')));
    say(t('live.finished'));
    this.map.draw();
  }

  gone() {
    show(h('div', {class: 'card', role: 'alert'}, t('error.gone')));
  }
}

/** A line with gaps where there is no figure; the range leaves outliers out. */
function chart(canvas, at, values, since, stroke, inverted, label) {
  const ratio = devicePixelRatio || 1;
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  const g = canvas.getContext('2d');
  g.scale(ratio, ratio);
  const shown = at.map((time, i) => [time, values[i]]).filter(([time]) => time >= since);
  const sorted = shown.map(([, value]) => value).filter(value => value != null).sort((a, b) => a - b);
  if (sorted.length < 2) return;
  const low = sorted[Math.floor(sorted.length * 0.02)];
  const high = Math.max(low + 10, sorted[Math.ceil(sorted.length * 0.98) - 1]);
  const left = 40;
  const end = shown[shown.length - 1][0];
  const begin = Math.min(shown[0][0], end - 60_000);
  const x = time => left + (time - begin) / (end - begin) * (width - left - 4);
  const y = value => {
    const share = Math.min(1, Math.max(0, (value - low) / (high - low)));
    return 8 + (inverted ? share : 1 - share) * (height - 20);
  };
  g.font = '11px Inter, system-ui, sans-serif';
  g.fillStyle = color('--ink3');
  g.strokeStyle = color('--line');
  for (const value of [low, (low + high) / 2, high]) {
    g.fillText(label(value), 0, y(value) + 4);
    g.beginPath();
    g.moveTo(left, y(value));
    g.lineTo(width, y(value));
    g.stroke();
  }
  g.strokeStyle = stroke;
  g.lineWidth = 1.75;
  g.beginPath();
  let drawing = false;
  for (const [time, value] of shown) {
    if (value == null) drawing = false;
    else if (drawing) g.lineTo(x(time), y(value));
    else {
      g.moveTo(x(time), y(value));
      drawing = true;
    }
  }
  g.stroke();
}
