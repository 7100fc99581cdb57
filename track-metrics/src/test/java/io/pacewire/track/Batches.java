package io.pacewire.track;

import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.ScalarColumn;

/** Batches made of others. */
final class Batches {
  private Batches() {}

  static SampleBatch withoutFinish(SampleBatch batch) {
    SampleBatch copy = new SampleBatch();
    var fixes = batch.fixes();
    for (int i = 0; i < fixes.size(); i++) {
      copy.fixes()
          .add(
              fixes.atEpochMs(i),
              fixes.monotonicMs(i),
              fixes.latitudeE7(i),
              fixes.longitudeE7(i),
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
    for (Mark mark : batch.marks()) {
      if (mark.kind() != Mark.Kind.FINISH) {
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
