package io.pacewire.sdk.internal;

import java.util.BitSet;

/**
 * Where each batch of one session stands, as far as the uploader knows: held here, waiting to be
 * sent, on its way, or acknowledged. Bits by batch number, because a day of backlog is tens of
 * thousands of batches. Pure; used by the uploader's thread.
 */
final class UploadLane {
  private final StoredSession session;
  private final BitSet held;
  private final BitSet acked;
  private final BitSet waiting;
  private final BitSet inFlight = new BitSet();
  private final BitSet maybeSent;
  private int fresh = -1;
  private boolean catchingUp;
  private int sentCount;
  private int ackedCount;

  UploadLane(StoredSession session) {
    this.session = session;
    this.held = (BitSet) session.heldAtOpen.clone();
    this.acked = (BitSet) session.ackedAtOpen.clone();
    this.waiting = (BitSet) held.clone();
    waiting.andNot(acked);
    // What an earlier run of the app sent is not known: any of it may have arrived.
    this.maybeSent = (BitSet) held.clone();
    this.ackedCount = session.progress().storedCount() + acked.cardinality();
    this.sentCount = ackedCount;
  }

  StoredSession session() {
    return session;
  }

  void sealed(int seq) {
    held.set(seq);
    waiting.set(seq);
    fresh = seq;
  }

  /** A connection is up: whatever may have arrived through an earlier one waits for the ledger. */
  void connected() {
    fresh = waiting.length() - 1;
    catchingUp = true;
  }

  /**
   * What the last connection did not acknowledge has to be sent again, unless the ledger knows
   * better.
   */
  void disconnected() {
    waiting.or(inFlight);
    inFlight.clear();
  }

  /** The ledger answered, or did not in time: resend what it did not name. */
  void caughtUp() {
    catchingUp = false;
  }

  boolean isCatchingUp() {
    return catchingUp;
  }

  /** The newest batch, if it should overtake the backlog; -1 if there is none. */
  int nextFresh() {
    return fresh >= 0 && mayGo(fresh) ? fresh : -1;
  }

  /** The oldest batch that may be sent now; -1 if there is none. */
  int nextOldest() {
    for (int seq = waiting.nextSetBit(0); seq >= 0; seq = waiting.nextSetBit(seq + 1)) {
      if (mayGo(seq)) {
        return seq;
      }
    }
    return -1;
  }

  private boolean mayGo(int seq) {
    return waiting.get(seq) && !(catchingUp && maybeSent.get(seq));
  }

  void sending(int seq) {
    waiting.clear(seq);
    inFlight.set(seq);
    if (!maybeSent.get(seq)) {
      sentCount++;
    }
    maybeSent.set(seq);
  }

  /**
   * Of this range, what is newly acknowledged. What was never sent cannot be: such a claim is not
   * believed.
   */
  BitSet ack(int from, int to) {
    BitSet news = believable(from, to);
    news.andNot(acked);
    acked.or(news);
    waiting.andNot(news);
    inFlight.andNot(news);
    ackedCount += news.cardinality();
    return news;
  }

  /** Of this range, what can be freed: held here and sent. */
  BitSet store(int from, int to) {
    BitSet news = believable(from, to);
    BitSet unacked = (BitSet) news.clone();
    unacked.andNot(acked);
    ackedCount += unacked.cardinality();
    drop(news);
    return news;
  }

  /** Not taken this time: back in line. False if it was not on its way. */
  boolean defer(int seq) {
    if (!inFlight.get(seq)) {
      return false;
    }
    inFlight.clear(seq);
    waiting.set(seq);
    return true;
  }

  boolean refuse(int seq) {
    if (!held.get(seq) || !maybeSent.get(seq)) {
      return false;
    }
    BitSet one = new BitSet();
    one.set(seq);
    drop(one);
    return true;
  }

  /** Puts the oldest acknowledged batches that are still not stored back in line; how many. */
  int reopen(int limit) {
    int count = 0;
    for (int seq = acked.nextSetBit(0);
        seq >= 0 && count < limit;
        seq = acked.nextSetBit(seq + 1)) {
      acked.clear(seq);
      waiting.set(seq);
      ackedCount--;
      count++;
    }
    return count;
  }

  /** The row is gone (evicted): there is nothing to send. */
  void forget(int seq) {
    BitSet one = new BitSet();
    one.set(seq);
    drop(one);
  }

  boolean isInFlight(int seq) {
    return inFlight.get(seq);
  }

  /** -1 if there is none. */
  int lastInFlight() {
    return inFlight.length() - 1;
  }

  boolean hasInFlight() {
    return !inFlight.isEmpty();
  }

  boolean hasAckedOnly() {
    return !acked.isEmpty();
  }

  boolean isEmpty() {
    return held.isEmpty();
  }

  int sentCount() {
    return sentCount;
  }

  int ackedCount() {
    return ackedCount;
  }

  private BitSet believable(int from, int to) {
    BitSet range = new BitSet();
    int end = Math.min(to, held.length() - 1);
    if (from >= 0 && from <= end) {
      range.set(from, end + 1);
    }
    range.and(held);
    range.and(maybeSent);
    return range;
  }

  private void drop(BitSet seqs) {
    held.andNot(seqs);
    acked.andNot(seqs);
    waiting.andNot(seqs);
    inFlight.andNot(seqs);
  }
}
