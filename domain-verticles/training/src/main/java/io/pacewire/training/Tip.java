package io.pacewire.training;

import io.pacewire.wire.FixColumn;
import io.pacewire.wire.HeartRateColumn;
import io.pacewire.wire.SampleBatch;
import org.jspecify.annotations.Nullable;

/**
 * The newest that is known of a session, by event time and outside the fold: whoever comes out of a
 * valley is on the map at once while the backlog drains.
 *
 * @param atMs event time, corrected to the server's clock and never in its future
 * @param delayMs from the newest sample until the server had it
 */
record Tip(
    long atMs,
    long delayMs,
    @Nullable Double latitudeDeg,
    @Nullable Double longitudeDeg,
    @Nullable Integer heartRateBpm) {

  /**
   * @param correctedAtMs of the batch's newest sample
   */
  static Tip of(SampleBatch batch, long correctedAtMs, long receivedAtMs) {
    FixColumn fixes = batch.fixes();
    HeartRateColumn rates = batch.heartRates();
    int fix = fixes.size() - 1;
    int rate = rates.size() - 1;
    return new Tip(
        correctedAtMs,
        receivedAtMs - correctedAtMs,
        fix < 0 ? null : fixes.latitudeE7(fix) / 1e7,
        fix < 0 ? null : fixes.longitudeE7(fix) / 1e7,
        rate < 0 || rates.bpm(rate) == 0 ? null : rates.bpm(rate));
  }

  /** The newer of two, keeping a figure that the newer one lacks. */
  Tip merge(Tip other) {
    boolean otherIsNewer = other.atMs >= atMs;
    Tip newer = otherIsNewer ? other : this;
    Tip older = otherIsNewer ? this : other;
    return new Tip(
        newer.atMs,
        newer.delayMs,
        newer.latitudeDeg == null ? older.latitudeDeg : newer.latitudeDeg,
        newer.longitudeDeg == null ? older.longitudeDeg : newer.longitudeDeg,
        newer.heartRateBpm == null ? older.heartRateBpm : newer.heartRateBpm);
  }
}
