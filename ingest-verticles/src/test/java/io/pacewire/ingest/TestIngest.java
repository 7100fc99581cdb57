package io.pacewire.ingest;

import io.pacewire.events.EventTopics;
import io.pacewire.platform.config.ConfigSource;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.platform.stack.TestCertificate;
import io.pacewire.platform.stack.TestRevocations;
import io.pacewire.platform.web.TestIssuer;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.Envelope;
import io.pacewire.wire.SampleBatch;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.TopicExistsException;

/** An ingest role over TLS in front of a real Kafka. */
final class TestIngest {
  final Vertx vertx = Vertx.vertx();
  final IngestVerticle verticle;
  private final TestIssuer issuer = new TestIssuer();
  private final KeyPair key;

  /** @param settings on top of those that are needed */
  TestIngest(Path folder, Map<String, Object> settings) throws Exception {
    key = issuer.publish("one");
    Await.get(issuer.listen(vertx));
    TestCertificate.in(folder);
    for (String topic : EventTopics.all()) {
      topic(topic);
    }
    JsonObject tree = new JsonObject();
    ConfigSource.put(tree, "ingest.mqtt.port", 0);
    ConfigSource.put(tree, "ingest.mqttWs.port", 0);
    ConfigSource.put(tree, "ingest.stream.port", 0);
    ConfigSource.put(
        tree, "ingest.tls.certificateFile", folder.resolve("certificate.pem").toString());
    ConfigSource.put(tree, "ingest.tls.keyFile", folder.resolve("key.pem").toString());
    ConfigSource.put(tree, "ingest.trainingUrl", "http://127.0.0.1:1");
    ConfigSource.put(tree, "kafka.bootstrapServers", RealServers.kafka().bootstrapServers());
    ConfigSource.put(tree, "tokens.jwksUrl", issuer.settings().jwksUrl());
    settings.forEach((setting, value) -> ConfigSource.put(tree, setting, value));
    verticle = new IngestVerticle(IngestConfig.from(tree));
    Await.get(vertx.deployVerticle(verticle));
  }

  private static void topic(String name) throws Exception {
    try {
      RealServers.createTopic(name);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e; // another test of this run made it
      }
    }
  }

  String token(UUID athlete, UUID device) throws Exception {
    return token(athlete, device, "ingest", "public", 600);
  }

  String token(UUID athlete, UUID device, String scope, String tenant, long validForS)
      throws Exception {
    JsonObject claims = new JsonObject()
        .put("iss", "pacewire")
        .put("aud", "pacewire")
        .put("sub", athlete.toString())
        .put("tid", tenant)
        .put("scope", scope)
        .put("iat", Instant.now().minusSeconds(300).getEpochSecond())
        .put("exp", Instant.now().plusSeconds(validForS).getEpochSecond());
    return TestIssuer.sign(
        key, "one", device == null ? claims : claims.put("did", device.toString()));
  }

  void revoke(UUID device) throws Exception {
    TestRevocations.revoke(vertx, "device", device);
  }

  /** A sealed batch of heart rates that end at {@code lastAtMs}. */
  static byte[] batch(UUID session, int seq, int rates, long lastAtMs) {
    SampleBatch batch = new SampleBatch();
    batch.header(session, 0, 0, seq);
    for (int i = 0; i < rates; i++) {
      long at = lastAtMs - (rates - 1 - i) * 10L;
      batch.heartRates().add(at, i * 10L, 60 + (i * 37) % 140, SampleBatch.ABSENT);
    }
    return BatchCodec.encode(batch);
  }

  static byte[] envelope(UUID session, int seq, int rates, long lastAtMs, long sentAtMs) {
    return Envelope.encode(sentAtMs, null, batch(session, seq, rates, lastAtMs));
  }

  void close() throws Exception {
    Await.get(vertx.close());
  }
}
