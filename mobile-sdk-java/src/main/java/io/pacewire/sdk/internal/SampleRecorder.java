package io.pacewire.sdk.internal;

import io.pacewire.sdk.Fix;
import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.WireLimits;

/**
 * Turns readings into the wire's integers and puts them into the store. Refuses what no sensor can
 * mean, and says so; any thread may call.
 */
public final class SampleRecorder {
  private static final int ABSENT = SampleBatch.ABSENT;
  private static final int NO_CONTACT = 0;
  private static final double STANDARD_GRAVITY_MPS2 = 9.80665;
  private static final double MAX_ACCEL_MPS2 = 2_000;
  private static final int MAX_BPM = 300;

  private final SqliteSampleStore store;
  private final StoredSession session;
  private final Timeline timeline;
  private final RecorderEvents events;

  public SampleRecorder(
      SqliteSampleStore store, StoredSession session, Timeline timeline, RecorderEvents events) {
    this.store = store;
    this.session = session;
    this.timeline = timeline;
    this.events = events;
  }

  public long now() {
    return timeline.nowEpochMs();
  }

  public void fix(long atEpochMs, Fix fix) {
    if (!within("latitudeDeg", fix.latitudeDeg(), -90, 90)
        || !within("longitudeDeg", fix.longitudeDeg(), -180, 180)) {
      return;
    }
    int[] fields = {
      (int) Math.round(fix.latitudeDeg() * 1e7),
      (int) Math.round(fix.longitudeDeg() * 1e7),
      optional(fix.altitudeM(), 100, -12_000, 100_000),
      optional(fix.accuracyM(), 100, 0, 1_000_000),
      optional(fix.verticalAccuracyM(), 100, 0, 1_000_000),
      optional(fix.speedMps(), 100, 0, 20_000),
      optional(fix.bearingDeg(), 100, -360, 720)
    };
    add(atEpochMs, SampleJournal.fix(atEpochMs, timeline.monotonicMs(atEpochMs), fields));
  }

  public void acceleration(long atEpochMs, double xMps2, double yMps2, double zMps2) {
    if (within("xMps2", xMps2, -MAX_ACCEL_MPS2, MAX_ACCEL_MPS2)
        && within("yMps2", yMps2, -MAX_ACCEL_MPS2, MAX_ACCEL_MPS2)
        && within("zMps2", zMps2, -MAX_ACCEL_MPS2, MAX_ACCEL_MPS2)) {
      long monotonicMs = timeline.monotonicMs(atEpochMs);
      add(atEpochMs, SampleJournal.accel(atEpochMs, monotonicMs, mg(xMps2), mg(yMps2), mg(zMps2)));
    }
  }

  public void heartRate(long atEpochMs, int bpm) {
    if (within("heartRateBpm", bpm, 0, MAX_BPM)) {
      long monotonicMs = timeline.monotonicMs(atEpochMs);
      add(
          atEpochMs,
          SampleJournal.heartRate(atEpochMs, monotonicMs, bpm, bpm == 0 ? NO_CONTACT : ABSENT));
    }
  }

  /**
   * A reading that is one number; {@code perUnit} is how many of the wire's units make one of the
   * caller's.
   */
  public void scalar(ScalarKind kind, long atEpochMs, double value, double perUnit) {
    double scaled = value * perUnit;
    if (within(kind.name(), scaled, kind.min, kind.max)) {
      long monotonicMs = timeline.monotonicMs(atEpochMs);
      int rounded = (int) Math.round(scaled);
      add(atEpochMs, SampleJournal.scalar(kind, atEpochMs, monotonicMs, rounded));
    }
  }

  public void pause(long atEpochMs) {
    mark(MarkRecord.Kind.PAUSE, atEpochMs);
  }

  public void resume(long atEpochMs) {
    mark(MarkRecord.Kind.RESUME, atEpochMs);
  }

  public void lap(long atEpochMs) {
    mark(MarkRecord.Kind.LAP, atEpochMs);
  }

  public void finish(long atEpochMs) {
    if (session.finishing) {
      return;
    }
    session.finishing = true;
    session.recording = false;
    store.finish(session, atEpochMs, timeline.monotonicMs(atEpochMs));
  }

  private void mark(MarkRecord.Kind kind, long atEpochMs) {
    if (mayAdd(atEpochMs)) {
      MarkRecord mark = MarkRecord.plain(kind, atEpochMs, timeline.monotonicMs(atEpochMs));
      boolean unused = store.append(session, SampleJournal.mark(mark), true);
    }
  }

  private void add(long atEpochMs, byte[] record) {
    if (mayAdd(atEpochMs)) {
      boolean unused = store.append(session, record, false);
    }
  }

  private boolean mayAdd(long atEpochMs) {
    if (session.finishing) {
      events.sampleRejected(session.id(), "the session is finished");
      return false;
    }
    if (atEpochMs < 0 || atEpochMs > WireLimits.MAX_EPOCH_MS) {
      events.sampleRejected(session.id(), "atEpochMs out of range: " + atEpochMs);
      return false;
    }
    return true;
  }

  private boolean within(String field, double value, double min, double max) {
    if (value >= min && value <= max) {
      return true;
    }
    events.sampleRejected(session.id(), field + " out of range: " + value);
    return false;
  }

  /** What may be unknown is left out when it makes no sense; the fix itself still counts. */
  private static int optional(double value, double perUnit, double min, double max) {
    return value >= min && value <= max ? (int) Math.round(value * perUnit) : ABSENT;
  }

  private static int mg(double mps2) {
    return (int) Math.round(mps2 / STANDARD_GRAVITY_MPS2 * 1_000);
  }
}
