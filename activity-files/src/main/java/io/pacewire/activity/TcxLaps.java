package io.pacewire.activity;

import org.jspecify.annotations.Nullable;

/**
 * The laps of an activity and their sums, as the device states them. A lap ends where the next one
 * starts: its last sample may be seconds older.
 */
final class TcxLaps {
  static final long NEVER = Long.MIN_VALUE;

  /** Devices that save samples write one every ten seconds at least; longer, the timer stood still. */
  private static final long LONGEST_WAIT_MS = 10_000;

  /** Short of that a sensor or a receiver may just have had nothing to say. */
  private static final long LONGEST_DROPOUT_MS = 30_000;

  private static final double MOST_S = 1e8;

  /** Many devices write times in whole seconds. */
  private static final long ROUNDED_MS = 1_000;

  private final Delivery delivery;
  private String nativeSport = "";
  private DeviceTotals ofLeg = DeviceTotals.NONE;
  private long legStartMs = NEVER;
  private long legEndMs = NEVER;
  private long startMs = NEVER;
  private long endMs = NEVER;
  private double timerS;
  private double distanceM;
  private String trigger = "";
  private long stoodStillMs;
  private long longestStepMs;
  /** Up to when the timer of the lap before ran, by what it states. */
  private long ranUntilMs = NEVER;

  private @Nullable DeviceLap ended;

  TcxLaps(Delivery delivery) {
    this.delivery = delivery;
  }

  void beginLeg(String sport) {
    nativeSport = sport;
    ofLeg = DeviceTotals.NONE;
    legStartMs = NEVER;
    legEndMs = NEVER;
    ranUntilMs = NEVER;
    longestStepMs = 0;
  }

  void endLeg() {
    deliver(NEVER);
    if (legEndMs != NEVER) {
      delivery.leg(
          new ActivityLeg(legStartMs, legEndMs, Sports.of(nativeSport), nativeSport, ofLeg));
    }
  }

  /**
   * @param stated {@link #NEVER} where it is not
   */
  void begin(long stated) {
    deliver(stated);
    startMs = stated;
    endMs = NEVER;
    timerS = Double.NaN;
    distanceM = Double.NaN;
    trigger = "";
    stoodStillMs = 0;
  }

  /**
   * Whether the timer stood still between two samples of which the second is the first of this lap: the lap
   * before had run for all the time it states, and this device never waited so long while it ran.
   */
  boolean stoodStillBetween(long lastMs, long atMs) {
    return endMs == NEVER
        && ranUntilMs != NEVER
        && ranUntilMs <= lastMs + ROUNDED_MS
        && atMs - lastMs > Math.max(LONGEST_DROPOUT_MS, longestStepMs);
  }

  /** Before the second of two samples is seen. */
  void stoodStill(long lastMs, long atMs) {
    long fromMs = startMs == NEVER ? atMs : Math.max(lastMs, startMs);
    stoodStillMs += Math.max(0, atMs - fromMs);
  }

  /** Between two samples: those of two laps tell nothing of how long the device waits. */
  void ran(long stepMs) {
    if (endMs != NEVER) {
      longestStepMs = Math.max(longestStepMs, stepMs);
    }
  }

  /** A sample in this lap. */
  void saw(long atMs) {
    startMs = startMs == NEVER ? atMs : startMs;
    endMs = Math.max(endMs, atMs);
  }

  void timerS(double seconds) {
    timerS = seconds;
  }

  void distanceM(double metres) {
    distanceM = metres;
  }

  void trigger(String method) {
    trigger = method;
  }

  void end() {
    if (startMs == NEVER) {
      return; // neither a time nor a sample: it was nowhere
    }
    if (endMs == NEVER) {
      // Indoors laps may have no samples; the time without pauses is the best there is.
      double seconds = timerS >= 0 && timerS < MOST_S ? timerS : 0;
      endMs = startMs + Math.round(seconds * 1_000);
    }
    DeviceTotals totals =
        new DeviceTotals(distanceM, timerS, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    ofLeg = ofLeg.plus(totals);
    legStartMs = legStartMs == NEVER ? startMs : Math.min(legStartMs, startMs);
    legEndMs = Math.max(legEndMs, endMs);
    ended = new DeviceLap(startMs, endMs, trigger, totals);
    ranUntilMs =
        timerS > 0 && timerS < MOST_S ? startMs + Math.round(timerS * 1_000) + stoodStillMs : NEVER;
  }

  /** The lap before, once it is known when the next one starts. */
  private void deliver(long nextStartMs) {
    DeviceLap lap = ended;
    if (lap == null) {
      return;
    }
    ended = null;
    long lastMs = lap.endAtEpochMs();
    boolean follows = nextStartMs > lastMs && nextStartMs - lastMs <= LONGEST_WAIT_MS;
    delivery.lap(
        follows
            ? new DeviceLap(lap.startAtEpochMs(), nextStartMs, lap.trigger(), lap.deviceTotals())
            : lap);
  }
}
