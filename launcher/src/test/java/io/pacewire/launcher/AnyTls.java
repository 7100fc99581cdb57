package io.pacewire.launcher;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttWebSocketConfig;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** HiveMQ's client on its way to a door on loopback, whoever has signed that door's certificate. */
final class AnyTls {
  private AnyTls() {}

  static Mqtt5ClientBuilder mqtt(int port, String clientId) {
    return MqttClient.builder()
        .useMqttVersion5()
        .identifier(clientId)
        .serverHost("127.0.0.1")
        .serverPort(port)
        .sslConfig()
        .trustManagerFactory(InsecureTrustManagerFactory.INSTANCE)
        .hostnameVerifier((host, tls) -> true)
        .applySslConfig();
  }

  /** The same over a WebSocket. */
  static Mqtt5ClientBuilder mqttOverWebSocket(int port, String clientId) {
    return mqtt(port, clientId)
        .webSocketConfig(MqttWebSocketConfig.builder().serverPath("mqtt").build());
  }

  static Mqtt5SimpleAuth device(String token) {
    return Mqtt5SimpleAuth.builder()
        .username("device")
        .password(token.getBytes(StandardCharsets.UTF_8))
        .build();
  }

  /** As a device that nobody else is. Returns when it is let in. */
  static void connect(Mqtt5AsyncClient client, IngestServers servers, int keepAliveS)
      throws Exception {
    String token = servers.token(UUID.randomUUID(), UUID.randomUUID());
    var unused = client
        .connectWith()
        .keepAlive(keepAliveS)
        .simpleAuth(device(token))
        .send()
        .join();
  }
}
