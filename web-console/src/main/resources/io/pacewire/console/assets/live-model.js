import {Track} from './components/route.js';

/** What is known of a live session: snapshots replace it, deltas add to it. */
export class LiveModel {
  track = new Track();
  splits = new Map();
  verdicts = new Map();
  backfilled = [];
  offsetMs = 0;
  finished = null;

  take(message) {
    if (message.type === 'finished') {
      this.finished = {trainingId: message.trainingId, complete: message.complete};
      return;
    }
    if (message.type === 'snapshot') {
      this.track.clear();
      this.splits.clear();
      this.verdicts.clear();
      this.offsetMs = message.serverAtMs - Date.now();
    }
    const before = this.wholeM;
    this.track.append(message.points);
    message.splits.forEach(split => this.splits.set(split.index, split));
    message.verdicts.forEach(one => this.verdicts.set(one.index, one));
    const late = message.ledger.backfilled.filter(one => !this.backfilled.some(known => known.fromSeq === one.fromSeq));
    if (late.length > 0) {
      this.backfilled.push(...late);
      this.caughtUp = {
        metres: before == null ? 0 : message.figures.distanceM - before,
        seconds: late.reduce((sum, one) => sum + (one.toAtMs - one.fromAtMs) / 1_000, 0),
      };
    }
    this.figures = message.figures;
    if (!message.figures.partial) {
      this.wholeM = message.figures.distanceM; // what goes on behind a gap does not count as caught up
    }
    this.session = message.session;
    this.zones = message.zones;
    this.ledger = {...message.ledger, backfilled: this.backfilled};
    // What a node says late, as one that was stopped for a while, takes nobody back.
    this.tip = message.type === 'delta' && message.tip && this.tip?.atMs > message.tip.atMs ? this.tip : (message.tip ?? this.tip);
    if (message.session.state === 'finished') {
      this.finished = {trainingId: message.session.trainingId, complete: true};
    }
  }

  get sortedSplits() {
    return [...this.splits.values()].sort((a, b) => a.index - b.index);
  }

  get sortedVerdicts() {
    return [...this.verdicts.values()].sort((a, b) => a.index - b.index);
  }

  /** Of all that there were: of many only the newest are told while it goes on. */
  get verdictCount() {
    return Math.max(-1, ...this.verdicts.keys()) + 1;
  }

  /** Seconds since the newest sample was taken, by the server's clock: never since it arrived. */
  ageS() {
    return this.tip ? Math.max(0, Math.round((Date.now() + this.offsetMs - this.tip.atMs) / 1_000)) : null;
  }
}

/** One word for it, that pill, marker and banner share. */
export function freshness(ageS) {
  return ageS == null ? 'waiting' : ageS <= 3 ? 'live' : ageS <= 10 ? 'recent' : ageS <= 60 ? 'silent' : 'lost';
}

const SILENT_MS = 2 * 60_000;

/** Whether a session that nobody finished was heard of lately. */
export const isOut = session => Date.now() - session.lastReceivedAtMs < SILENT_MS;
