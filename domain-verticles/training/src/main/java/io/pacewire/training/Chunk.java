package io.pacewire.training;

import io.pacewire.wire.BatchHeader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A stored batch.
 *
 * @param hash of its content, 0 where it has none that could be read
 * @param reason why it is a tombstone, null when it holds samples
 */
record Chunk(
    int writer,
    int seq,
    long hash,
    long firstAtMs,
    long lastAtMs,
    long receivedAtMs,
    byte[] body,
    @Nullable String reason) {

  boolean isTombstone() {
    return reason != null;
  }

  /** Whether what is kept beside the bytes is what they say themselves. */
  boolean isAs(@Nullable BatchHeader header) {
    return header != null
        && header.bodyHash() == hash
        && header.firstAtEpochMs() == firstAtMs
        && header.lastAtEpochMs() == lastAtMs;
  }

  /** Whether all of it is the same, to the byte. */
  boolean isSameAs(Chunk other) {
    return seq == other.seq
        && hash == other.hash
        && firstAtMs == other.firstAtMs
        && lastAtMs == other.lastAtMs
        && receivedAtMs == other.receivedAtMs
        && Arrays.equals(body, other.body);
  }
}
