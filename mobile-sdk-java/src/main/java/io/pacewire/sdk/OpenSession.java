package io.pacewire.sdk;

import java.util.UUID;

/**
 * A recording that was begun on this device and not finished: the app may resume it, or resume and
 * finish it.
 */
public final class OpenSession {
  private final UUID sessionId;
  private final String sport;
  private final long startedAtEpochMs;

  OpenSession(UUID sessionId, String sport, long startedAtEpochMs) {
    this.sessionId = sessionId;
    this.sport = sport;
    this.startedAtEpochMs = startedAtEpochMs;
  }

  public UUID sessionId() {
    return sessionId;
  }

  public String sport() {
    return sport;
  }

  public long startedAtEpochMs() {
    return startedAtEpochMs;
  }
}
