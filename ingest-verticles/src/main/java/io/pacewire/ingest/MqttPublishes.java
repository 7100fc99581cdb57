package io.pacewire.ingest;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.pacewire.ingest.Admission.Admitted;
import io.pacewire.ingest.Admission.Deferred;
import io.pacewire.ingest.Admission.Refused;
import io.pacewire.ingest.MqttSession.Recording;
import io.pacewire.wire.DeviceTopics;
import io.vertx.mqtt.messages.MqttPublishMessage;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import io.vertx.mqtt.messages.codes.MqttPubAckReasonCode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a device publishes: batches of its sessions, and its presence. */
final class MqttPublishes {
  /** What the codec reads where bytes are no UTF-8; in no topic of ours. */
  private static final char NOT_UTF_8 = '\uFFFD';

  private final MqttDoor door;
  private final MqttConnectRequest request;
  private final MqttServices services;
  private final MqttAcks acks;
  private final MqttRefusals refusals;
  private final BatchAdmission admission;
  private final int window;
  private String latestTopic = "";
  private @Nullable UUID latestSession;

  MqttPublishes(MqttDoor door, MqttConnectRequest request, MqttServices services, MqttAcks acks) {
    this.door = door;
    this.request = request;
    this.services = services;
    this.acks = acks;
    this.refusals = new MqttRefusals(door, request, services, acks);
    this.admission = new BatchAdmission(services.config().maxBatchBytes());
    this.window = services.config().window();
  }

  void receive(MqttPublishMessage message) {
    if (message.qosLevel() != MqttQoS.AT_MOST_ONCE && !mayGoOn()) {
      return;
    }
    if (acks.isReceived(message)) {
      acks.success(message).run();
      acks.flush();
      return;
    }
    if (acks.isInUse(message)) {
      door.spend(message.payload().length());
      refusals.refuse(
          message, MqttPubAckReasonCode.PACKET_IDENTIFIER_IN_USE, "the one before is not answered");
      return;
    }
    UUID session = session(message.topicName());
    if (session != null) {
      batch(message, session);
      return;
    }
    Presence presence = cutBytes(message) > 0
        ? null
        : Presence.of(door.device(), message.topicName(), message.payload().getBytes());
    if (presence == null) {
      foreign(message);
    } else {
      presence(message, presence);
    }
  }

  /** Null for another topic than that of a session's batches. Most come on the same as the one before. */
  private @Nullable UUID session(String topic) {
    if (topic.equals(latestTopic)) {
      return latestSession;
    }
    UUID session = DeviceTopics.sessionOfBatches(topic).orElse(null);
    if (session != null) { // another may be of any length
      latestTopic = topic;
      latestSession = session;
    }
    return session;
  }

  /** Who was told a receive maximum keeps to it; 3.1.1 knows none and is not read for a while. */
  private boolean mayGoOn() {
    if (acks.inFlight() < window) {
      return true;
    }
    if (request.isVersion5()) {
      door.close(MqttDisconnectReasonCode.RECEIVE_MAXIMUM_EXCEEDED);
      return false;
    }
    door.holdWindow();
    return true;
  }

  /** After acknowledgements went out. */
  void flushed() {
    if (acks.inFlight() <= window / 2) {
      door.releaseWindow();
    }
  }

  private void batch(MqttPublishMessage message, UUID session) {
    byte[] bytes = message.payload().getBytes();
    int cutBytes = cutBytes(message);
    Admission made = cutBytes > 0
        ? admission.tooLong(session, bytes, cutBytes)
        : admission.admit(bytes, session, services.clock().millis());
    Admission outcome = door.pass(made, cutBytes > 0 ? cutBytes : bytes.length);
    if (outcome instanceof Admitted admitted) {
      publish(admitted, session, acks.success(message));
    } else if (outcome instanceof Deferred wait
        && made instanceof Admitted good
        && !isTold(message)) {
      later(good, bytes.length, session, acks.success(message), wait.retryAfterMs());
    } else if (outcome instanceof Deferred wait) {
      refusals.defer(message, wait);
    } else if (outcome instanceof Refused refused) {
      Runnable answer = refusals.batch(acks.success(message), session, refused);
      services.publisher().deadLetter(door.device(), refused, bytes, door, answer);
    }
  }

  private void publish(Admitted admitted, UUID session, MqttAcks.Place place) {
    door.recording(new Recording(session, admitted.header().writer()));
    services.publisher().publish(door.device(), admitted, door, place, refused -> {
      door.refusedLater(refused);
      refusals.batch(place, session, refused).run();
    });
  }

  /** Whether there is an answer that says that a batch is to come again, or none is expected. */
  private boolean isTold(MqttPublishMessage message) {
    return request.isVersion5() || message.qosLevel() == MqttQoS.AT_MOST_ONCE;
  }

  /**
   * Any answer of 3.1.1 would look durable, and to end the connection would bring its device back with the same batch,
   * whoever used the limit up. So the batch waits here, unanswered, as what is not read waits in the socket: that holds
   * still meanwhile, so that it is what one read brought at most.
   */
  private void later(Admitted made, int bytes, UUID session, MqttAcks.Place place, long waitMs) {
    long unused = services.vertx().setTimer(waitMs, due -> {
      if (!door.isOpen()) {
        return;
      }
      Admission outcome = door.passAgain(made, bytes);
      if (outcome instanceof Admitted admitted) {
        publish(admitted, session, place);
      } else if (outcome instanceof Deferred wait) {
        later(made, bytes, session, place, wait.retryAfterMs());
      }
    });
  }

  /** Of a packet that ends the connection nothing is left but that it came. */
  void tooLarge(String text) {
    Refused refused = BatchAdmission.tooLong(text);
    if (door.mayKeep(refused)) {
      services.publisher().deadLetter(door.device(), refused, new byte[0], door, () -> {});
    }
  }

  private int cutBytes(MqttPublishMessage message) {
    return request.isVersion5() ? 0 : CutPublish.wholeBytes(message.properties());
  }

  private void presence(MqttPublishMessage message, Presence presence) {
    door.spend(message.payload().length());
    if (presence.fits()) {
      services.presences().publish(presence, door, acks.success(message));
    } else {
      refusals.refuse(
          message,
          MqttPubAckReasonCode.PAYLOAD_FORMAT_INVALID,
          "presence of more than " + Presence.MAX_BYTES + " bytes");
    }
  }

  private void foreign(MqttPublishMessage message) {
    door.spend(message.payload().length());
    String topic = message.topicName();
    if (topic.indexOf('\0') >= 0 || topic.indexOf(NOT_UTF_8) >= 0) { // MQTT 5.0, 1.5.4
      door.close(MqttDisconnectReasonCode.MALFORMED_PACKET);
      return;
    }
    boolean somebodys = topic.startsWith("v1/devices/") || topic.startsWith("v1/hubs/");
    refusals.refuse(
        message,
        somebodys ? MqttPubAckReasonCode.NOT_AUTHORIZED : MqttPubAckReasonCode.TOPIC_NAME_INVALID,
        "topic is not for this device to publish to");
  }
}
