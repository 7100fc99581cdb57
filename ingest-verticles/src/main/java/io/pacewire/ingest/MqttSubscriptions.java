package io.pacewire.ingest;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.pacewire.wire.DeviceTopics;
import io.vertx.core.Future;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttTopicSubscription;
import io.vertx.mqtt.messages.MqttSubscribeMessage;
import io.vertx.mqtt.messages.MqttUnsubscribeMessage;
import io.vertx.mqtt.messages.codes.MqttSubAckReasonCode;
import io.vertx.mqtt.messages.codes.MqttUnsubAckReasonCode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A device may listen to its own ledger and commands, with QoS 0 or 1, and to nothing else. */
final class MqttSubscriptions {
  private static final int MOST_QOS = 1;
  /** Wildcards stand for whole levels, {@code #} for the last ones (MQTT 5.0, 4.7.1). */
  private static final Pattern WELL_FORMED =
      Pattern.compile("(?s)(?:(?:\\+|[^+#/]*+)/)*+(?:\\+|#|[^+#/]*+)");

  private final MqttEndpoint endpoint;
  private final MqttSession session;
  private final Changes changes;

  /** What follows from a subscription. */
  interface Changes {
    /** Keeps them with the session; completes in any case. */
    Future<Void> keep();

    void commandsSubscribed();

    void ledgerSubscribed();

    void unsubscribed();
  }

  MqttSubscriptions(MqttEndpoint endpoint, MqttSession session, Changes changes) {
    this.endpoint = endpoint;
    this.session = session;
    this.changes = changes;
  }

  void subscribe(MqttSubscribeMessage message) {
    List<MqttSubAckReasonCode> codes = new ArrayList<>();
    boolean ledger = false;
    boolean commands = false;
    boolean changed = false;
    for (MqttTopicSubscription one : message.topicSubscriptions()) {
      int qos = Math.min(MOST_QOS, one.qualityOfService().value());
      if (isLedger(one.topicName())) {
        changed |= session.ledgerQos() != qos;
        session.ledgerQos(qos);
        ledger = true;
        codes.add(granted(qos));
      } else if (isCommands(one.topicName())) {
        changed |= session.commandsQos() != qos;
        session.commandsQos(qos);
        commands = true;
        codes.add(granted(qos));
      } else {
        codes.add(refusal(String.valueOf(one.topicName())));
      }
    }
    Future<Void> kept = changed ? changes.keep() : Future.succeededFuture();
    acknowledge(kept, message.messageId(), codes, ledger, commands);
  }

  /** Made when asked for: kept, the names would be a tenth of what an idle connection weighs. */
  private boolean isLedger(String filter) {
    return DeviceTopics.ledger(session.deviceId()).equals(filter);
  }

  private boolean isCommands(String filter) {
    return DeviceTopics.commands(session.deviceId()).equals(filter);
  }

  private void acknowledge(
      Future<Void> kept,
      int messageId,
      List<MqttSubAckReasonCode> codes,
      boolean ledger,
      boolean commands) {
    kept.onSuccess(done -> {
      if (!endpoint.isConnected()) {
        return;
      }
      endpoint.subscribeAcknowledge(messageId, codes, MqttProperties.NO_PROPERTIES);
      if (ledger) {
        changes.ledgerSubscribed();
      }
      if (commands) {
        changes.commandsSubscribed();
      }
    });
  }

  private static MqttSubAckReasonCode granted(int qos) {
    return qos == 0 ? MqttSubAckReasonCode.GRANTED_QOS0 : MqttSubAckReasonCode.GRANTED_QOS1;
  }

  private MqttSubAckReasonCode refusal(String filter) {
    if (endpoint.protocolVersion() < MqttDoor.MQTT_5) {
      return MqttSubAckReasonCode.UNSPECIFIED_ERROR; // 0x80, the only failure 3.1.1 knows
    }
    if (filter.startsWith("$share/")) {
      return MqttSubAckReasonCode.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED;
    }
    if (filter.isEmpty()
        || filter.indexOf('\0') >= 0
        || !WELL_FORMED.matcher(filter).matches()) {
      return MqttSubAckReasonCode.TOPIC_FILTER_INVALID;
    }
    return filter.contains("#") || filter.contains("+")
        ? MqttSubAckReasonCode.WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED
        : MqttSubAckReasonCode.NOT_AUTHORIZED;
  }

  void unsubscribe(MqttUnsubscribeMessage message) {
    List<MqttUnsubAckReasonCode> codes =
        message.topics().stream().map(this::unsubscribe).toList();
    changes.keep().onSuccess(kept -> {
      if (endpoint.isConnected()) {
        endpoint.unsubscribeAcknowledge(
            message.messageId(),
            endpoint.protocolVersion() < MqttDoor.MQTT_5 ? List.of() : codes,
            MqttProperties.NO_PROPERTIES);
        changes.unsubscribed();
      }
    });
  }

  private MqttUnsubAckReasonCode unsubscribe(String filter) {
    boolean was = false;
    if (isLedger(filter)) {
      was = session.ledgerQos() != MqttSession.NOT_SUBSCRIBED;
      session.ledgerQos(MqttSession.NOT_SUBSCRIBED);
    } else if (isCommands(filter)) {
      was = session.commandsQos() != MqttSession.NOT_SUBSCRIBED;
      session.commandsQos(MqttSession.NOT_SUBSCRIBED);
    }
    return was ? MqttUnsubAckReasonCode.SUCCESS : MqttUnsubAckReasonCode.NO_SUBSCRIPTION_EXISTED;
  }
}
