package io.pacewire.sdk.internal;

import java.util.UUID;

/**
 * What the store tells on its writer thread, after the commit. Implementations hand over and
 * return.
 */
public interface StoreEvents {
  void sealed(StoredSession session, int seq);

  /** Batches were deleted unsent to keep within the limit; the platform is told by a mark. */
  void evicted(UUID sessionId, int fromSeq, int toSeq);

  void changed(StoredSession session);

  void samplesLost(UUID sessionId, long count, String reason);

  void failing(String reason);

  void recovered();
}
