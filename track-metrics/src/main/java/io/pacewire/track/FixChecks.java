package io.pacewire.track;

import io.pacewire.track.Verdict.Reason;
import org.jspecify.annotations.Nullable;

/** The checks a fix goes through, in this order; the first that doubts it decides. */
final class FixChecks {
  /** A mast's reach says nothing of a way. */
  private static final double MOST_COARSE_M = 500;

  /** So many ever newer fixes from the past are no stragglers: the clock was set back. */
  private static final int CLOCK_SET_BACK_AFTER = 10;

  private static final FixCheck[] ORDER = {
    FixChecks::future,
    FixChecks::duplicate,
    FixChecks::order,
    FixChecks::position,
    FixChecks::accuracy,
    FixChecks::indoors,
    FixChecks::speed,
    FixChecks::track
  };

  /** So many come before those that compare with the track. */
  private static final int OF_PLACES = 5;

  private FixChecks() {}

  /** A doubt about a fix. */
  static final class Doubt {
    final Reason reason;
    final double confidence;
    final double value;
    final double limit;

    Doubt(Reason reason, double confidence, double value, double limit) {
      this.reason = reason;
      this.confidence = confidence;
      this.value = value;
      this.limit = limit;
    }

    /** Whether several of these in a row mean that the track is wrong and the fixes are right. */
    boolean speaksAgainstTheTrack() {
      return reason == Reason.TOO_FAST || reason == Reason.OFF_TRACK;
    }
  }

  interface FixCheck {
    @Nullable
    Doubt check(Fix fix, FoldState state);
  }

  /** Whether the fix says anything of places: none that is out of time, nowhere or anywhere. */
  static boolean isPlace(Fix fix, FoldState state) {
    for (int i = 0; i < OF_PLACES; i++) {
      if (ORDER[i].check(fix, state) != null) {
        return false;
      }
    }
    return true;
  }

  static @Nullable Doubt first(Fix fix, FoldState state) {
    for (FixCheck check : ORDER) {
      Doubt doubt = check.check(fix, state);
      if (doubt != null) {
        return doubt;
      }
    }
    return null;
  }

  private static @Nullable Doubt future(Fix fix, FoldState state) {
    return fix.aheadMs > 0
        ? new Doubt(Reason.AHEAD_OF_TIME, 1, fix.aheadMs / 1e3, Turn.LEAD_MS / 1e3)
        : null;
  }

  private static @Nullable Doubt duplicate(Fix fix, FoldState state) {
    return fix.atMs == state.fixes.seenAtMs() ? new Doubt(Reason.DUPLICATE, 1, 0, 0) : null;
  }

  private static @Nullable Doubt order(Fix fix, FoldState state) {
    long seenAtMs = state.fixes.seenAtMs();
    if (!state.fixes.hasSeen() && state.hasBegun() && fix.atMs < state.timer().startAtMs()) {
      double behindMs = state.timer().startAtMs() - fix.atMs;
      return new Doubt(Reason.OUT_OF_ORDER, 1, behindMs, 0);
    }
    boolean behind = fix.atMs < seenAtMs;
    return behind && state.fixes.backwardInARow() < CLOCK_SET_BACK_AFTER
        ? new Doubt(Reason.OUT_OF_ORDER, 1, seenAtMs - fix.atMs, 0)
        : null;
  }

  private static @Nullable Doubt position(Fix fix, FoldState state) {
    boolean nowhere = fix.latitudeDeg == 0 && fix.longitudeDeg == 0;
    boolean outside = !(Math.abs(fix.latitudeDeg) <= 90 && Math.abs(fix.longitudeDeg) <= 180);
    if (nowhere) {
      return new Doubt(Reason.IMPOSSIBLE_POSITION, 1, 0, 0);
    }
    return outside
        ? new Doubt(
            Reason.IMPOSSIBLE_POSITION,
            1,
            Math.abs(fix.latitudeDeg) > 90 ? fix.latitudeDeg : fix.longitudeDeg,
            Math.abs(fix.latitudeDeg) > 90 ? 90 : 180)
        : null;
  }

  private static @Nullable Doubt accuracy(Fix fix, FoldState state) {
    double accuracyM = fix.accuracyCm / Fix.CM_A_M;
    return fix.isCoarse() && !isAllThereIs(fix, state)
        ? new Doubt(
            Reason.INACCURATE, confidence(accuracyM / Fix.COARSE_M), accuracyM, Fix.COARSE_M)
        : null;
  }

  /** Nothing better has come for long, and what came last lies further off than both err. */
  private static boolean isAllThereIs(Fix fix, FoldState state) {
    FixMemory memory = state.fixes;
    if (fix.accuracyCm > MOST_COARSE_M * Fix.CM_A_M || !state.hasBegun()) {
      return false;
    }
    long sinceMs = memory.hasAccepted() ? memory.acceptedAtMs() : state.timer().startAtMs();
    return fix.atMs - sinceMs > TrackFold.GAP_S * 1_000L
        && (!memory.hasAccepted() || memory.isBeyondErrors(fix));
  }

  /** A receiver that strays under a roof covers ground; the sensor on the foot or the wheel knows. */
  private static @Nullable Doubt indoors(Fix fix, FoldState state) {
    SpeedSensorMeter sensor = state.speedSensor();
    return state.sport() == SportProfile.INDOOR && sensor.isFreshAt(fix.atMs)
        ? new Doubt(Reason.INDOORS, TrackFold.SURE, sensor.speedMps(), 0)
        : null;
  }

  private static @Nullable Doubt speed(Fix fix, FoldState state) {
    FixMemory memory = state.fixes;
    if (!memory.hasAccepted() || memory.isInterrupted() || fix.atMs <= memory.acceptedAtMs()) {
      return null;
    }
    double seconds = (fix.atMs - memory.acceptedAtMs()) / 1e3;
    double way = memory.wayM(fix);
    double noise = 3 * (fix.sigmaM + memory.acceptedSigmaM());
    double limit = state.sport().maxSpeedMps(seconds);
    if (seconds > TrackFold.GAP_S) {
      return null;
    }
    double speed = Math.max(0, way - noise) / seconds;
    if (speed > limit) {
      return new Doubt(Reason.TOO_FAST, confidence(speed / limit), way / seconds, limit);
    }
    // One way between two fixes may be noise; what the filter has made of many is none. After a
    // jump
    // of the receiver the filter is fast, but the athlete is not.
    double sure = state.filter().leastSpeedMps();
    return sure > limit && way / seconds > limit / 2
        ? new Doubt(Reason.TOO_FAST, confidence(sure / limit), state.filter().speedMps(), limit)
        : null;
  }

  /** The filter was predicted to the fix's time before. */
  private static @Nullable Doubt track(Fix fix, FoldState state) {
    FixMemory memory = state.fixes;
    boolean fresh = !memory.hasAccepted()
        || memory.isInterrupted()
        || fix.atMs - memory.acceptedAtMs() > TrackFold.GAP_S * 1_000;
    if (fresh) {
      return null;
    }
    double surprise = fix.surprise;
    double most = state.sport().maxSurprise();
    return surprise > most
        ? new Doubt(
            Reason.OFF_TRACK, confidence(surprise / most), Math.sqrt(surprise), Math.sqrt(most))
        : null;
  }

  /** 0.5 at the limit, towards 1 far beyond it. */
  private static double confidence(double timesTheLimit) {
    return 1 - 0.5 / Math.max(1, timesTheLimit);
  }
}
