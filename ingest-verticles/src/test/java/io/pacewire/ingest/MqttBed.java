package io.pacewire.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pacewire.events.EventTopics;
import io.pacewire.platform.config.ConfigSource;
import io.pacewire.platform.redis.RedisSettings;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.Consumed;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.platform.stack.TestCertificate;
import io.pacewire.platform.web.TestIssuer;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.DeviceTopics;
import io.pacewire.wire.Envelope;
import io.pacewire.wire.LedgerEntry;
import io.pacewire.wire.SampleBatch;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** An ingest role over TLS with a real Kafka and Redis, and a training role that answers ledgers. */
final class MqttBed {
  final Vertx vertx;
  final Path certificate;
  final List<String> ledgersAsked = new CopyOnWriteArrayList<>();
  /** With which tokens. */
  final List<String> ledgerTokens = new CopyOnWriteArrayList<>();
  /** What training answers with. */
  volatile int ledgerStatus = 200;

  private final TestIssuer issuer = new TestIssuer();
  private final KeyPair key;
  private final IngestVerticle verticle;

  MqttBed(Path folder, Map<String, Object> settings) throws Exception {
    this(Vertx.vertx(), folder, settings);
  }

  /** The issuer does not answer who asks for its keys before this completes. */
  void keysAfter(Future<Void> due) {
    issuer.answersAfter(due);
  }

  int keysAsked() {
    return issuer.fetches();
  }

  /** Several on one Vert.x are as nodes of one cluster. */
  MqttBed(Vertx vertx, Path folder, Map<String, Object> settings) throws Exception {
    this(vertx, folder, settings, InstantSource.system());
  }

