package io.pacewire.sdk.internal;

import java.util.UUID;

/** Where a recorder says what it did not take. */
public interface RecorderEvents {
  void sampleRejected(UUID sessionId, String reason);
}
