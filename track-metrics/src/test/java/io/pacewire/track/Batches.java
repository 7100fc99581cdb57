package io.pacewire.track;

import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;

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
    for (Mark mark : batch.marks()) {
      if (mark.kind() != Mark.Kind.FINISH) {
        copy.addMark(mark);
      }
    }
    return copy;
  }
}
