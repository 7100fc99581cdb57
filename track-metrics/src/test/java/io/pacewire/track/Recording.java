package io.pacewire.track;

import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * A made recording: who wrote it says what happened second by second. Due north from Moscow unless
 * told otherwise; one fix and one heart rate a second.
 */
final class Recording {
  static final long START = 1_760_000_000_000L;
  private static final int ABSENT = SampleBatch.ABSENT;

  /** Always the same, so that cuts can be compared. */
  static final int FINISH_BATCH_COUNT = 7;

  /** Of one sensor, in the order it measured. */
  private enum Sensor {
    MARK,
    HEART_RATE,
    FIX,
    MOTION,
    SPEED,
    CADENCE,
    POWER,
    PRESSURE
  }

  private static final class Sample {
    final Sensor sensor;
    final long atMs;
    final long madeAtMs;
    final Object what;

    Sample(Sensor sensor, long atMs, long madeAtMs, Object what) {
      this.madeAtMs = madeAtMs;
      this.sensor = sensor;
      this.atMs = atMs;
      this.what = what;
    }
  }

  private final List<Sample> samples = new ArrayList<>();
  private String sport = "run";
  private double latitudeDeg = 55.75;
  private double longitudeDeg = 37.6;
  private double altitudeM = 150;
  private int accuracyCm = 400;
  private int heartRateBpm = 140;
  private long fixLagMs;
  private double stepsASecond = Double.NaN;
  private int speedCms = -1;
  private int cadencePerMin = -1;
  private int powerW = -1;
  private int pressurePa = -1;
  private int verticalAccuracyCm = ABSENT;
  private long atMs = START;
  private boolean ends = true;

  static Recording of(String sport) {
    Recording recording = new Recording();
    recording.sport = sport;
    recording.add(
        Sensor.MARK, START, Mark.start(START, 0, sport, "Europe/Moscow", 10_800, "Phone", "1", 1));
    return recording;
  }

  /** Started so many seconds after the others. */
  static Recording late(String sport, int seconds) {
    Recording recording = new Recording();
    recording.sport = sport;
    long at = START + seconds * 1_000L;
    recording.add(
        Sensor.MARK, at, Mark.start(at, 0, sport, "Europe/Moscow", 10_800, "Phone", "1", 1));
    return recording;
  }

  /** Nobody starts or finishes it: a hub that only says what it hears. */
  static Recording sensor() {
    Recording recording = new Recording();
    recording.ends = false;
    return recording;
  }

  Recording from(double latitude, double longitude) {
    latitudeDeg = latitude;
    longitudeDeg = longitude;
    return this;
  }

  Recording accuracyCm(int cm) {
    accuracyCm = cm;
    return this;
  }

  Recording heartRate(int bpm) {
    heartRateBpm = bpm;
    return this;
  }

  Recording altitude(double metres) {
    altitudeM = metres;
    return this;
  }

  /** Fixes are this much off the heart rates' full seconds. */
  Recording fixLag(long ms) {
    fixLagMs = ms;
    return this;
  }

  /** From now on there is an accelerometer, which feels so many steps; 0 lies on a table. */
  Recording steps(double aSecond) {
    stepsASecond = aSecond;
    return this;
  }

  Recording sensorSpeed(int cms) {
    speedCms = cms;
    return this;
  }

  /** The sensor speaks now and not each second. */
  Recording speedNow() {
    return add(Sensor.SPEED, atMs, speedCms);
  }

  Recording cadence(int perMin) {
    cadencePerMin = perMin;
    return this;
  }

  Recording power(int watts) {
    powerW = watts;
    return this;
  }

  Recording pressure(int pa) {
    pressurePa = pa;
    return this;
  }

  Recording verticalAccuracyCm(int cm) {
    verticalAccuracyCm = cm;
    return this;
  }

  /** A second in one place, where the receiver sees it a little off. */
  Recording lying(double offNorthM, double offEastM) {
    silence(1, 0, 0);
    body();
    double radians = Math.toRadians(latitudeDeg);
    return fixAt(
        atMs + fixLagMs,
        latitudeDeg + Math.toDegrees(offNorthM / Geodesy.metresPerRadianNorth(radians)),
        longitudeDeg + Math.toDegrees(offEastM / Geodesy.metresPerRadianEast(radians)));
  }

  /** Time goes on, for a sensor that speaks more than once a second. */
  Recording later(long ms) {
    atMs += ms;
    return this;
  }

