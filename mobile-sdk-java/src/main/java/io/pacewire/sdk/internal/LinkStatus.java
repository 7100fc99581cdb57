package io.pacewire.sdk.internal;

import org.jspecify.annotations.Nullable;

/**
 * Whether there is a connection and what last went wrong. Written by the uploader's thread, read by
 * any.
 */
public final class LinkStatus {
  private volatile boolean connected;
  private volatile @Nullable String lastError;

  public boolean connected() {
    return connected;
  }

  public @Nullable String lastError() {
    return lastError;
  }

  void up() {
    connected = true;
    lastError = null;
  }

  void failed(String error) {
    lastError = error;
  }

  void down(@Nullable String error) {
    connected = false;
    if (error != null) {
      lastError = error;
    }
  }
}