  /** @param clock the node's; tokens are made and verified by the system's */
  MqttBed(Vertx vertx, Path folder, Map<String, Object> settings, InstantSource clock)
      throws Exception {
    this.vertx = vertx;
    key = issuer.publish("one");
    Await.get(issuer.listen(vertx));
    HttpServer training = Await.get(vertx
        .createHttpServer()
        .requestHandler(request -> {
          ledgersAsked.add(request.uri());
          ledgerTokens.add(request.getHeader("Authorization").substring("Bearer ".length()));
          var unused = request
              .response()
              .setStatusCode(ledgerStatus)
              .end(new JsonObject()
                  .put("stored", new JsonArray().add(new JsonArray().add(0).add(6)))
                  .put("refused", new JsonArray())
                  .encode());
        })
        .listen(0, "127.0.0.1"));
    TestCertificate.in(folder);
    certificate = folder.resolve("certificate.pem");
    for (String topic : EventTopics.all()) {
      topic(topic);
    }
    JsonObject tree = new JsonObject();
    for (String door : new String[] {"mqtt", "mqttWs", "stream"}) {
      ConfigSource.put(tree, "ingest." + door + ".port", 0);
    }
    ConfigSource.put(tree, "ingest.tls.certificateFile", certificate.toString());
    ConfigSource.put(tree, "ingest.tls.keyFile", folder.resolve("key.pem").toString());
    ConfigSource.put(tree, "ingest.trainingUrl", "http://127.0.0.1:" + training.actualPort());
    ConfigSource.put(tree, "kafka.bootstrapServers", RealServers.kafka().bootstrapServers());
    ConfigSource.put(tree, "tokens.jwksUrl", issuer.settings().jwksUrl());
    RedisSettings redis = RealServers.redis();
    Path password = folder.resolve("redis-password");
    Files.writeString(password, redis.password());
    ConfigSource.put(tree, "redis.host", redis.host());
    ConfigSource.put(tree, "redis.port", redis.port());
    ConfigSource.put(tree, "redis.passwordFile", password.toString());
    settings.forEach((setting, value) -> ConfigSource.put(tree, setting, value));
    verticle = new IngestVerticle(IngestConfig.from(tree), clock);
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

  int port() {
    return verticle.mqttPort();
  }

  int streamPort() {
    return verticle.streamPort();
  }

  int webSocketPort() {
    return verticle.mqttWebSocketPort();
  }

  int managementPort() {
    return verticle.managementPort();
  }

  String token(UUID athlete, UUID device) throws Exception {
    return token(athlete, device, 600);
  }

  String token(UUID athlete, UUID device, String tenant) throws Exception {
    return token(athlete, device, tenant, 600, Instant.now().minusSeconds(300));
  }

  String token(UUID athlete, UUID device, long validForS) throws Exception {
    return token(athlete, device, validForS, Instant.now().minusSeconds(300));
  }

  /** Made now: what was revoked before does not mean it. */
  String freshToken(UUID athlete, UUID device) throws Exception {
    return token(athlete, device, 600, Instant.now());
  }

  private String token(UUID athlete, UUID device, long validForS, Instant issuedAt)
      throws Exception {
    return token(athlete, device, "public", validForS, issuedAt);
  }

  private String token(UUID athlete, UUID device, String tenant, long validForS, Instant issuedAt)
      throws Exception {
    return TestIssuer.sign(
        key,
        "one",
        new JsonObject()
            .put("iss", "pacewire")
            .put("aud", "pacewire")
            .put("sub", athlete.toString())
            .put("tid", tenant)
            .put("scope", "ingest")
            .put("did", device.toString())
            .put("iat", issuedAt.getEpochSecond())
            .put("exp", Instant.now().plusSeconds(validForS).getEpochSecond()));
  }

  RawClient client() throws Exception {
    return RawClient.overTls(trust(), port());
  }

  SSLContext trust() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trustManagers().getTrustManagers(), null);
    return context;
  }

  TrustManagerFactory trustManagers() throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(certificate)) {
      trusted.setCertificateEntry(
          "ca", java.security.cert.CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return factory;
  }

  /** A sealed batch in its envelope, as a device sends it now. */
  static byte[] batch(UUID session, int seq) {
    return batch(session, seq, 3);
  }

  static byte[] batch(UUID session, int seq, int rates) {
    return batch(session, 0, seq, rates);
  }

  /** One that cannot succeed. */
  static byte[] changedBatch(UUID session, int writer, int seq) {
    byte[] changed = batch(session, writer, seq, 3);
    changed[changed.length - 1] ^= 1;
    return changed;
  }

  private static byte[] batch(UUID session, int writer, int seq, int rates) {
    long now = System.currentTimeMillis();
    SampleBatch batch = new SampleBatch();
    batch.header(session, writer, 0, seq);
    for (int i = 0; i < rates; i++) {
      batch.heartRates().add(now - rates + i, i * 10L, 60 + (i * 37) % 140, SampleBatch.ABSENT);
    }
    return Envelope.encode(now, null, BatchCodec.encode(batch));
  }

  /** What training does when it stored a batch. */
  void stored(UUID device, UUID session, int from, int to) {
    LedgerEntry entry = new LedgerEntry(session, 0);
    entry.stored().add(from, to);
    new io.pacewire.platform.live.LedgerFeed(vertx)
        .publish(device, io.vertx.core.buffer.Buffer.buffer(entry.encode()));
  }

  /** As an operator does. */
  static void command(UUID device, String id, String payload) throws Exception {
    command(device, id, payload, Instant.now().plusSeconds(60));
  }

  static void command(UUID device, String id, String payload, Instant expires) throws Exception {
    try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
        Map.of("bootstrap.servers", RealServers.kafka().bootstrapServers()),
        new StringSerializer(),
        new ByteArraySerializer())) {
      ProducerRecord<String, byte[]> record = new ProducerRecord<>(
          EventTopics.DEVICE_COMMANDS, device.toString(), payload.getBytes(UTF_8));
      record.headers().add("id", id.getBytes(UTF_8));
      record.headers().add("expires-at", Long.toString(expires.toEpochMilli()).getBytes(UTF_8));
      var unused = producer.send(record).get(30, TimeUnit.SECONDS);
    }
  }

  /** The records of one key, once there are so many. */
  static List<ConsumerRecord<String, byte[]>> consumed(String topic, UUID key, int count) {
    return Consumed.from(topic, found -> of(found, key).size() >= count).stream()
        .filter(record -> key.toString().equals(record.key()))
        .toList();
  }

  private static List<ConsumerRecord<String, byte[]>> of(
      List<ConsumerRecord<String, byte[]>> found, UUID key) {
    return found.stream().filter(one -> key.toString().equals(one.key())).toList();
  }

  static String commands(UUID device) {
    return DeviceTopics.commands(device);
  }

  void close() throws Exception {
    Await.get(vertx.close());
  }
}
