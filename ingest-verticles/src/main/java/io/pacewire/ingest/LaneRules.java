package io.pacewire.ingest;

/** What speaks for a batch being live, and what for backlog. Pure; all times are epoch milliseconds. */
final class LaneRules {
  /** Samples older than this are backlog. */
  static final long LIVE_WITHIN_MS = 60_000;

  private LaneRules() {}

  /**
   * Whether its samples were old when it was sent, by the device's own clock: nobody gains by saying so.
   * What was sent well before it was measured was not sent then: our clock has to do.
   */
  static boolean saysBacklog(long sentAtMs, long lastAtMs, long nowMs) {
    long believedMs = sentAtMs < lastAtMs - LIVE_WITHIN_MS ? nowMs : sentAtMs;
    return believedMs - lastAtMs > LIVE_WITHIN_MS;
  }

  /** Whether its samples are new by our clock, too: then no word of the device's has to be believed. */
  static boolean isNewHere(long lastAtMs, long nowMs) {
    return Math.abs(nowMs - lastAtMs) <= LIVE_WITHIN_MS;
  }
}
