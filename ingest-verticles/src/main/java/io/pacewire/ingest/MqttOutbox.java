package io.pacewire.ingest;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttEndpoint;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What goes to a client: within its receive maximum and packet size, and only while it reads. Used
 * from its event loop alone.
 */
final class MqttOutbox {
  static final int NO_EXPIRY = 0;
  private static final int MOST_IN_FLIGHT = 16;
  private static final int MOST_PACKET_ID = 65_535;
  /** Fixed header, packet id, lengths and properties at most. */
  private static final int OVERHEAD_BYTES = 32;

  private final MqttEndpoint endpoint;
  private final MqttSocket socket;
  private final MqttConnectRequest request;
  private final int window;
  private Map<Integer, Runnable> unacknowledged = Map.of(); // until there is one
  private int lastPacketId;

  MqttOutbox(MqttEndpoint endpoint, MqttSocket socket, MqttConnectRequest request) {
    this.endpoint = endpoint;
    this.socket = socket;
    this.request = request;
    this.window = Math.min(MOST_IN_FLIGHT, request.receiveMaximum());
  }

  /** Whether one more may go: else it is to wait for {@link #acknowledged} or for the socket. */
  boolean hasRoom(int qos) {
    return isOpen() && (qos == 0 || unacknowledged.size() < window);
  }

  private boolean isOpen() {
    return endpoint.isConnected()
        && socket.channel().isWritable()
        && !socket.socket().writeQueueFull();
  }

  /** One that the client could not take; the standard wants it dropped as if sent (3.1.2.11.4). */
  boolean isTooLarge(String topic, Buffer payload) {
    return topic.length() + payload.length() + OVERHEAD_BYTES > request.maxPacketBytes();
  }

  /** Of those in use, as those of an earlier connection are, none is taken. */
  int nextPacketId(Set<Integer> inUse) {
    do {
      lastPacketId = lastPacketId % MOST_PACKET_ID + 1;
    } while (unacknowledged.containsKey(lastPacketId) || inUse.contains(lastPacketId));
    return lastPacketId;
  }

  /** QoS 0: completes when written. */
  Future<Void> publish(String topic, Buffer payload, long expiryS) {
    return endpoint
        .publish(topic, payload, MqttQoS.AT_MOST_ONCE, false, false, 0, expiry(expiryS))
        .mapEmpty();
  }

  /** QoS 1: {@code done} runs when the client acknowledged it. */
  Future<Void> publish(
      String topic, Buffer payload, long expiryS, int packetId, boolean again, Runnable done) {
    if (unacknowledged.isEmpty()) {
      unacknowledged = new HashMap<>();
    }
    unacknowledged.put(packetId, done);
    return endpoint
        .publish(topic, payload, MqttQoS.AT_LEAST_ONCE, again, false, packetId, expiry(expiryS))
        .mapEmpty();
  }

  /** A refusal of the client's ends it just as well: it would refuse it again. */
  void acknowledged(int packetId) {
    Runnable done = unacknowledged.isEmpty() ? null : unacknowledged.remove(packetId);
    if (done != null) {
      done.run();
    }
  }

  private MqttProperties expiry(long expiryS) {
    if (!request.isVersion5() || expiryS == NO_EXPIRY) {
      return MqttProperties.NO_PROPERTIES;
    }
    MqttProperties properties = new MqttProperties();
    properties.add(new IntegerProperty(
        MqttProperties.PUBLICATION_EXPIRY_INTERVAL, (int) Math.min(Integer.MAX_VALUE, expiryS)));
    return properties;
  }
}
