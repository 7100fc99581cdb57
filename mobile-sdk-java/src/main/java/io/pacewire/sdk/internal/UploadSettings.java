package io.pacewire.sdk.internal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How the uploader paces itself; the defaults suit phones, tests shorten them. */
public final class UploadSettings {
  private static final long LIVE_MS = 1_000;
  private static final long BACKGROUND_MS = 15_000;
  private static final long OFFLINE_SEAL_MS = 300_000;

  final @Nullable Duration interval;
  final int maxInFlight = 256;
  /** Of a backlog; what is recorded meanwhile stands behind it in the connection. */
  final int maxInFlightBytes = 64 * 1024;

  final long idleMs = 30_000;
  long ledgerPatienceMs = 3_000;
  long ackTimeoutMs = 30_000;
  long storedTimeoutMs = 10_000;
  long backoffBaseMs = 500;
  long backoffCapMs = 60_000;
  private long offlineSealMs = OFFLINE_SEAL_MS;

  public UploadSettings(@Nullable Duration interval) {
    this.interval = interval;
  }

  long intervalMs(boolean recording) {
    if (interval != null) {
      return interval.toMillis();
    }
    return recording ? LIVE_MS : BACKGROUND_MS;
  }

  /** How often stalls and tokens are looked at. */
  long housekeepingMs() {
    return Math.min(LIVE_MS, Math.min(ackTimeoutMs, storedTimeoutMs) / 2);
  }

  /**
   * Without a connection small batches would only cost bytes here and work there: samples, which are safe in
   * the journal, wait for company this long.
   */
  long offlineSealMs() {
    return offlineSealMs;
  }

  public void offlineSealMs(long millis) {
    offlineSealMs = millis;
  }

  public void ledgerPatienceMs(long millis) {
    ledgerPatienceMs = millis;
  }

  public void ackTimeoutMs(long millis) {
    ackTimeoutMs = millis;
  }

  public void storedTimeoutMs(long millis) {
    storedTimeoutMs = millis;
  }

  public void backoff(long baseMs, long capMs) {
    backoffBaseMs = baseMs;
    backoffCapMs = capMs;
  }
}
