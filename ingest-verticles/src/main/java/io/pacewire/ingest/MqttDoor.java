package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.pacewire.ingest.Admission.Admitted;
import io.pacewire.ingest.Admission.Refused;
import io.pacewire.wire.DeviceTopics;
import io.pacewire.wire.LedgerEntry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.messages.MqttPublishMessage;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import io.vertx.mqtt.messages.codes.MqttPubAckReasonCode;
import java.util.Optional;
import java.util.UUID;

/** One device's MQTT connection: its publishes are admitted, its acknowledgements kept in order. */
final class MqttDoor implements Door {
  private static final System.Logger LOG = System.getLogger(MqttDoor.class.getName());
  private static final int MQTT_5 = 5;

  private final MqttEndpoint endpoint;
  private final NetSocket socket;
  private final Device device;
  private final BatchAdmission admission;
  private final SamplePublisher publisher;
  private final AckQueue acks = new AckQueue();

  MqttDoor(
      MqttEndpoint endpoint,
      NetSocket socket,
      Device device,
      BatchAdmission admission,
      SamplePublisher publisher) {
    this.endpoint = endpoint;
    this.socket = socket;
    this.device = device;
    this.admission = admission;
    this.publisher = publisher;
  }

  void receive(MqttPublishMessage message) {
    if (message.qosLevel() == MqttQoS.EXACTLY_ONCE) {
      close(MqttDisconnectReasonCode.QOS_NOT_SUPPORTED);
      return;
    }
    Optional<UUID> session = DeviceTopics.sessionOfBatches(message.topicName());
    if (session.isEmpty()) {
      close(MqttDisconnectReasonCode.TOPIC_NAME_INVALID);
      return;
    }
    byte[] bytes = message.payload().getBytes();
    Admission outcome = admission.admit(bytes, session.get());
    if (outcome instanceof Admitted admitted) {
      AckQueue.Slot slot = slot(message, () -> endpoint.publishAcknowledge(message.messageId()));
      publisher.publish(device, admitted, this, () -> acks.ready(slot));
    } else if (outcome instanceof Refused refused) {
      AckQueue.Slot slot = slot(message, () -> refuse(message.messageId(), session.get(), refused));
      publisher.deadLetter(device, refused, bytes, this, () -> acks.ready(slot));
    }
  }

  /** Only QoS 1 has an acknowledgement; QoS 0 is taken all the same, without a promise. */
  private AckQueue.Slot slot(MqttPublishMessage message, Runnable send) {
    return acks.expect(message.qosLevel() == MqttQoS.AT_LEAST_ONCE ? send : () -> {});
  }

  /**
   * A refusal never looks durable: MQTT 5 has a reason code for it; with 3.1.1 the PUBACK only ends
   * the resending, and the ledger topic says that the batch was refused.
   */
  private void refuse(int messageId, UUID session, Refused refused) {
    if (refused.seq() >= 0) {
      LedgerEntry entry = new LedgerEntry(session, refused.writer());
      entry.refuse(refused.seq(), refused.reason());
      tell(Buffer.buffer(entry.encode()));
    }
    if (endpoint.protocolVersion() < MQTT_5) {
      endpoint.publishAcknowledge(messageId);
      return;
    }
    MqttProperties properties = new MqttProperties();
    properties.add(new StringProperty(
        MqttProperties.REASON_STRING, refused.reason() + ": " + refused.detail()));
    endpoint.publishAcknowledge(messageId, MqttPubAckReasonCode.PAYLOAD_FORMAT_INVALID, properties);
  }

  /** A change of the loss ledger for this device. */
  void tell(Buffer ledgerEntry) {
    if (endpoint.isConnected()) {
      // Losing one is harmless: the ledger under-reports until the device asks.
      endpoint
          .publish(
              DeviceTopics.ledger(device.deviceId()),
              ledgerEntry,
              MqttQoS.AT_MOST_ONCE,
              false,
              false)
          .onFailure(cause -> LOG.log(DEBUG, "ledger not sent: {0}", cause.getMessage()));
    }
  }

  void close(MqttDisconnectReasonCode reason) {
    if (!endpoint.isConnected()) {
      return;
    }
    if (endpoint.protocolVersion() >= MQTT_5) {
      endpoint.disconnect(reason, MqttProperties.NO_PROPERTIES);
    }
    endpoint.close();
  }

  @Override
  public void pause() {
    socket.pause();
  }

  @Override
  public void resume() {
    socket.resume();
  }

  @Override
  public void flush() {
    if (endpoint.isConnected()) {
      acks.flush();
    }
  }

  @Override
  public void fail(String reason) {
    close(MqttDisconnectReasonCode.SERVER_BUSY);
  }
}
