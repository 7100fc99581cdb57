package io.pacewire.activity;

import io.pacewire.activity.ActivityWarning.Kind;
import java.util.EnumSet;
import java.util.Set;

/** Hands what a reader finds to the sink, in one place checked and counted. */
final class Delivery {
  private enum Timer {
    UNKNOWN,
    RUNNING,
    STOPPED
  }

  private final ActivitySink sink;
  private final Warnings warnings = new Warnings();
  private final Set<SpeedSensor> speedSensors = EnumSet.noneOf(SpeedSensor.class);
  private boolean open;
  private Timer timer = Timer.UNKNOWN;
  private long samples;
  private long lastAtMs;
  private String sport = "";
  private String device = "";
  private int offsetS = Integer.MIN_VALUE;

  Delivery(ActivitySink sink) {
    this.sink = sink;
  }

  /** Ends the one before. */
  void begin(ActivityFormat format) {
    end();
    open = true;
    timer = Timer.UNKNOWN;
    samples = 0;
    sport = "";
    device = "";
    offsetS = Integer.MIN_VALUE;
    speedSensors.clear();
    sink.begin(format);
  }

  void end() {
    if (open) {
      open = false;
      warnings.tell(sink);
      sink.end();
    }
  }

  boolean isOpen() {
    return open;
  }

  /** Of the activity that is open. */
  boolean hasSamples() {
    return samples > 0;
  }

  /** Of the newest sample; only where there is one. */
  long lastAtMs() {
    return lastAtMs;
  }

  void warn(Kind kind, long at, String text) {
    warnings.add(kind, at, text);
  }

  void sport(String name) {
    if (!name.equals(sport)) {
      sport = name;
      sink.sport(name);
    }
  }

  void device(String name) {
    String clean = Texts.shortened(name.strip());
    if (!clean.isEmpty() && !clean.equals(device)) {
      device = clean;
      sink.device(clean);
    }
  }

  void speedSensor(SpeedSensor sensor) {
    if (speedSensors.add(sensor)) {
      sink.speedSensor(sensor);
    }
  }

  void utcOffset(int seconds) {
    if (seconds != offsetS) {
      offsetS = seconds;
      sink.utcOffset(seconds);
    }
  }

  void sample(SampleBuilder found, long at) {
    if (!found.isDated()) {
      warn(Kind.UNDATED, at, "a sample without a time");
      return;
    }
    if (found.isMisplaced()) {
      warn(Kind.UNREADABLE_VALUE, at, "position " + found.latitudeDeg + ", " + found.longitudeDeg);
    }
    if (samples > 0 && found.atEpochMs == lastAtMs) {
      warn(Kind.REPEATED_TIME, at, "two samples at " + lastAtMs);
    } else if (samples > 0 && found.atEpochMs < lastAtMs) {
      warn(Kind.OUT_OF_ORDER, at, found.atEpochMs + " after " + lastAtMs);
    }
    lastAtMs = found.atEpochMs;
    samples++;
    sink.sample(found.build());
  }

  /** A sample that by its nature comes after the others. */
  void late(SampleBuilder found) {
    samples++;
    sink.sample(found.build());
  }

  void beats(long atEpochMs, int[] rrMs) {
    sink.beats(atEpochMs, rrMs);
  }

  void timerStarted(long atEpochMs) {
    switch (timer) {
      case UNKNOWN -> sink.start(atEpochMs);
      case STOPPED -> sink.resume(atEpochMs);
      case RUNNING -> {
        return; // some devices repeat it
      }
    }
    timer = Timer.RUNNING;
  }

  void timerStopped(long atEpochMs) {
    boolean ran = timer == Timer.RUNNING || (timer == Timer.UNKNOWN && samples > 0);
    if (ran) {
      timer = Timer.STOPPED;
      sink.pause(atEpochMs);
    }
  }

  void lap(DeviceLap lap) {
    sink.lap(lap.endAtEpochMs());
    sink.deviceLap(lap);
  }

  void leg(ActivityLeg leg) {
    sport(leg.sport());
    sink.leg(leg);
  }
}
