package io.pacewire.training;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A batch as ingest handed it over.
 *
 * @param partition of the topic it came by
 * @param bytes the frozen batch, as the device sealed it
 * @param fault why it cannot be decoded, else null; such a batch becomes a tombstone
 */
record TelemetryRecord(
    WriterKey writer,
    UUID deviceId,
    int partition,
    int seq,
    long hash,
    long firstAtMs,
    long lastAtMs,
    long receivedAtMs,
    long sentAtMs,
    byte[] bytes,
    BatchDigest digest,
    @Nullable String fault) {

  ChunkId chunkId() {
    return new ChunkId(writer, seq);
  }

  /** What the device's clock lacked against the server's when it sent this. */
  long clockOffsetMs() {
    return receivedAtMs - sentAtMs;
  }

  /** Of its newest sample, by the server's clock and never in its future: a phone that is a day ahead pins nothing. */
  long correctedAtMs() {
    return Math.min(lastAtMs + clockOffsetMs(), receivedAtMs);
  }
}
