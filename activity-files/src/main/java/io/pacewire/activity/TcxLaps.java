package io.pacewire.activity;

/** The laps of an activity and their sums, as the device states them. */
final class TcxLaps {
  static final long NEVER = Long.MIN_VALUE;

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

  TcxLaps(Delivery delivery) {
    this.delivery = delivery;
  }

  void beginLeg(String sport) {
    nativeSport = sport;
    ofLeg = DeviceTotals.NONE;
    legStartMs = NEVER;
    legEndMs = NEVER;
  }

  void endLeg() {
    if (legEndMs != NEVER) {
      delivery.leg(
          new ActivityLeg(legStartMs, legEndMs, Sports.of(nativeSport), nativeSport, ofLeg));
    }
  }

  /**
   * @param stated {@link #NEVER} where it is not
   */
  void begin(long stated) {
    startMs = stated;
    endMs = NEVER;
    timerS = Double.NaN;
    distanceM = Double.NaN;
    trigger = "";
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
      double seconds = timerS >= 0 && timerS < 1e8 ? timerS : 0;
      endMs = startMs + Math.round(seconds * 1_000);
    }
    DeviceTotals totals =
        new DeviceTotals(distanceM, timerS, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    ofLeg = ofLeg.plus(totals);
    legStartMs = legStartMs == NEVER ? startMs : Math.min(legStartMs, startMs);
    legEndMs = Math.max(legEndMs, endMs);
    delivery.lap(new DeviceLap(startMs, endMs, trigger, totals));
  }
}
