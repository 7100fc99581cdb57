package io.pacewire.sdk;

import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.pacewire.wire.DeviceTopics;
import io.pacewire.wire.ServerFrame;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PfxOptions;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import io.vertx.mqtt.messages.MqttPublishMessage;
import io.vertx.mqtt.messages.codes.MqttPubAckReasonCode;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A platform's MQTT front with TLS on a port of its own. */
final class TestBroker implements AutoCloseable {
  final TestPlatform platform;
  final List<Integer> versions = new CopyOnWriteArrayList<>();
  volatile Predicate<String> accepts = token -> true;
  private final UUID deviceId;
  private final Set<MqttEndpoint> open = ConcurrentHashMap.newKeySet();
  private final MqttServer server;

  TestBroker(Vertx vertx, TestPlatform platform, UUID deviceId, PfxOptions key) {
    this.platform = platform;
    this.deviceId = deviceId;
    MqttServerOptions options = new MqttServerOptions()
        .setHost("127.0.0.1")
        .setPort(0)
        .setSsl(true)
        .setKeyCertOptions(key)
        .setMaxMessageSize(128 * 1024);
    server = MqttServer.create(vertx, options).endpointHandler(this::accept);
    TestServers.await(server.listen());
  }

  int port() {
    return server.actualPort();
  }

  void dropConnections() {
    for (MqttEndpoint endpoint : open) {
      endpoint.close();
    }
  }

  @Override
  public void close() {
    TestServers.await(server.close());
  }

  private void accept(MqttEndpoint endpoint) {
    String token = endpoint.auth().getPassword();
    platform.tokens.add(token);
    versions.add(endpoint.protocolVersion());
    if (!accepts.test(token)) {
      boolean five = endpoint.protocolVersion() == 5;
      endpoint.reject(
          five
              ? MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5
              : MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED);
      return;
    }
    platform.connections.incrementAndGet();
    open.add(endpoint);
    endpoint.closeHandler(gone -> open.remove(endpoint));
    endpoint.publishAutoAck(false);
    endpoint.subscribeHandler(asked -> endpoint.subscribeAcknowledge(
        asked.messageId(), Collections.singletonList(MqttQoS.AT_LEAST_ONCE)));
    endpoint.publishHandler(message -> publish(endpoint, message));
    endpoint.accept(false);
  }

  private void publish(MqttEndpoint endpoint, MqttPublishMessage message) {
    ServerFrame answer = platform.take(TestWire.batchOf(message.payload().getBytes()));
    if (answer == null) {
      endpoint.close();
      return;
    }
    boolean refused = !answer.ledger().get(0).refused().isEmpty();
    if (refused && endpoint.protocolVersion() == 5) {
      MqttProperties why = new MqttProperties();
      why.add(new StringProperty(MqttProperties.REASON_STRING, "hash-mismatch: body"));
      endpoint.publishAcknowledge(
          message.messageId(), MqttPubAckReasonCode.PAYLOAD_FORMAT_INVALID, why);
      return;
    }
    if (answer.retryAfterMs() > 0) {
      endpoint.publishAcknowledge(
          message.messageId(), MqttPubAckReasonCode.QUOTA_EXCEEDED, MqttProperties.NO_PROPERTIES);
      return;
    }
    if (platform.acking) {
      endpoint.publishAcknowledge(message.messageId());
    }
    if (platform.answering) {
      // Both forms a platform may send: the frame, and the entry alone.
      boolean whole = message.messageId() % 2 == 0;
      byte[] bytes = whole ? answer.encode() : answer.ledger().get(0).encode();
      endpoint
          .publish(
              DeviceTopics.ledger(deviceId),
              Buffer.buffer(bytes),
              MqttQoS.AT_LEAST_ONCE,
              false,
              false)
          .onFailure(gone -> open.remove(endpoint));
    }
  }
}
