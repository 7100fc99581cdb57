package io.pacewire.track;

/** How far a sensor's times have got, without one that is ahead until the next confirms it. */
final class ReachedTime {
  private long believedMs = Lane.BEFORE_ALL;
  private long leadMs = Lane.NEVER;
  private long reachedMs = Lane.BEFORE_ALL;

  /** The sensor's next time. Returns how far it has surely got; {@link Lane#BEFORE_ALL} without any. */
  long hear(long atMs) {
    if (leadMs != Lane.NEVER && !Lane.refutes(atMs, leadMs)) {
      believe(leadMs, Lane.confirmed(leadMs, atMs));
    }
    leadMs = Lane.NEVER;
    if (Lane.leads(atMs, believedMs)) {
      leadMs = atMs;
    } else {
      believe(atMs, atMs);
    }
    return reachedMs;
  }

  private void believe(long atMs, long reached) {
    believedMs = Math.max(believedMs, atMs);
    reachedMs = Math.max(reachedMs, reached);
  }
}