  /** The next second is felt by a hand that sways by so much, without a rhythm. */
  Recording swaying(int sigmaMg, Random random) {
    for (int i = 0; i < 25; i++) {
      long at = atMs + i * 40L;
      int mg = 1_000 + (int) Math.round(sigmaMg * random.nextGaussian());
      samples.add(new Sample(Sensor.MOTION, at, at, mg));
    }
    return this;
  }

  /** Seconds in which all sensors but the receiver speak. */
  Recording blind(int seconds, double northMps) {
    for (int i = 0; i < seconds; i++) {
      silence(1, northMps, 0);
      body();
    }
    return this;
  }

  /** Seconds in which nothing but the heart is heard. */
  Recording blindHeart(int seconds) {
    for (int i = 0; i < seconds; i++) {
      silence(1, 0, 0).heart();
    }
    return this;
  }

  /** What was measured in the second that ends now: motion at 25 Hz, the others once. */
  private void body() {
    if (!Double.isNaN(stepsASecond)) {
      for (int i = 0; i < 25; i++) {
        long at = atMs - 1_000 + i * 40L;
        double phase = 2 * Math.PI * stepsASecond * (at - START) / 1e3;
        int mg = 1_000 + (int) Math.round(stepsASecond == 0 ? at / 40 % 3 : 250 * Math.sin(phase));
        samples.add(new Sample(Sensor.MOTION, at, at, mg));
      }
    }
    if (speedCms >= 0) {
      add(Sensor.SPEED, atMs, speedCms);
    }
    if (cadencePerMin >= 0) {
      add(Sensor.CADENCE, atMs, cadencePerMin);
    }
    if (powerW >= 0) {
      add(Sensor.POWER, atMs, powerW);
    }
    if (pressurePa >= 0) {
      add(Sensor.PRESSURE, atMs, pressurePa);
    }
  }

  double latitudeDeg() {
    return latitudeDeg;
  }

  long atMs() {
    return atMs;
  }

  Recording north(int seconds, double speedMps) {
    return move(seconds, 1, speedMps, 0, 0);
  }

  Recording climb(int seconds, double speedMps, double metresASecond) {
    return move(seconds, 1, speedMps, 0, metresASecond);
  }

  Recording sparse(int fixes, int secondsBetween, double speedMps) {
    return move(fixes, secondsBetween, speedMps, 0, 0);
  }

  Recording move(int steps, int stepS, double northMps, double eastMps, double upMps) {
    for (int i = 0; i < steps; i++) {
      silence(stepS, northMps, eastMps);
      altitudeM += upMps * stepS;
      body();
      fix();
      heart();
    }
    return this;
  }

  /** Time and place go on, no sensor says so. */
  Recording silence(int seconds, double northMps, double eastMps) {
    atMs += seconds * 1_000L;
    double radians = Math.toRadians(latitudeDeg);
    latitudeDeg += Math.toDegrees(northMps * seconds / Geodesy.metresPerRadianNorth(radians));
    longitudeDeg = Geodesy.wrapDeg(
        longitudeDeg + Math.toDegrees(eastMps * seconds / Geodesy.metresPerRadianEast(radians)));
    return this;
  }

  Recording fix() {
    return fixAt(atMs + fixLagMs, latitudeDeg, longitudeDeg);
  }

  /** All that follows is so many metres off. */
  Recording shifted(double northM, double eastM) {
    double radians = Math.toRadians(latitudeDeg);
    latitudeDeg += Math.toDegrees(northM / Geodesy.metresPerRadianNorth(radians));
    longitudeDeg += Math.toDegrees(eastM / Geodesy.metresPerRadianEast(radians));
    return this;
  }

  double longitudeDeg() {
    return longitudeDeg;
  }

  /** A fix from somewhere else, a second later. */
  Recording stray(double northM) {
    atMs += 1_000;
    return fixAt(atMs + fixLagMs, latitudeDeg + northM / 111_340.0, longitudeDeg);
  }

  Recording fixAt(long at, double latitude, double longitude) {
    return rawFix(
        at,
        (int) Math.round(latitude * 1e7),
        (int) Math.round(longitude * 1e7),
        (int) Math.round(altitudeM * 100),
        accuracyCm);
  }

  Recording rawFix(long at, int latitudeE7, int longitudeE7, int altitudeCm, int cm) {
    return add(
        Sensor.FIX, at, new int[] {latitudeE7, longitudeE7, altitudeCm, cm, verticalAccuracyCm});
  }

