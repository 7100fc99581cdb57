package io.pacewire.launcher.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An activity as sensors saw it, in order of time. Positions, altitude, time and sensors only: what
 * a file says about its own distance and totals has no place here.
 *
 * @param sport one of the wire's sport names
 * @param events by ascending time
 */
public record Timeline(String sport, String deviceName, List<Event> events) {

  public Timeline {
    if (events.isEmpty()) {
      throw new IllegalArgumentException("the activity has no samples");
    }
    List<Event> ordered = new ArrayList<>(events);
    ordered.sort(
        Comparator.comparingLong(Event::atEpochMs)); // stable: equal times keep their order
    events = List.copyOf(ordered);
  }

  /** What was not measured by this kind of sensor; there must be some. */
  public Timeline without(Class<? extends Event> kind) {
    List<Event> others =
        events.stream().filter(event -> !kind.isInstance(event)).toList();
    return new Timeline(sport, deviceName, others);
  }

  public List<Event> only(Class<? extends Event> kind) {
    return events.stream().filter(kind::isInstance).toList();
  }

  public long firstAtEpochMs() {
    return events.get(0).atEpochMs();
  }

  public long lastAtEpochMs() {
    return events.get(events.size() - 1).atEpochMs();
  }

  public long durationMs() {
    return lastAtEpochMs() - firstAtEpochMs();
  }

  /** Something a sensor or the athlete's thumb did. NaN stands for "not measured". */
  public sealed interface Event {
    long atEpochMs();
  }

  public record Fix(
      long atEpochMs, double latitudeDeg, double longitudeDeg, double altitudeM, double accuracyM)
      implements Event {}

  public record HeartRate(long atEpochMs, int bpm) implements Event {}

  /** Steps or revolutions a minute. */
  public record Cadence(long atEpochMs, int perMinute) implements Event {}

  public record Power(long atEpochMs, int watt) implements Event {}

  /** From a wheel or a foot sensor, never from positions. */
  public record SensorSpeed(long atEpochMs, double speedMps) implements Event {}

  /** Of the air, pascal. */
  public record Pressure(long atEpochMs, double pressurePa) implements Event {}

  public record Temperature(long atEpochMs, double celsius) implements Event {}

  public record Pause(long atEpochMs) implements Event {}

  public record Resume(long atEpochMs) implements Event {}

  public record Lap(long atEpochMs) implements Event {}
}
