package io.pacewire.sdk.internal;

import io.pacewire.wire.ServerFrame;
import java.util.UUID;

/**
 * What an uplink tells of one connection. Any thread may call; implementations hand over and
 * return.
 */
public interface UplinkEvents {
  void opened();

  void received(ServerFrame frame);

  /** The transport itself acknowledged a batch (an MQTT PUBACK). */
  void acked(UUID sessionId, int writer, int seq);

  /** The connection is gone or never came up. {@code tokenRefused}: only a new token can help. */
  void closed(String reason, boolean tokenRefused);
}
