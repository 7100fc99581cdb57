package io.pacewire.ingest;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.pacewire.ingest.Admission.Deferred;
import io.pacewire.ingest.Admission.Refused;
import io.pacewire.wire.LedgerEntry;
import io.vertx.mqtt.messages.MqttPublishMessage;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import io.vertx.mqtt.messages.codes.MqttPubAckReasonCode;
import java.util.UUID;

/** What a device is told of publishes that are not taken, in the words that its version of MQTT has. */
final class MqttRefusals {
  private final MqttDoor door;
  private final MqttConnectRequest request;
  private final MqttServices services;
  private final MqttAcks acks;

  MqttRefusals(MqttDoor door, MqttConnectRequest request, MqttServices services, MqttAcks acks) {
    this.door = door;
    this.request = request;
    this.services = services;
    this.acks = acks;
  }

  /** Whether its acknowledgement says why, or it has none that could look durable. */
  private boolean isEasilyTold(MqttQoS qos) {
    return request.isVersion5() || qos == MqttQoS.AT_MOST_ONCE;
  }

  /** Where there is no answer to give a reason in, the connection ends (MQTT 3.1.1, 3.3.5). */
  void refuse(MqttPublishMessage message, MqttPubAckReasonCode reason, String text) {
    if (!request.isVersion5() || message.qosLevel() == MqttQoS.AT_MOST_ONCE) {
      door.close(MqttDisconnectReasonCode.valueOf(reason.value()));
      return;
    }
    acks.refusal(acks.success(message), reason, text).run();
    acks.flush();
  }

  /**
   * To come again later. QoS 0 has no answer, and nobody was promised anything.
   */
  void defer(MqttPublishMessage message, Deferred wait) {
    if (message.qosLevel() != MqttQoS.AT_MOST_ONCE) {
      String why = Deferred.REASON + ": again after " + wait.retryAfterMs() + " ms";
      refuse(message, MqttPubAckReasonCode.QUOTA_EXCEEDED, why);
    }
  }

  /** What answers a batch that can never succeed, once it is kept for an operator. */
  Runnable batch(MqttAcks.Place place, UUID session, Refused refused) {
    Runnable acknowledge = acks.refusal(
        place,
        MqttPubAckReasonCode.PAYLOAD_FORMAT_INVALID,
        refused.reason() + ": " + refused.detail());
    return () -> answer(place.qos(), session, refused, acknowledge);
  }

  /**
   * So that a refused batch never looks durable, whatever its acknowledgement says. That of 3.1.1 says
   * nothing, so what was refused is kept first; one whose number could not be read has no place in a
   * ledger, and is not acknowledged.
   */
  private void answer(MqttQoS qos, UUID session, Refused refused, Runnable acknowledge) {
    if (refused.seq() < 0) {
      if (isEasilyTold(qos)) {
        acknowledge.run();
      } else {
        door.close(
            MqttDisconnectReasonCode.PAYLOAD_FORMAT_INVALID); // no way to say so would be heard
      }
      return;
    }
    LedgerEntry entry = new LedgerEntry(session, refused.writer());
    entry.refuse(refused.seq(), refused.reason());
    if (isEasilyTold(qos)) {
      door.tell(entry);
      acknowledge.run();
      return;
    }
    services
        .refusals()
        .keep(door.device().deviceId(), entry)
        .onSuccess(kept -> {
          door.tell(entry);
          acknowledge.run();
          door.flush();
        })
        .onFailure(cause -> door.fail("refusal-not-kept"));
  }
}
