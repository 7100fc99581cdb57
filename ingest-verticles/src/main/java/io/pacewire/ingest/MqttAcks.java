package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;

import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.messages.MqttPublishMessage;
import io.vertx.mqtt.messages.codes.MqttPubAckReasonCode;
import io.vertx.mqtt.messages.codes.MqttPubCompReasonCode;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers to a client's publishes, in the order of the publishes: PUBACK, or for QoS 2 PUBREC and
 * PUBCOMP. QoS 2 needs no memory beyond the connection: what is published again after a reconnect is
 * the same batch by its sequence number, and counts once.
 */
final class MqttAcks {
  private static final System.Logger LOG = System.getLogger(MqttAcks.class.getName());

  private final MqttEndpoint endpoint;
  private final MqttSocket socket;
  private final MqttConnectRequest request;
  private final PubAcks acks;
  private final AckQueue queue = new AckQueue();
  private Set<Integer> received = Set.of(); // few clients use QoS 2
  /** Ids of MQTT 5 that are not answered yet; with the first of them. */
  private @Nullable IntObjectMap<Boolean> waiting;

  MqttAcks(MqttEndpoint endpoint, MqttSocket socket, MqttConnectRequest request) {
    this.endpoint = endpoint;
    this.socket = socket;
    this.request = request;
    this.acks = new PubAcks(socket.encoder(), socket.packets());
  }

  /**
   * How many publishes the client may count as not yet answered. 3.1.1 knows no such count: there only
   * what Kafka still has to take counts, since what ends a QoS 2 publish comes by the socket that is
   * held.
   */
  int inFlight() {
    return request.isVersion5() ? queue.size() + received.size() : queue.size();
  }

  /** Where the answer to a publish goes in the line; it is given by {@link #run}. Of QoS 0 there is none. */
  final class Place implements Runnable {
    private final int id;
    private final MqttQoS qos;
    private final AckQueue.@Nullable Slot slot;

    private Place(int id, MqttQoS qos) {
      this.id = id;
      this.qos = qos;
      this.slot = switch (qos) {
        case AT_LEAST_ONCE ->
          queue.expect(() -> {
            answered(id);
            acks.success(id);
          });
        case EXACTLY_ONCE ->
          queue.expect(() -> {
            answered(id);
            receive(id);
          });
        default -> null;
      };
    }

    MqttQoS qos() {
      return qos;
    }

    @Override
    public void run() {
      if (slot != null) {
        queue.ready(slot);
      }
    }
  }

  /** What Kafka has. QoS 0 is taken all the same, without a promise. */
  Place success(MqttPublishMessage message) {
    if (request.isVersion5() && message.qosLevel() != MqttQoS.AT_MOST_ONCE) {
      if (waiting == null) {
        waiting = new IntObjectHashMap<>();
      }
      var unused = waiting.put(message.messageId(), Boolean.TRUE);
    }
    return new Place(message.messageId(), message.qosLevel());
  }

  /**
   * Whether another message with the same id waits for its answer (MQTT 5.0, 2.2.1). A client of 3.1.1 may
   * send a message again before it is answered.
   */
  boolean isInUse(MqttPublishMessage message) {
    return waiting != null
        && message.qosLevel() != MqttQoS.AT_MOST_ONCE
        && waiting.containsKey(message.messageId());
  }

  private void answered(int id) {
    if (waiting != null) {
      var unused = waiting.remove(id);
    }
  }

  /**
   * A refusal in its place. MQTT 5 has a reason code; to 3.1.1 the answer looks as ever and only ends the
   * resending (what was refused is told in the ledger topic).
   */
  Runnable refusal(Place place, MqttPubAckReasonCode reason, String text) {
    AckQueue.Slot slot = place.slot;
    if (slot != null && request.isVersion5()) {
      int id = place.id;
      MqttProperties why = why(text);
      queue.instead(slot, () -> {
        answered(id);
        if (place.qos == MqttQoS.AT_LEAST_ONCE) {
          acks.refusal(id, reason.value(), why);
        } else {
          reply(MqttMessageType.PUBREC, id, reason.value(), why);
        }
      });
    }
    return place;
  }

  private void receive(int id) {
    acks.flush();
    if (received.isEmpty()) {
      received = new HashSet<>();
    }
    received.add(id);
    endpoint.publishReceived(id);
  }

  /** One that was received already and is only asked for again. */
  boolean isReceived(MqttPublishMessage message) {
    return message.qosLevel() == MqttQoS.EXACTLY_ONCE && received.contains(message.messageId());
  }

  /** PUBREL: the id is free. After a reconnect it is unknown, which is no error (MQTT 5.0, 4.4). */
  void release(int id) {
    MqttPubCompReasonCode reason = !received.isEmpty() && received.remove(id)
        ? MqttPubCompReasonCode.SUCCESS
        : MqttPubCompReasonCode.PACKET_IDENTIFIER_NOT_FOUND;
    reply(MqttMessageType.PUBCOMP, id, reason.value(), MqttProperties.NO_PROPERTIES);
  }

  /** vertx-mqtt 5.0.8 forgets the reasons of these two. */
  private void reply(MqttMessageType type, int id, byte reason, MqttProperties why) {
    acks.flush();
    MqttFixedHeader header = new MqttFixedHeader(type, false, MqttQoS.AT_MOST_ONCE, false, 0);
    socket
        .socket()
        .writeMessage(
            new MqttMessage(header, new MqttPubReplyMessageVariableHeader(id, reason, why)))
        .onFailure(cause -> LOG.log(DEBUG, "not answered: {0}", cause.getMessage()));
  }

  void flush() {
    queue.flush();
    acks.flush();
  }

  private MqttProperties why(String text) {
    MqttProperties properties = new MqttProperties();
    if (request.problemInformation() && text.length() + 64 < request.maxPacketBytes()) {
      properties.add(new StringProperty(MqttProperties.REASON_STRING, text));
    }
    return properties;
  }
}
