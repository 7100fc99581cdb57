package io.pacewire.sdk.internal;

/**
 * One MQTT connection in one version of the protocol. Its callbacks come on the client library's
 * threads.
 */
interface MqttLink {
  /** What happens on the connection. */
  interface Events {
    /** {@code maxPacketBytes} is what the platform takes at most; 0 if it does not say. */
    void connected(int maxPacketBytes);

    void message(byte[] payload);

    /** Also when the connection never came up. */
    void disconnected(String reason, boolean tokenRefused);
  }

  /** How a publish ended; one of the four. */
  interface Published {
    void acked();

    /** The platform will never take it. */
    void refused(String reason);

    /** A limit is exceeded: not now, but later on the same connection. */
    void deferred();

    /** It was not taken this time. */
    void failed(Throwable cause);
  }

  void connect(String user, byte[] password, String subscribeTo, Events events);

  void publish(String topic, byte[] payload, Published published);

  void disconnect();
}
