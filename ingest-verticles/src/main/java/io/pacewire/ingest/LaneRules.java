package io.pacewire.ingest;

/** What speaks for a batch being live, and what for backlog. Pure; all times are epoch milliseconds. */
final class LaneRules {
  /** Samples older than this are backlog. */
  static final long LIVE_WITHIN_MS = 60_000;

  /** A device that sends every ten minutes, and is late with it, spans no more. */
  static final long WIDE_MS = 15 * 60_000;

  private LaneRules() {}

  /**
   * Whether its samples were old when it was sent, by the device's own clock: nobody gains by saying so.
   * What was sent well before it was measured was not sent then: our clock has to do.
   */
  static boolean saysBacklog(long sentAtMs, long lastAtMs, long nowMs) {
    long believedMs = sentAtMs < lastAtMs - LIVE_WITHIN_MS ? nowMs : sentAtMs;
    return believedMs - lastAtMs > LIVE_WITHIN_MS;
  }

  /** Whether its newest sample is new by our clock, too. Of one that {@link #isWide} that says nothing. */
  static boolean isNewHere(long lastAtMs, long nowMs) {
    return Math.abs(nowMs - lastAtMs) <= LIVE_WITHIN_MS;
  }

  /**
   * Whether old samples may hide behind a new one, or behind none: that there is one at {@code lastAtMs}
   * nobody has looked at. No sample is older than {@code firstAtMs}, or the batch is discarded where it is decoded.
   */
  static boolean isWide(long firstAtMs, long lastAtMs) {
    return lastAtMs - firstAtMs > WIDE_MS;
  }
}
