package io.pacewire.wire;

import java.util.Random;
import java.util.UUID;

/** Batches for tests: as recorded, and as nobody would record them. */
final class Batches {
  static final long AT = 1_760_000_000_000L;
  static final UUID SESSION = new UUID(0x0199_C82C_C000_7ABCL, 0x8DEF_0123_4567_89ABL);
  private static final int[] EXTREMES = {
    Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE + 1, 0, -1, 1, 63, 64, -64, -65
  };
  private static final String[] TEXTS = {
    "", "run", "Europe/Moscow", "Лыжи", "🏃 phone", "x".repeat(256)
  };

  private Batches() {}

  static SampleBatch empty(int seq) {
    SampleBatch batch = new SampleBatch();
    batch.header(SESSION, 0, 1, seq);
    return batch;
  }

  /** A runner's phone at 1 Hz: about 3 m/s on a bent line, with the noise of a receiver. */
  static SampleBatch gps(int seconds, long seed) {
    Random random = new Random(seed);
    SampleBatch batch = empty(1);
    double latitude = 55.73;
    double longitude = 37.6;
    double altitude = 138;
    double heading = random.nextDouble() * 2 * Math.PI;
    for (int i = 0; i < seconds; i++) {
      double speed = 3 + random.nextGaussian() * 0.15;
      heading += random.nextGaussian() * 0.05;
      latitude += speed * Math.cos(heading) / 111_320;
      longitude += speed * Math.sin(heading) / 111_320 / Math.cos(Math.toRadians(latitude));
      altitude += random.nextGaussian() * 0.2;
      batch
          .fixes()
          .add(
              AT + i * 1_000L + random.nextInt(4),
              50_000 + i * 1_000L,
              (int) Math.round(latitude * 1e7),
              (int) Math.round(longitude * 1e7),
              (int) Math.round(altitude * 100),
              400 + random.nextInt(60),
              SampleBatch.ABSENT,
              (int) Math.round(speed * 100),
              (int) Math.round(Math.toDegrees(heading) * 100));
    }
    return batch;
  }

  /** The same, only with position, time and accuracy. */
  static SampleBatch bareGps(int seconds, long seed) {
    FixColumn full = gps(seconds, seed).fixes();
    SampleBatch batch = empty(1);
    for (int i = 0; i < full.size(); i++) {
      batch
          .fixes()
          .add(
              AT + i * 1_000L,
              50_000 + i * 1_000L,
              full.latitudeE7(i),
              full.longitudeE7(i),
              full.altitudeCm(i),
              full.accuracyCm(i),
              SampleBatch.ABSENT,
              SampleBatch.ABSENT,
              SampleBatch.ABSENT);
    }
    return batch;
  }

  /** A phone on a runner's arm at 50 Hz: the step's swing and noise. */
  static SampleBatch accel(int samples, long seed) {
    Random random = new Random(seed);
    SampleBatch batch = empty(2);
    for (int i = 0; i < samples; i++) {
      double step = Math.sin(2 * Math.PI * 2.8 * i / 50);
      batch
          .accels()
          .add(
              AT + i * 20L,
              50_000 + i * 20L,
              (int) (300 * step + random.nextGaussian() * 40),
              (int) (120 * step * step + random.nextGaussian() * 40),
              (int) (1_000 + 600 * step + random.nextGaussian() * 40));
    }
    return batch;
  }

  /** Any valid batch: extreme values, backward clocks, columns present or not, marks of all kinds. */
  static SampleBatch random(Random random) {
    SampleBatch batch = new SampleBatch();
    batch.header(
        new UUID(random.nextLong(), random.nextLong()),
        random.nextInt(WireLimits.MAX_WRITERS),
        random.nextInt() & Integer.MAX_VALUE,
        random.nextInt(WireLimits.MAX_SEQ + 1));
    for (Column column : batch.columns()) {
      if (random.nextInt(3) == 0) {
        fill(column, random);
      }
    }
    for (int marks = random.nextInt(5); marks > 0; marks--) {
      batch.addMark(mark(random));
    }
    if (batch.isEmpty()) {
      batch.addMark(Mark.lap(AT, 0));
    }
    return batch;
  }

  private static void fill(Column column, Random random) {
    int samples = 1 + random.nextInt(random.nextInt(8) == 0 ? 300 : 12);
    boolean smooth = random.nextBoolean();
    boolean skewed = random.nextBoolean();
    boolean[] absent = new boolean[7];
    for (int i = 0; i < absent.length; i++) {
      absent[i] = random.nextInt(3) == 0;
    }
    for (int i = 0; i < samples; i++) {
      long at = smooth ? AT + i * 1_000L : time(random);
      column.clock().add(at, skewed ? random.nextLong() : at - AT);
      for (int series = 0; series < column.seriesCount(); series++) {
        boolean optional = series >= column.required();
        column.series(series).add(optional && absent[series] ? SampleBatch.ABSENT : value(random));
      }
    }
  }

  private static Mark mark(Random random) {
    long at = time(random);
    long monotonic = random.nextLong();
    int seq = random.nextInt(WireLimits.MAX_SEQ + 1);
    return switch (random.nextInt(6)) {
      case 0 ->
        Mark.start(
            at,
            monotonic,
            text(random),
            text(random),
            value(random),
            text(random),
            text(random),
            random.nextInt() & Integer.MAX_VALUE);
      case 1 -> Mark.pause(at, monotonic);
      case 2 -> Mark.resume(at, monotonic);
      case 3 -> Mark.lap(at, monotonic);
      case 4 -> Mark.finish(at, monotonic, random.nextInt(WireLimits.MAX_SEQ + 2));
      default -> Mark.skip(at, monotonic, random.nextInt(seq + 1), seq);
    };
  }

  private static long time(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> 0;
      case 1 -> WireLimits.MAX_EPOCH_MS;
      default -> AT + random.nextInt(100_000);
    };
  }

  private static int value(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> EXTREMES[random.nextInt(EXTREMES.length)];
      case 1 -> random.nextInt();
      default -> random.nextInt(2_000) - 1_000;
    };
  }

  private static String text(Random random) {
    return TEXTS[random.nextInt(TEXTS.length)];
  }
}
