package io.pacewire.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import io.pacewire.launcher.client.DemoDevice;
import io.pacewire.sdk.Fix;
import io.pacewire.sdk.MqttVersion;
import io.pacewire.sdk.PacewireClient;
import io.pacewire.sdk.RecordingSession;
import io.pacewire.sdk.SessionOptions;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.ZoneId;
import java.util.UUID;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The MQTT door, by the SDK in both versions of the protocol and by a client of somebody else. */
class MqttIT {
  private static final int FIXES = 120;

  @TempDir
  Path directory;

  @Test
  void devicesSendOverMqtt_andWhatIsNoBatch_isRefused() throws Exception {
    try (ServerProcess server = new ServerProcess(directory.resolve("data")).start()) {
      DemoDevice device = server.account().device("MQTT phone");
      for (MqttVersion version : MqttVersion.values()) {
        UUID session = record(server, device, version);
        JsonObject ledger = server
            .client()
            .get("/v1/sessions/" + session + "/ledger", server.account().token());
        assertThat(ledger.getJsonArray("stored")).hasSize(1);
        assertThat(ledger.getJsonArray("refused")).isEmpty();
      }
      strangersAreRefused(server, device);
    }
  }

  private UUID record(ServerProcess server, DemoDevice device, MqttVersion version)
      throws Exception {
    try (PacewireClient client = PacewireClient.builder()
        .store(directory.resolve(version + ".db"))
        .mqtt("localhost", port(server), version)
        .deviceId(device.deviceId())
        .tokens(() -> device.token().text())
        .trust(Files.readAllBytes(server.authority()))
        .uploadInterval(Duration.ofMillis(50))
        .build()) {
      long start = System.currentTimeMillis() - FIXES * 1_000L;
      RecordingSession session = client.start(SessionOptions.builder()
          .sport("run")
          .timeZone(ZoneId.of("Europe/Moscow"))
          .startedAtEpochMs(start)
          .build());
      for (int i = 0; i < FIXES; i++) {
        session.addFix(start + i * 1_000L, Fix.at(55.7 + i * 3e-5, 37.6).withAccuracyM(4));
      }
      session.finish(start + FIXES * 1_000L);
      assertThat(session.awaitStored(Duration.ofMinutes(1)))
          .as(session.uploadState() + "\n" + server.log())
          .isTrue();
      return session.sessionId();
    }
  }

  private static void strangersAreRefused(ServerProcess server, DemoDevice device)
      throws Exception {
    Mqtt5BlockingClient nobody = client(server);
    Assertions.assertThrows(
        Mqtt5ConnAckException.class,
        () -> nobody
            .connectWith()
            .simpleAuth()
            .username("x")
            .password("y".getBytes(UTF_8))
            .applySimpleAuth()
            .send());
    Mqtt5BlockingClient known = client(server);
    known
        .connectWith()
        .simpleAuth()
        .username("device")
        .password(device.token().text().getBytes(UTF_8))
        .applySimpleAuth()
        .send();
    Mqtt5PubAckException refused = Assertions.assertThrows(
        Mqtt5PubAckException.class,
        () -> known
            .publishWith()
            .topic("v1/sessions/" + UUID.randomUUID() + "/batches")
            .qos(MqttQos.AT_LEAST_ONCE)
            .payload("no batch".getBytes(UTF_8))
            .send());
    assertThat(refused.getMqttMessage().getReasonCode())
        .isEqualTo(Mqtt5PubAckReasonCode.PAYLOAD_FORMAT_INVALID);
    Assertions.assertThrows(
        Mqtt5SubAckException.class,
        () -> known
            .subscribeWith()
            .topicFilter("v1/devices/" + UUID.randomUUID() + "/ledger")
            .send());
    known.disconnect();
  }

  private static Mqtt5BlockingClient client(ServerProcess server) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(server.authority())) {
      trusted.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    return MqttClient.builder()
        .useMqttVersion5()
        .serverHost("localhost")
        .serverPort(port(server))
        .sslConfig()
        .trustManagerFactory(trust)
        .applySslConfig()
        .buildBlocking();
  }

  private static int port(ServerProcess server) {
    return server.endpoints().getJsonObject("ports").getInteger("ingest.mqtt.port");
  }
}