  Recording heart() {
    return heartAt(atMs, heartRateBpm);
  }

  Recording heartAt(long at, int bpm) {
    return add(Sensor.HEART_RATE, at, bpm);
  }

  Recording speedAt(long at, int cms) {
    return add(Sensor.SPEED, at, cms);
  }

  Recording cadenceAt(long at, int perMin) {
    return add(Sensor.CADENCE, at, perMin);
  }

  Recording powerAt(long at, int watts) {
    return add(Sensor.POWER, at, watts);
  }

  Recording pressureAt(long at, int pa) {
    return add(Sensor.PRESSURE, at, pa);
  }

  Recording pause() {
    return add(Sensor.MARK, atMs, Mark.pause(atMs, 0));
  }

  Recording resume() {
    return add(Sensor.MARK, atMs, Mark.resume(atMs, 0));
  }

  Recording markAt(Mark mark) {
    return add(Sensor.MARK, mark.atEpochMs(), mark);
  }

  Recording lap() {
    return add(Sensor.MARK, atMs, Mark.lap(atMs, 0));
  }

  private Recording add(Sensor sensor, long at, Object what) {
    samples.add(new Sample(sensor, at, atMs, what));
    return this;
  }

  int size() {
    return samples.size();
  }

  /** One batch, finish included. */
  FoldState fold(FoldSink out) {
    FoldState state = FoldState.start(AthleteParameters.defaults());
    for (SampleBatch batch : batches(new int[] {samples.size()})) {
      TrackFold.step(state, batch, out);
    }
    return state;
  }

  /** One batch, and the recording goes on. */
  FoldState live(FoldSink out) {
    FoldState state = FoldState.start(AthleteParameters.defaults());
    SampleBatch batch = new SampleBatch();
    batch.header(new UUID(0, 1), 0, 0, 0);
    samples.forEach(sample -> add(batch, sample));
    TrackFold.step(state, batch, out);
    return state;
  }

  /** In batches of these lengths by turns, through the codec. */
  List<SampleBatch> batches(int[] lengths) {
    List<SampleBatch> batches = new ArrayList<>();
    int next = 0;
    for (int i = 0; next < samples.size(); i++) {
      SampleBatch batch = new SampleBatch();
      batch.header(new UUID(0, 1), 0, 0, i);
      int end = Math.min(samples.size(), next + lengths[i % lengths.length]);
      for (; next < end; next++) {
        add(batch, samples.get(next));
      }
      if (next == samples.size() && ends) {
        batch.addMark(Mark.finish(atMs, 0, FINISH_BATCH_COUNT));
      }
      batches.add(BatchCodec.decode(BatchCodec.encode(batch)));
    }
    return batches;
  }

  /**
   * The same samples, each sensor's in its own order, but written down as they arrive: every sensor
   * is late by a time of its own, which changes as it goes.
   */
  Recording arriving(Random random, int latestMs) {
    Map<Sensor, Long> arrivesAt = new EnumMap<>(Sensor.class);
    List<Object[]> arrivals = new ArrayList<>();
    for (Sample sample : samples) {
      long arrival = sample.madeAtMs + random.nextInt(latestMs);
      arrivals.add(new Object[] {arrivesAt.merge(sample.sensor, arrival, Math::max), sample});
    }
    arrivals.sort(Comparator.comparingLong(arrival -> (long) arrival[0]));
    Recording arrived = new Recording();
    arrived.sport = sport;
    arrived.atMs = atMs;
    arrivals.forEach(arrival -> arrived.samples.add((Sample) arrival[1]));
    return arrived;
  }

  private static void add(SampleBatch batch, Sample sample) {
    long at = sample.atMs;
    switch (sample.sensor) {
      case MARK -> batch.addMark((Mark) sample.what);
      case HEART_RATE -> batch.heartRates().add(at, at - START, (int) sample.what, ABSENT);
      case MOTION -> batch.accels().add(at, at - START, 0, 0, (int) sample.what);
      case SPEED -> batch.speeds().add(at, at - START, (int) sample.what);
      case CADENCE -> batch.cadences().add(at, at - START, (int) sample.what);
      case POWER -> batch.powers().add(at, at - START, (int) sample.what);
      case PRESSURE -> batch.pressures().add(at, at - START, (int) sample.what);
      case FIX -> {
        int[] fix = (int[]) sample.what;
        batch.fixes().add(at, at - START, fix[0], fix[1], fix[2], fix[3], fix[4], ABSENT, ABSENT);
      }
    }
  }
}
