package io.pacewire.training;

import io.pacewire.wire.FixColumn;
import io.pacewire.wire.HeartRateColumn;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.SeqRanges;
import org.jspecify.annotations.Nullable;

/**
 * What must be known of a batch before its turn in the fold comes.
 *
 * @param latitudeDeg of its newest fix
 * @param heartRateBpm its newest
 * @param skipped batches before it that the device had to drop for good
 * @param starts whether it holds a start mark
 * @param finishes whether it holds the finish mark
 */
record BatchDigest(
    @Nullable Double latitudeDeg,
    @Nullable Double longitudeDeg,
    @Nullable Integer heartRateBpm,
    SeqRanges skipped,
    boolean starts,
    boolean finishes) {

  /** Of a batch that cannot be decoded. */
  static BatchDigest none() {
    return new BatchDigest(null, null, null, new SeqRanges(), false, false);
  }

  static BatchDigest of(SampleBatch batch, int seq) {
    FixColumn fixes = batch.fixes();
    HeartRateColumn rates = batch.heartRates();
    int fix = fixes.size() - 1;
    int rate = rates.size() - 1;
    SeqRanges skipped = new SeqRanges();
    boolean starts = false;
    boolean finishes = false;
    for (Mark mark : batch.marks()) {
      starts |= mark.kind() == Mark.Kind.START;
      finishes |= mark.kind() == Mark.Kind.FINISH;
      // A device drops what is older. What is still to come cannot be given up yet.
      if (mark.kind() == Mark.Kind.SKIP && mark.toSeq() < seq) {
        skipped.add(mark.fromSeq(), mark.toSeq());
      }
    }
    return new BatchDigest(
        fix < 0 ? null : fixes.latitudeE7(fix) / 1e7,
        fix < 0 ? null : fixes.longitudeE7(fix) / 1e7,
        rate < 0 || rates.bpm(rate) == 0 ? null : rates.bpm(rate),
        skipped,
        starts,
        finishes);
  }
}
