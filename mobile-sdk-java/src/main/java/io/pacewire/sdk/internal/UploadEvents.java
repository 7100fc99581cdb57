package io.pacewire.sdk.internal;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the uploader tells the client; called on its thread, implementations hand over and return.
 */
public interface UploadEvents {
  void changed(StoredSession session);

  void refused(UUID sessionId, int seq, String reason);

  void connection(boolean connected, @Nullable String error);
}
