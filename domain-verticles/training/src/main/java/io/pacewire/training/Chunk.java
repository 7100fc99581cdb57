package io.pacewire.training;

import org.jspecify.annotations.Nullable;

/**
 * A stored batch.
 *
 * @param reason why it is a tombstone, null when it holds samples
 */
record Chunk(
    int writer,
    int seq,
    long firstAtMs,
    long lastAtMs,
    byte[] body,
    @Nullable String reason) {

  boolean isTombstone() {
    return reason != null;
  }
}
