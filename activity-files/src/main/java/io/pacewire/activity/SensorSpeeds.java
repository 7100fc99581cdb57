package io.pacewire.activity;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Those speeds of an activity that a wheel or a foot sensor measured. Files do not say whose speed
 * they hold. It is a wheel's on a leg on wheels where one is connected, for bike computers prefer it
 * to positions. It is a foot sensor's on a leg on foot where one is connected and the leg has no
 * position: with positions it may be either's, and then is not used. Told what an {@link
 * ActivitySink} is told of one activity; memory grows with its samples.
 */
public final class SensorSpeeds {
  private static final Set<String> ON_WHEELS = Set.of("ride", "mtb", "indoor");
  private static final Set<String> ON_FOOT = Set.of("run", "trail-run", "walk", "hike", "indoor");

  private final Set<SpeedSensor> sensors = EnumSet.noneOf(SpeedSensor.class);
  private final List<ActivityLeg> legs = new ArrayList<>();
  private final List<Seen> samples = new ArrayList<>();
  private String sport = "other";

  private record Seen(long atEpochMs, double speedMps, boolean placed) {}

  /** Takes a speed, metres a second. */
  public interface Taker {
    void speed(long atEpochMs, double speedMps);
  }

  public void sensor(SpeedSensor sensor) {
    sensors.add(sensor);
  }

  /** Holds where no leg says another. */
  public void sport(String name) {
    sport = name;
  }

  public void leg(ActivityLeg leg) {
    legs.add(leg);
  }

  public void sample(ActivitySample sample) {
    samples.add(new Seen(sample.atEpochMs(), sample.speedMps(), sample.hasPosition()));
  }

  /** How many samples it was told of. */
  public int size() {
    return samples.size();
  }

  /** Once the activity is over: each, in the order of the file within a leg. */
  public void tell(Taker taker) {
    if (sensors.isEmpty()) {
      return;
    }
    if (legs.size() <= 1) { // all of it, even if the leg's times are wrong
      tell(samples, legs.isEmpty() ? sport : legs.get(0).sport(), taker);
      return;
    }
    for (ActivityLeg leg : legs) {
      tell(samples.stream().filter(seen -> holds(leg, seen)).toList(), leg.sport(), taker);
    }
  }

  private void tell(List<Seen> seen, String ofSport, Taker taker) {
    if (isOfSensor(ofSport, seen.stream().anyMatch(Seen::placed))) {
      seen.stream()
          .filter(one -> one.speedMps() >= 0) // not NaN
          .forEach(one -> taker.speed(one.atEpochMs(), one.speedMps()));
    }
  }

  private boolean isOfSensor(String ofSport, boolean placed) {
    boolean wheel = sensors.contains(SpeedSensor.WHEEL) && ON_WHEELS.contains(ofSport);
    boolean foot = sensors.contains(SpeedSensor.FOOT) && ON_FOOT.contains(ofSport) && !placed;
    return wheel || foot;
  }

  private static boolean holds(ActivityLeg leg, Seen seen) {
    return seen.atEpochMs() >= leg.startAtEpochMs() && seen.atEpochMs() <= leg.endAtEpochMs();
  }
}
