package io.pacewire.training;

import java.util.List;
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

  static Tip of(TelemetryRecord record) {
    BatchDigest digest = record.digest();
    long atMs = record.correctedAtMs();
    return new Tip(
        atMs,
        record.receivedAtMs() - atMs,
        digest.latitudeDeg(),
        digest.longitudeDeg(),
        digest.heartRateBpm());
  }

  /** @param records one at least */
  static Tip ofAll(List<TelemetryRecord> records) {
    return records.stream()
        .map(Tip::of)
        .reduce(Tip::merge)
        .orElseThrow(() -> new IllegalArgumentException("no records"));
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
