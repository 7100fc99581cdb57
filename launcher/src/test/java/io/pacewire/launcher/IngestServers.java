package io.pacewire.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pacewire.events.EventTopics;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.web.TestIssuer;
import io.pacewire.stack.EmbeddedStack;
import io.pacewire.stack.Endpoint;
import io.pacewire.stack.ServerFiles;
import io.pacewire.stack.StackConfig;
import io.pacewire.stack.StackListener;
import io.pacewire.stack.StackServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What ingest nodes need around them, all of it real: Kafka, Redis, an issuer of tokens, TLS. */
final class IngestServers implements AutoCloseable {
  private static final int TOKEN_LIFE_S = 600;
  private static final int COMMAND_WITHIN_S = 30;

  private final Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final EmbeddedStack stack;
  private final TestIssuer issuer = new TestIssuer();
  private final KeyPair key;
  private final DevelopmentCertificate certificate;

  IngestServers(Path folder) throws Exception {
    this.folder = folder;
    stack = EmbeddedStack.start(
        StackConfig.in(folder.resolve("stack"))
            .withServerFiles(ServerFiles.at(ServerProcess.serverFiles()))
            .withServers(Set.of(StackServer.KAFKA, StackServer.REDIS)),
        StackListener.SILENT);
    Topics.ensure(brokers());
    key = issuer.publish("one");
    Await.get(issuer.listen(vertx));
    certificate = DevelopmentCertificate.in(folder.resolve("tls"), Instant.now());
  }

  Vertx vertx() {
    return vertx;
  }

  String brokers() {
    return stack.endpoints().of(StackServer.KAFKA).address();
  }

  /** The settings of a node, as its operator would write them. */
  JsonObject config() {
    Endpoint redis = stack.endpoints().of(StackServer.REDIS);
    JsonObject tls = new JsonObject()
        .put("certificateFile", certificate.certificate().toString())
        .put("keyFile", certificate.key().toString());
    return new JsonObject()
        .put("kafka", new JsonObject().put("bootstrapServers", brokers()))
        .put(
            "redis",
            new JsonObject()
                .put("host", redis.host())
                .put("port", redis.port())
                .put("passwordFile", String.valueOf(redis.passwordFile())))
        .put("tokens", new JsonObject().put("jwksUrl", issuer.settings().jwksUrl()))
        .put(
            "ingest",
            new JsonObject()
                .put("tls", tls)
                .put("trainingUrl", "http://127.0.0.1:1") // nobody is asked for a ledger
                .put("mqtt", new JsonObject().put("port", 0))
                .put("mqttWs", new JsonObject().put("port", 0))
                .put("stream", new JsonObject().put("port", 0)));
  }

  NodeProcess node(String name, Map<String, String> settings) throws IOException {
    Path file = folder.resolve("node.json");
    Files.writeString(file, config().encode());
    return NodeProcess.start(folder, name, "ingest", file, settings);
  }

  String token(UUID athlete, UUID device) throws Exception {
    return sign(claims(athlete, device));
  }

  /** One that names a sign-in, too. */
  String token(UUID athlete, UUID device, UUID signIn) throws Exception {
    return sign(claims(athlete, device).put("sid", signIn.toString()));
  }

  private static JsonObject claims(UUID athlete, UUID device) {
    long now = Instant.now().getEpochSecond();
    return new JsonObject()
        .put("iss", "pacewire")
        .put("aud", "pacewire")
        .put("sub", athlete.toString())
        .put("did", device.toString())
        .put("tid", "public")
        .put("scope", "ingest")
        .put("iat", now)
        .put("exp", now + TOKEN_LIFE_S);
  }

  private String sign(JsonObject claims) throws Exception {
    return TestIssuer.sign(key, "one", claims);
  }

  /** As an operator has a device do something: it is in the topic when this returns. */
  void command(UUID device, String id, String payload) throws Exception {
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(
        EventTopics.DEVICE_COMMANDS, device.toString(), payload.getBytes(UTF_8));
    record.headers().add("id", id.getBytes(UTF_8));
    record
        .headers()
        .add(
            "expires-at",
            Long.toString(Instant.now().plusSeconds(TOKEN_LIFE_S).toEpochMilli())
                .getBytes(UTF_8));
    try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
        Map.of("bootstrap.servers", brokers()),
        new StringSerializer(),
        new ByteArraySerializer())) {
      var unused = producer.send(record).get(COMMAND_WITHIN_S, TimeUnit.SECONDS);
    }
  }

  /** What signs the certificate of its nodes. */
  byte[] authority() throws IOException {
    return Files.readAllBytes(certificate.authority());
  }

  long brokerPid() throws IOException {
    Path pid = folder.resolve("stack/run/kafka.pid");
    return Long.parseLong(Files.readString(pid).split(" ", -1)[0]);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    stack.close();
  }
}
