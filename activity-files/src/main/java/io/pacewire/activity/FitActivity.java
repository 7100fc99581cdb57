package io.pacewire.activity;

import io.pacewire.activity.ActivityWarning.Kind;
import java.util.Set;
import java.util.TreeSet;

/** What the messages of a FIT file mean (FIT profile, "Activity File"). */
final class FitActivity {

  /** Two times in whole seconds, and a second for the writing. */
  private static final long WRITTEN_AT_ONCE_MS = 3_000;

  private static final int MAX_UTC_OFFSET_S = 14 * 3_600;

  private final Delivery delivery;
  private final FitRecord record;
  private final FitHeartRates heartRates;
  private final FitClock clock = new FitClock();
  private final Set<Integer> otherTypes = new TreeSet<>();
  private boolean found;
  private boolean skipping;
  private boolean identified;

  FitActivity(Delivery delivery) {
    this.delivery = delivery;
    this.record = new FitRecord(delivery);
    this.heartRates = new FitHeartRates(delivery);
  }

  /** One that does not identify itself goes on with the activity before it. */
  void beginFile() {
    skipping = false;
    identified = false;
    heartRates.reset();
    clock.reset();
    record.reset();
  }

  boolean wasFound() {
    return found;
  }

  boolean isSomethingElse() {
    return !found && !otherTypes.isEmpty();
  }

  /** What the file holds instead of an activity. */
  String otherTypes() {
    return otherTypes.isEmpty() ? "it is empty" : "of type " + otherTypes;
  }

  /** NaN where the message has no time of its own. */
  void time(double timestamp) {
    clock.set(timestamp);
  }

  /** A compressed time (FIT protocol, "Compressed Timestamp Header"). */
  void tick(int lowBits) {
    clock.advance(lowBits);
  }

  /**
   * @param at byte of the file, for warnings
   */
  void take(FitMessage message, long at) {
    if (message.global() == FitProfile.FILE_ID && !identified) {
      fileId(message, at);
    }
    if (skipping) {
      return;
    }
    if (!delivery.isOpen()) {
      begin();
    }
    switch (message.global()) {
      case FitProfile.FILE_ID -> delivery.device(FitDevices.name(message, 1, 2, 8));
      case FitProfile.SPORT -> delivery.sport(Sports.ofFit(message.code(0), message.code(1)));
      case FitProfile.DEVICE_INFO -> deviceInfo(message);
      case FitProfile.RECORD -> record.take(message, clock, at);
      case FitProfile.EVENT -> event(message);
      case FitProfile.HRV -> beats(message);
      case FitProfile.HR -> heartRates.take(message, clock);
      case FitProfile.LAP -> lap(message);
      case FitProfile.SESSION -> session(message);
      case FitProfile.ACTIVITY -> localTime(message);
      default -> {}
    }
  }

  private void begin() {
    found = true;
    delivery.begin(ActivityFormat.FIT);
  }

  /** A chain may hold settings, courses, workouts next to an activity. */
  private void fileId(FitMessage message, long at) {
    identified = true;
    int type = message.code(0);
    skipping = type != FitProfile.ACTIVITY_FILE && type != -1;
    if (skipping) {
      delivery.warn(Kind.NOT_AN_ACTIVITY, at, "FIT of type " + type);
      otherTypes.add(type);
    } else {
      begin();
    }
  }

  /** Index 0 is the device itself; the others are its sensors. */
  private void deviceInfo(FitMessage message) {
    if (message.code(0) == 0 && !message.text(27).isBlank()) {
      delivery.device(FitDevices.name(message, 2, 4, 27));
    }
    SpeedSensor sensor = FitDevices.speedSensor(message.code(1), message.code(25));
    if (sensor != null) {
      delivery.speedSensor(sensor);
    }
  }

  /** The timer, by the event's own time: a record next to it may be older or newer. */
  private void event(FitMessage message) {
    if (message.code(0) != FitProfile.TIMER || !clock.isSet()) {
      return;
    }
    switch (message.code(1)) {
      case 0 -> delivery.timerStarted(clock.epochMs());
      case 1, 4, 8, 9 -> delivery.timerStopped(clock.epochMs()); // stop, all, disable, disable all
      default -> {}
    }
  }

  private void beats(FitMessage message) {
    int[] rrMs = new int[message.elements(0)];
    int count = 0;
    for (int i = 0; i < rrMs.length; i++) {
      double rr = message.element(0, i);
      if (rr > 0) {
        rrMs[count++] = (int) rr;
      }
    }
    if (count > 0 && clock.isSet()) {
      delivery.beats(clock.epochMs(), java.util.Arrays.copyOf(rrMs, count));
    }
  }

  private void lap(FitMessage message) {
    if (!clock.isSet()) {
      return;
    }
    DeviceTotals totals = new DeviceTotals(
        message.number(9) / FitProfile.DISTANCE_SCALE,
        message.number(8) / FitProfile.DURATION_SCALE,
        message.number(7) / FitProfile.DURATION_SCALE,
        message.number(52) / FitProfile.DURATION_SCALE,
        message.number(21),
        message.number(22));
    delivery.lap(new DeviceLap(
        start(message, totals), end(message, totals), Sports.fitTrigger(message.code(24)), totals));
  }

  private void session(FitMessage message) {
    if (!clock.isSet()) {
      return;
    }
    DeviceTotals totals = new DeviceTotals(
        message.number(9) / FitProfile.DISTANCE_SCALE,
        message.number(8) / FitProfile.DURATION_SCALE,
        message.number(7) / FitProfile.DURATION_SCALE,
        message.number(59) / FitProfile.DURATION_SCALE,
        message.number(22),
        message.number(23));
    int sport = message.code(5);
    int subSport = message.code(6);
    delivery.leg(new ActivityLeg(
        start(message, totals),
        end(message, totals),
        Sports.ofFit(sport, subSport),
        Sports.fitName(sport, subSport),
        totals));
  }

  private long start(FitMessage message, DeviceTotals totals) {
    double start = message.number(2);
    if (!Double.isNaN(start)) {
      return FitClock.epochMs((long) start);
    }
    return clock.epochMs() - Math.round(Math.max(0, totals.elapsedS()) * 1_000);
  }

  /**
   * The message's own time (FIT profile, lap: "Lap end time"). But some devices write all laps when
   * they are done, with the time of the writing: then where the lap's length says. That is the second
   * choice, since the start is a whole second that was cut off.
   */
  private long end(FitMessage message, DeviceTotals totals) {
    double start = message.number(2);
    boolean known = !Double.isNaN(start) && totals.elapsedS() > 0;
    if (!known) {
      return clock.epochMs();
    }
    long byLengthMs = FitClock.epochMs((long) start) + Math.round(totals.elapsedS() * 1_000);
    boolean writtenAtOnce = Math.abs(clock.epochMs() - byLengthMs) <= WRITTEN_AT_ONCE_MS;
    return writtenAtOnce ? clock.epochMs() : byLengthMs;
  }

  /** What local time is ahead of UTC; whole quarters of an hour, as time zones are. */
  private void localTime(FitMessage message) {
    double ahead = message.number(5) - message.number(FitProfile.TIMESTAMP);
    long quarters = Math.round(ahead / 900);
    boolean likely = Math.abs(ahead) <= MAX_UTC_OFFSET_S && Math.abs(ahead - quarters * 900) <= 60;
    if (likely) {
      delivery.utcOffset((int) quarters * 900);
    }
  }
}
