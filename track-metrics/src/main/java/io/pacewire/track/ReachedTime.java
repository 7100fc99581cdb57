package io.pacewire.track;

/** How far a sensor's times have got, without one that is ahead until the next confirms it. */
final class ReachedTime {
  private long believedMs;
  private long leadMs;
  private long reachedMs;
  private int refuted;

  ReachedTime() {
    restart(Lane.BEFORE_ALL);
  }

  /** @param believed of what was taken before; {@link Lane#BEFORE_ALL} where nothing was */
  void restart(long believed) {
    believedMs = believed;
    reachedMs = believed;
    leadMs = Lane.NEVER;
    refuted = 0;
  }

  /** The sensor's next time. */
  void hear(long atMs) {
    if (leadMs != Lane.NEVER && Lane.refutes(atMs, leadMs)) {
      refuted++;
    } else if (leadMs != Lane.NEVER) {
      believe(leadMs, Lane.confirmed(leadMs, atMs));
    }
    leadMs = Lane.NEVER;
    if (Lane.leads(atMs, believedMs)) {
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

  /** How many times were wrong, as the next one said. */
  int refuted() {
    return refuted;
  }
}
