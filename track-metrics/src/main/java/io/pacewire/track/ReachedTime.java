package io.pacewire.track;

/** How far a sensor's times have got, without one that is ahead until others confirm it. */
final class ReachedTime {
  private long startMs;
  private long believedMs;
  private long leadMs;
  private long contraryMs;
  private long reachedMs;
  private int refuted;

  ReachedTime() {
    restart(Lane.BEFORE_ALL, Lane.BEFORE_ALL);
  }

  /**
   * Begins anew.
   *
   * @param believed of what was taken before; {@link Lane#BEFORE_ALL} where nothing was
   * @param start of the start mark; {@link Lane#BEFORE_ALL} where none is known
   */
  void restart(long believed, long start) {
    believedMs = believed;
    startMs = start;
    reachedMs = believed;
    leadMs = Lane.NEVER;
    contraryMs = Lane.NEVER;
    refuted = 0;
  }

  /** The sensor's next time. */
  void hear(long atMs) {
    if (leadMs == Lane.NEVER) {
      next(atMs);
    } else if (contraryMs != Lane.NEVER) {
      decide(leadMs, contraryMs, atMs);
    } else if (Turn.isStray(leadMs, believedMs, startMs, atMs)) {
      next(atMs);
    } else if (Turn.contradicts(atMs, leadMs) && Turn.isUnclear(atMs, believedMs)) {
      contraryMs = atMs;
    } else if (Turn.contradicts(atMs, leadMs)) {
      refuted++;
      next(atMs);
    } else {
      believe(leadMs, Turn.confirmed(leadMs, atMs));
      next(atMs);
    }
  }

  /** Of two times that exclude each other the one after them decides. */
  private void decide(long lead, long contrary, long atMs) {
    contraryMs = Lane.NEVER;
    if (Turn.contradicts(atMs, lead)) {
      refuted++;
      next(contrary);
      hear(atMs);
    } else {
      believe(lead, Turn.confirmed(lead, atMs));
      next(atMs);
    }
  }

  private void next(long atMs) {
    leadMs = Lane.NEVER;
    if (Turn.leads(atMs, believedMs)) {
      leadMs = atMs;
    } else {
      believe(atMs, atMs);
    }
  }

  private void believe(long atMs, long reached) {
    believedMs = Math.max(believedMs, atMs);
    reachedMs = Math.max(reachedMs, reached);
  }

  /** How far it has surely got; {@link Lane#BEFORE_ALL} without any. */
  long reachedMs() {
    return reachedMs;
  }

  /** How many times were wrong, as those after them said. */
  int refuted() {
    return refuted;
  }
}
