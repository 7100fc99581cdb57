import {t, number, pace, duration, day} from './i18n.js';
import {get} from './api.js';
import {h, show} from './dom.js';
import {RouteMap} from './routemap.js';

const km = metres => number(metres / 1000, 2);

export async function home() {
  const zone = encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [xp, gear, board] = await Promise.all([get('/v1/xp'), get('/v1/gear'), get('/v1/leaderboards/all/current?timeZone=' + zone)]);
  show(h('h1', {}, t('home.title')), h('p', {class: 'quiet'}, t('home.xp', {n: xp.totalXp, m: xp.level})),
    h('div', {class: 'card'}, h('h2', {}, t('home.week')),
      board.rows.length === 0 ? h('p', {class: 'quiet'}, t('home.none')) : null,
      board.rows.map(row => h('div', {class: 'row' + (row.you ? ' you' : '')},
        h('span', {}, `${row.rank}. ${row.displayName ?? '–'}`),
        h('span', {}, `${km(row.distanceM ?? 0)} ${t('unit.km')} · ${row.xp} XP`)))),
    h('div', {class: 'card'}, h('h2', {}, t('home.gear')), gear.gear.map(wear)));
}

function wear(gear) {
  const leftM = gear.lifeM - gear.distanceM;
  const text = leftM >= 0 ? t('home.left', {n: number(leftM / 1000, 0)}) : t('home.over', {n: number(-leftM / 1000, 0)});
  const bar = h('i');
  bar.style.setProperty('width', Math.min(100, gear.distanceM / gear.lifeM * 100) + '%');
  return h('div', {}, h('div', {class: 'row'}, h('span', {}, gear.name), h('span', {class: 'quiet'}, text)), h('div', {class: 'wear'}, bar));
}

export async function liveList() {
  const {sessions} = await get('/v1/sessions?state=live');
  if (sessions.length === 1) return location.replace('/live/' + sessions[0].sessionId);
  show(h('h1', {}, t('live.title')), h('div', {class: 'card'},
    sessions.length === 0 ? h('p', {class: 'quiet', 'data-testid': 'empty'}, t('live.empty')) : null,
    sessions.map(one => h('a', {class: 'row', href: '/live/' + one.sessionId},
      h('span', {}, one.sport ?? t('live.wait')), h('span', {class: 'quiet'}, one.startAtMs ? day(one.startAtMs) : '')))));
  setTimeout(() => liveList().catch(() => {}), 3000);
}

export async function trainings() {
  const page = await get('/v1/trainings');
  show(h('h1', {}, t('trainings.title')), h('div', {class: 'card'},
    page.trainings.length === 0 ? h('p', {class: 'quiet'}, t('trainings.empty')) : null,
    page.trainings.map(one => h('a', {class: 'row', href: '/trainings/' + one.trainingId},
      h('span', {}, `${day(one.startAtMs)} · ${one.sport}`),
      h('span', {}, `${km(one.figures.distanceM)} ${t('unit.km')} · ${duration(one.figures.movingS)} · ${pace(one.figures.averagePaceSPerKm)}`)))));
}

export async function training(id) {
  const [one, track] = await Promise.all([get('/v1/trainings/' + id), get(`/v1/trainings/${id}/track`)]);
  const canvas = h('canvas', {role: 'img', 'aria-label': t('live.map')});
  const stage = h('div', {class: 'card stage'}, canvas);
  stage.style.setProperty('height', '360px');
  const f = one.figures;
  const figure = (label, value, unit) => h('div', {}, h('div', {class: 'label'}, label), h('span', {class: 'figure'}, value), h('span', {class: 'unit'}, unit));
  show(h('h1', {}, `${day(one.startAtMs)} · ${one.sport}`),
    h('p', {class: 'quiet'}, one.complete ? t('training.complete') : t('training.incomplete')),
    h('div', {class: 'card grid'},
      figure(t('live.distance'), km(f.distanceM), t('unit.km')), figure(t('live.moving'), duration(f.movingS), ''),
      figure(t('live.averagePace'), pace(f.averagePaceSPerKm), t('unit.pace')), figure(t('live.climb'), number(f.ascentM, 0), t('unit.m')),
      figure(t('live.heartRate'), number(f.averageHeartRateBpm, 0), t('unit.bpm'))),
    stage,
    h('div', {class: 'card'}, h('h2', {}, t('training.splits')), h('table', {}, h('tbody', {}, one.splits.map(split => h('tr', {},
      h('th', {scope: 'row'}, split.partial ? t('live.begun', {n: split.index, m: Math.round(split.distanceM)}) : t('live.split', {n: split.index})),
      h('td', {}, pace(split.paceSPerKm)), h('td', {}, `${number(split.averageHeartRateBpm, 0)} ${t('unit.bpm')}`)))))),
    verdicts(one.verdicts));
  const map = new RouteMap(canvas);
  map.set(track.latitudeDeg, track.longitudeDeg, track.distanceM, track.flags);
  map.finished = true;
  map.draw();
}

export function verdicts(list) {
  return h('section', {class: 'card', 'data-testid': 'verdicts'}, h('h2', {}, t('live.check')),
    list.length === 0 ? h('p', {class: 'quiet'}, t('live.checkNone')) : null, list.slice(-8).map(verdict));
}

export function verdict(one) {
  return h('div', {class: 'row'}, h('div', {}, h('b', {}, t('reason.' + one.reason)),
    h('div', {class: 'quiet'}, t('verdict.detail', {t: new Date(one.atMs).toLocaleTimeString(), v: number(one.value, 1), u: one.unit, l: number(one.limit, 1), c: number(one.confidence, 2)}))));
}
