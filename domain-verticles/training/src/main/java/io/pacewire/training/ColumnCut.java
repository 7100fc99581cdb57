package io.pacewire.training;

import io.pacewire.wire.AccelColumn;
import io.pacewire.wire.FixColumn;
import io.pacewire.wire.HeartRateColumn;
import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.ScalarColumn;

/** Those samples of a batch that lie within a part, with heights as they were corrected. Pure. */
final class ColumnCut {
  private static final int CM_A_M = 100;

  private final TrainingPart part;
  private final Elevation elevation;

  ColumnCut(TrainingPart part, Elevation elevation) {
    this.part = part;
    this.elevation = elevation;
  }

  /** What the fold looks at. */
  void copy(SampleBatch from, SampleBatch into) {
    fixes(from.fixes(), into.fixes());
    accels(from.accels(), into.accels());
    heartRates(from.heartRates(), into.heartRates());
    scalars(from.rrIntervals(), into.rrIntervals());
    scalars(from.cadences(), into.cadences());
    scalars(from.powers(), into.powers());
    scalars(from.speeds(), into.speeds());
    scalars(from.temperatures(), into.temperatures());
    altitudes(from.altitudes(), into.altitudes());
    if (elevation.source() != Elevation.Source.RECEIVER) {
      scalars(from.pressures(), into.pressures());
    }
  }

  private void fixes(FixColumn from, FixColumn into) {
    for (int i = 0; i < from.size(); i++) {
      if (part.has(from.atEpochMs(i))) {
        into.add(
            from.atEpochMs(i),
            from.monotonicMs(i),
            from.latitudeE7(i),
            from.longitudeE7(i),
            altitudeCm(from.altitudeCm(i)),
            from.accuracyCm(i),
            from.verticalAccuracyCm(i),
            from.speedCms(i),
            from.bearingCdeg(i));
      }
    }
  }

  /** No fold looks at them; an export has them as corrected. */
  private void altitudes(ScalarColumn from, ScalarColumn into) {
    for (int i = 0; i < from.size(); i++) {
      int altitudeCm = altitudeCm(from.value(i));
      if (part.has(from.atEpochMs(i)) && altitudeCm != SampleBatch.ABSENT) {
        into.add(from.atEpochMs(i), from.monotonicMs(i), altitudeCm);
      }
    }
  }

  private int altitudeCm(int recordedCm) {
    if (recordedCm == SampleBatch.ABSENT || elevation.source() == Elevation.Source.BAROMETER) {
      return SampleBatch.ABSENT;
    }
    long corrected = recordedCm + (long) elevation.offsetM() * CM_A_M;
    return corrected == (int) corrected ? (int) corrected : recordedCm;
  }

  private void accels(AccelColumn from, AccelColumn into) {
    for (int i = 0; i < from.size(); i++) {
      if (part.has(from.atEpochMs(i))) {
        into.add(from.atEpochMs(i), from.monotonicMs(i), from.xMg(i), from.yMg(i), from.zMg(i));
      }
    }
  }

  private void heartRates(HeartRateColumn from, HeartRateColumn into) {
    for (int i = 0; i < from.size(); i++) {
      if (part.has(from.atEpochMs(i))) {
        into.add(from.atEpochMs(i), from.monotonicMs(i), from.bpm(i), from.contact(i));
      }
    }
  }

  private void scalars(ScalarColumn from, ScalarColumn into) {
    for (int i = 0; i < from.size(); i++) {
      if (part.has(from.atEpochMs(i))) {
        into.add(from.atEpochMs(i), from.monotonicMs(i), from.value(i));
      }
    }
  }
}
