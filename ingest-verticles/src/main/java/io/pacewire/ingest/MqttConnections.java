package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;

import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.pacewire.platform.live.ConnectionOwners;
import io.pacewire.platform.live.LedgerFeed;
import io.pacewire.platform.security.Revocations;
import io.pacewire.wire.DeviceTopics;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.messages.MqttSubscribeMessage;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import io.vertx.mqtt.messages.codes.MqttSubAckReasonCode;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Lets devices in over MQTT: the token decides, and what a connection may do is wired here. One for
 * each event loop.
 */
final class MqttConnections {
  private static final System.Logger LOG = System.getLogger(MqttConnections.class.getName());
  private static final int MQTT_5 = 5;

  private final Vertx vertx;
  private final IngestConfig config;
  private final DeviceTokens tokens;
  private final SamplePublisher publisher;
  private final LedgerFeed ledgers;
  private final ConnectionOwners owners;
  private final InstantSource clock;

  MqttConnections(
      Vertx vertx,
      IngestConfig config,
      DeviceTokens tokens,
      SamplePublisher publisher,
      LedgerFeed ledgers,
      ConnectionOwners owners,
      InstantSource clock) {
    this.vertx = vertx;
    this.config = config;
    this.tokens = tokens;
    this.publisher = publisher;
    this.ledgers = ledgers;
    this.owners = owners;
    this.clock = clock;
  }

  /** @param socket null where it closed meanwhile */
  void connect(MqttEndpoint endpoint, @Nullable NetSocket socket) {
    String password = endpoint.auth() == null ? null : endpoint.auth().getPassword();
    tokens
        .verify(password)
        .onFailure(cause -> {
          LOG.log(DEBUG, "MQTT connect refused: {0}", cause.getMessage());
          endpoint.reject(notAuthorized(endpoint));
        })
        .onSuccess(device -> {
          if (socket == null) {
            endpoint.reject(notAuthorized(endpoint));
          } else {
            admit(endpoint, socket, device);
          }
        });
  }

  /** Whoever has the client id now goes first, on whichever node (MQTT 5.0, 3.1.4, 4). */
  private void admit(MqttEndpoint endpoint, NetSocket socket, Device device) {
    BatchAdmission admission = new BatchAdmission(config.maxBatchBytes());
    MqttDoor door = new MqttDoor(endpoint, socket, device, admission, publisher);
    AtomicBoolean gone = new AtomicBoolean();
    endpoint.closeHandler(closed -> gone.set(true));
    owners
        .claim(
            device.client(endpoint.clientIdentifier()),
            () -> door.close(MqttDisconnectReasonCode.SESSION_TAKEN_OVER))
        .onSuccess(claim -> {
          if (gone.get()) {
            claim.release();
          } else {
            accept(endpoint, device, door, claim);
          }
        })
        .onFailure(lost -> {
          if (!gone.get()) {
            endpoint.close();
          }
        });
  }

  private void accept(
      MqttEndpoint endpoint, Device device, MqttDoor door, ConnectionOwners.Claim claim) {
    Runnable expired = () -> door.close(MqttDisconnectReasonCode.NOT_AUTHORIZED);
    TokenLife life = new TokenLife(vertx, clock, () -> {}, expired);
    LedgerSubscription ledger = new LedgerSubscription(ledgers, device.deviceId(), door::tell);
    Revocations.Watch watch = tokens.watch(device, expired);
    endpoint.publishAutoAck(false);
    endpoint.subscriptionAutoAck(false);
    endpoint.publishHandler(door::receive);
    endpoint.subscribeHandler(message -> subscribe(endpoint, device, message, ledger));
    endpoint.unsubscribeHandler(message -> {
      ledger.close();
      endpoint.unsubscribeAcknowledge(message.messageId());
    });
    endpoint.exceptionHandler(cause -> LOG.log(DEBUG, "MQTT: {0}", cause.getMessage()));
    endpoint.closeHandler(closed -> {
      life.stop();
      watch.close();
      ledger.close();
      claim.release();
      publisher.loop().closed(door);
    });
    publisher.loop().open(door);
    life.until(device.tokenExpiresAtMs());
    endpoint.accept(false, properties(endpoint));
  }

  /** What this door does not offer, said at CONNACK (MQTT 5.0, 3.2.2.3). */
  private MqttProperties properties(MqttEndpoint endpoint) {
    if (endpoint.protocolVersion() < MQTT_5) {
      return MqttProperties.NO_PROPERTIES;
    }
    MqttProperties properties = new MqttProperties();
    properties.add(new IntegerProperty(MqttProperties.MAXIMUM_QOS, 1));
    properties.add(new IntegerProperty(MqttProperties.RETAIN_AVAILABLE, 0));
    properties.add(
        new IntegerProperty(MqttProperties.MAXIMUM_PACKET_SIZE, config.maxMessageBytes()));
    properties.add(new IntegerProperty(MqttProperties.TOPIC_ALIAS_MAXIMUM, 0));
    properties.add(new IntegerProperty(MqttProperties.WILDCARD_SUBSCRIPTION_AVAILABLE, 0));
    properties.add(new IntegerProperty(MqttProperties.SHARED_SUBSCRIPTION_AVAILABLE, 0));
    properties.add(new IntegerProperty(MqttProperties.SUBSCRIPTION_IDENTIFIER_AVAILABLE, 0));
    if (endpoint.clientIdentifier() == null || endpoint.clientIdentifier().isEmpty()) {
      String assigned = UUID.randomUUID().toString();
      endpoint.setClientIdentifier(assigned);
      properties.add(new StringProperty(MqttProperties.ASSIGNED_CLIENT_IDENTIFIER, assigned));
    }
    return properties;
  }

  /** A device may listen to its own ledger and commands and to nothing else. */
  private static void subscribe(
      MqttEndpoint endpoint,
      Device device,
      MqttSubscribeMessage message,
      LedgerSubscription ledger) {
    String ledgerTopic = DeviceTopics.ledger(device.deviceId());
    String commandTopic = DeviceTopics.commands(device.deviceId());
    List<String> topics = message.topicSubscriptions().stream()
        .map(subscription -> subscription.topicName())
        .toList();
    List<MqttSubAckReasonCode> codes = topics.stream()
        .map(topic -> topic.equals(ledgerTopic) || topic.equals(commandTopic)
            ? MqttSubAckReasonCode.GRANTED_QOS0
            : refusal(endpoint, topic))
        .toList();
    endpoint.subscribeAcknowledge(message.messageId(), codes, MqttProperties.NO_PROPERTIES);
    if (topics.contains(ledgerTopic)) {
      ledger.open();
    }
  }

  private static MqttSubAckReasonCode refusal(MqttEndpoint endpoint, String topic) {
    if (endpoint.protocolVersion() < MQTT_5) {
      return MqttSubAckReasonCode.UNSPECIFIED_ERROR; // 0x80, the only failure 3.1.1 knows
    }
    return topic.contains("#") || topic.contains("+")
        ? MqttSubAckReasonCode.WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED
        : MqttSubAckReasonCode.NOT_AUTHORIZED;
  }

  private static MqttConnectReturnCode notAuthorized(MqttEndpoint endpoint) {
    return endpoint.protocolVersion() < MQTT_5
        ? MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED
        : MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5;
  }
}
