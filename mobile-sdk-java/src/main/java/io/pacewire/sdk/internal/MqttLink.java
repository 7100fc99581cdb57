package io.pacewire.sdk.internal;

import org.jspecify.annotations.Nullable;

/**
 * One MQTT connection in one version of the protocol. Its callbacks come on the client library's
 * threads.
 */
interface MqttLink {
  /** What happens on the connection. */
  interface Events {
    void connected();

    void message(byte[] payload);

    /** Also when the connection never came up. */
    void disconnected(String reason, boolean tokenRefused);
  }

  /** How a publish ended: null for acknowledged. */
  interface Published {
    void done(@Nullable Throwable failure);
  }

  void connect(String user, byte[] password, String subscribeTo, Events events);

  void publish(String topic, byte[] payload, Published published);

  void disconnect();
}
