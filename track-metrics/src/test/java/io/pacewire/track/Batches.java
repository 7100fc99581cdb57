package io.pacewire.track;

import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.ScalarColumn;
import java.util.UUID;

/** Batches made of others. */
final class Batches {
  private Batches() {}

  private static final int ROUND_E7_HALF = 1_800_000_000;

  static SampleBatch of(Mark mark) {
    SampleBatch batch = new SampleBatch();
    batch.header(new UUID(0, 1), 0, 0, 1);
    batch.addMark(mark);
    return batch;
  }

  /** One sample of a sensor, by its name; of the accelerometer for any other. */
  static void add(SampleBatch batch, String sensor, long at) {
    switch (sensor) {
      case "heart" -> batch.heartRates().add(at, 0, 150, SampleBatch.ABSENT);
      case "speed" -> batch.speeds().add(at, 0, 300);
      case "cadence" -> batch.cadences().add(at, 0, 85);
      case "power" -> batch.powers().add(at, 0, 200);
      case "pressure" -> batch.pressures().add(at, 0, 99_000);
      case "fix" -> batch.fixes().add(at, 0, 557_500_000, 376_000_000, 15_000, 500, -1, -1, -1);
      default -> batch.accels().add(at, 0, 0, 0, 1_000);
    }
  }

  /** A run at 3 m/s that began so long ago, without its start mark. */
  static SampleBatch running(int fromS, int seconds) {
    Recording going = Recording.sensor().silence(fromS, 3, 0).north(seconds, 3);
    return going.batches(new int[] {going.size()}).get(0);
  }

  static SampleBatch withoutFinish(SampleBatch batch) {
    return copy(batch, 0, false);
  }

  /** The same elsewhere on the same parallel. */
  static SampleBatch eastwards(SampleBatch batch, int byE7) {
    return copy(batch, byE7, true);
  }

  private static int moved(int longitudeE7, int byE7) {
    long moved = Math.floorMod((long) longitudeE7 + byE7 + ROUND_E7_HALF, 2L * ROUND_E7_HALF);
    return (int) (moved - ROUND_E7_HALF);
  }

  private static SampleBatch copy(SampleBatch batch, int byE7, boolean withFinish) {
    SampleBatch copy = new SampleBatch();
    var fixes = batch.fixes();
    for (int i = 0; i < fixes.size(); i++) {
      copy.fixes()
          .add(
              fixes.atEpochMs(i),
              fixes.monotonicMs(i),
              fixes.latitudeE7(i),
              moved(fixes.longitudeE7(i), byE7),
              fixes.altitudeCm(i),
              fixes.accuracyCm(i),
              fixes.verticalAccuracyCm(i),
              fixes.speedCms(i),
              fixes.bearingCdeg(i));
    }
    var rates = batch.heartRates();
    for (int i = 0; i < rates.size(); i++) {
      copy.heartRates()
          .add(rates.atEpochMs(i), rates.monotonicMs(i), rates.bpm(i), rates.contact(i));
    }
    var accels = batch.accels();
    for (int i = 0; i < accels.size(); i++) {
      copy.accels()
          .add(
              accels.atEpochMs(i),
              accels.monotonicMs(i),
              accels.xMg(i),
              accels.yMg(i),
              accels.zMg(i));
    }
    copy(batch.speeds(), copy.speeds());
    copy(batch.cadences(), copy.cadences());
    copy(batch.powers(), copy.powers());
    copy(batch.pressures(), copy.pressures());
    for (Mark mark : batch.marks()) {
      if (withFinish || mark.kind() != Mark.Kind.FINISH) {
        copy.addMark(mark);
      }
    }
    return copy;
  }

  private static void copy(ScalarColumn from, ScalarColumn to) {
    for (int i = 0; i < from.size(); i++) {
      to.add(from.atEpochMs(i), from.monotonicMs(i), from.value(i));
    }
  }
}
