package io.pacewire.sdk.internal;

import io.pacewire.sdk.SessionOptions;
import io.pacewire.wire.SessionIds;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.UUID;

/** Begins sessions: gives them their id and their start mark. */
public final class SessionStarter {
  private final SqliteSampleStore store;
  private final Timeline timeline;
  private final Random random = new SecureRandom();

  public SessionStarter(SqliteSampleStore store, Timeline timeline) {
    this.store = store;
    this.timeline = timeline;
  }

  public StoredSession start(SessionOptions options) {
    Long stated = options.startedAtEpochMs();
    long atEpochMs = stated == null ? timeline.nowEpochMs() : stated;
    UUID given = options.sessionId();
    UUID id = given == null ? SessionIds.next(atEpochMs, random) : given;
    MarkRecord start = MarkRecord.start(
        atEpochMs,
        timeline.monotonicMs(atEpochMs),
        offset(options, atEpochMs).getTotalSeconds(),
        options.consentVersion(),
        options.sport(),
        options.timeZone().getId(),
        options.deviceName(),
        options.appVersion());
    return store.begin(id, options.writer(), options.sport(), start);
  }

  private static ZoneOffset offset(SessionOptions options, long atEpochMs) {
    ZoneOffset stated = options.utcOffset();
    return stated == null
        ? options.timeZone().getRules().getOffset(Instant.ofEpochMilli(atEpochMs))
        : stated;
  }
}
