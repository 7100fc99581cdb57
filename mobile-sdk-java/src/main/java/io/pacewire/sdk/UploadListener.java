package io.pacewire.sdk;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Told how the upload goes. Called on the SDK's callback thread, in order; a slow listener delays
 * other callbacks and nothing else.
 */
public interface UploadListener {
  /** Something moved. Conflated: a slow listener sees the newest state, not each one. */
  default void uploadStateChanged(UUID sessionId, UploadState state) {}

  /**
   * The platform will never take this batch. It is set aside on the device, not deleted, and not
   * sent again.
   */
  default void batchRefused(UUID sessionId, int seq, String reason) {}

  /**
   * Batches were deleted from the device before the platform had them, because the store reached
   * its limit. The platform is told which are missing.
   */
  default void batchesEvicted(UUID sessionId, int fromSeq, int toSeq) {}

  /**
   * The session is finished and the platform keeps all of it (but for refused batches, see the
   * state). Said once.
   */
  default void sessionStored(UUID sessionId, UploadState state) {}

  /** The connection came up (error is null) or went away. */
  default void connectionChanged(boolean connected, @Nullable String error) {}
}
