/** What the check doubted, put together: pure, so that the page itself only shows it. */

import {ESTIMATED} from './route.js';

const APART_MS = 10_000;
const FIRST = 8;
const MORE = 500;
const PAGE = 1_000;

/** Neighbouring fixes that were doubted for the same reason are one thing to see; a fix that was used between them makes it two. */
export function grouped(verdicts, track) {
  const groups = [];
  for (const one of verdicts) {
    const last = groups.at(-1)?.at(-1);
    if (last && last.reason === one.reason && neighbours(last, one, track)) groups.at(-1).push(one);
    else groups.push([one]);
  }
  return groups;
}

function neighbours(one, next, track) {
  return Math.abs(next.atMs - one.atMs) <= APART_MS && !isUsedBetween(track, one.atMs, next.atMs);
}

function isUsedBetween(track, fromAtMs, toAtMs) {
  for (let i = track.size ? track.at(toAtMs - 1) : -1; i >= 0 && track.atMs[i] > fromAtMs; i--) {
    if (track.atMs[i] < toAtMs && !(track.flags[i] & ESTIMATED)) return true;
  }
  return false;
}

/** The doubts of a training, of which the server tells the first ones at once and the others page by page. */
export class Doubts {
  most = FIRST;
  failed = false;

  /** @param page asks the server for a page: (fromIndex, limit) to {verdicts, nextIndex} */
  constructor(first, total, page) {
    this.known = [...first];
    this.total = total;
    this.page = page;
    this.next = first.length < total ? (first.at(-1)?.index ?? -1) + 1 : null;
  }

  /** Shows more of them, and fetches what that takes. */
  async more(track) {
    this.most += MORE;
    this.failed = false;
    try {
      while (this.next != null && grouped(this.known, track).length <= this.most) {
        const {verdicts, nextIndex} = await this.page(this.next, PAGE);
        this.known.push(...verdicts);
        this.next = nextIndex ?? null;
      }
    } catch {
      this.failed = true; // what is there stays; asking again goes on from here
      this.most -= MORE;
    }
  }
}
