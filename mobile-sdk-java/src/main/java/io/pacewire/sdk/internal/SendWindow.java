package io.pacewire.sdk.internal;

import java.util.HashMap;
import java.util.Map;

/**
 * Batches on their way, and the bytes of a backlog, bounded. A backlog may not take the last places: they are
 * kept for what is recorded now, so that whoever leaves a valley is seen at once. Used by the
 * uploader's thread.
 */
final class SendWindow {
  private static final int RESERVED = 16;

  private final Map<Long, Integer> sizes = new HashMap<>();
  private final int ownBatches;
  private final int maxBytes;
  private int maxBatches;
  private long bytes;

  SendWindow(int maxBatches, int maxBytes) {
    this.ownBatches = maxBatches;
    this.maxBatches = maxBatches;
    this.maxBytes = maxBytes;
  }

  /** What the platform allows; never more than what the device wants. */
  void limit(int batches) {
    maxBatches = Math.max(1, Math.min(ownBatches, batches));
  }

  boolean hasRoom(boolean live) {
    int limit = live ? maxBatches : maxBatches - Math.min(RESERVED, maxBatches / 4);
    return sizes.size() < limit && (bytes < maxBytes || live);
  }

  void sent(StoredSession session, int seq, int size) {
    Integer before = sizes.put(key(session, seq), size);
    bytes += size - (before == null ? 0 : before);
  }

  void done(StoredSession session, int seq) {
    Integer size = sizes.remove(key(session, seq));
    bytes -= size == null ? 0 : size;
  }

  void clear() {
    sizes.clear();
    bytes = 0;
  }

  boolean isEmpty() {
    return sizes.isEmpty();
  }

  private static long key(StoredSession session, int seq) {
    return session.row << 20 | seq;
  }
}
