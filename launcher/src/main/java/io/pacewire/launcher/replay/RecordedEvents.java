package io.pacewire.launcher.replay;

import io.pacewire.activity.ActivityFormat;
import io.pacewire.activity.ActivityLeg;
import io.pacewire.activity.ActivitySample;
import io.pacewire.activity.ActivitySink;
import io.pacewire.activity.MalformedActivityException;
import io.pacewire.activity.SensorSpeeds;
import io.pacewire.activity.SpeedSensor;
import io.pacewire.launcher.replay.Timeline.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Gathers what sensors measured, of all activities of a file. Between two of them the timer stands
 * still, whatever they say of it themselves.
 */
final class RecordedEvents implements ActivitySink {
  private static final int MAX_EVENTS = 2_000_000;

  /** On the highest mountain and in the deepest valley, with weather to spare; more is water. */
  private static final double LEAST_PA = 20_000;

  private static final double MOST_PA = 120_000;
  private static final Set<String> ON_FOOT = Set.of("run", "trail-run", "walk", "hike");

  private final List<Event> list = new ArrayList<>();
  private SensorSpeeds speeds = new SensorSpeeds();
  private String sport = "other";
  private String device = "Recorded file";
  private boolean hasSport;
  private boolean paused;
  private boolean begins;
  private long lastAtMs = Long.MIN_VALUE;

  boolean isEmpty() {
    return list.isEmpty();
  }

  Timeline timeline() {
    if (!ON_FOOT.contains(sport)) {
      list.replaceAll(RecordedEvents::inCycles);
    }
    return new Timeline(sport, device, list);
  }

  /** Gathered as steps, two to a cycle, which keeps odd ones; off foot the wire counts cycles. */
  private static Event inCycles(Event event) {
    return event instanceof Timeline.Cadence cadence
        ? new Timeline.Cadence(cadence.atEpochMs(), (cadence.perMinute() + 1) / 2)
        : event;
  }

  @Override
  public void begin(ActivityFormat format) {
    begins = lastAtMs != Long.MIN_VALUE;
    if (begins && !paused) {
      pause(lastAtMs);
    }
    speeds = new SensorSpeeds();
  }

  @Override
  public void sport(String name) {
    // A file of several sports is one recording, whose limits must be those of none of them.
    sport = hasSport && !sport.equals(name) ? "other" : name;
    hasSport = true;
    speeds.sport(name);
  }

  @Override
  public void device(String name) {
    device = name;
  }

  @Override
  public void speedSensor(SpeedSensor sensor) {
    speeds.sensor(sensor);
  }

  @Override
  public void start(long atEpochMs) {
    if (paused) { // by the activity before
      resume(atEpochMs);
    }
  }

  @Override
  public void pause(long atEpochMs) {
    add(new Timeline.Pause(atEpochMs));
    paused = true;
  }

  @Override
  public void resume(long atEpochMs) {
    add(new Timeline.Resume(atEpochMs));
    paused = false;
    begins = false;
  }

  @Override
  public void lap(long atEpochMs) {
    add(new Timeline.Lap(atEpochMs));
  }

  @Override
  public void leg(ActivityLeg leg) {
    speeds.leg(leg);
  }

  @Override
  public void end() {
    speeds.tell((at, speedMps) -> add(new Timeline.SensorSpeed(at, speedMps)));
  }

  @Override
  public void sample(ActivitySample sample) {
    long at = sample.atEpochMs();
    if (begins) { // an activity that says nothing of its timer
      resume(at);
    }
    lastAtMs = Math.max(lastAtMs, at);
    speeds.sample(sample);
    bound(speeds.size());
    if (sample.hasPosition()) {
      add(new Timeline.Fix(
          at, sample.latitudeDeg(), sample.longitudeDeg(), sample.altitudeM(), sample.accuracyM()));
    }
    if (sample.heartRateBpm() > 0) {
      add(new Timeline.HeartRate(at, sample.heartRateBpm()));
    }
    if (sample.cadencePerMin() >= 0) {
      add(new Timeline.Cadence(at, (int) Math.round(2 * sample.cadencePerMin())));
    }
    if (sample.powerW() >= 0) {
      add(new Timeline.Power(at, sample.powerW()));
    }
    if (!Double.isNaN(sample.temperatureC())) {
      add(new Timeline.Temperature(at, sample.temperatureC()));
    }
    if (sample.pressurePa() >= LEAST_PA && sample.pressurePa() <= MOST_PA) {
      add(new Timeline.Pressure(at, sample.pressurePa()));
    }
  }

  private void add(Event event) {
    bound(list.size());
    list.add(event);
  }

  private static void bound(int size) {
    if (size >= MAX_EVENTS) {
      throw new MalformedActivityException("more than " + MAX_EVENTS + " samples");
    }
  }
}
