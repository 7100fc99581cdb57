package io.pacewire.training;

import static org.awaitility.Awaitility.await;

import io.pacewire.events.EventTopics;
import io.pacewire.platform.events.EventEnvelope;
import io.pacewire.platform.kafka.EventPublisher;
import io.pacewire.platform.kafka.KafkaSettings;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.platform.web.TestIssuer;
import io.pacewire.training.imports.ImportSettings;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/** The whole training role over a real PostgreSQL and a real Kafka, asked over HTTP. */
public final class TrainingNode {
  private final Vertx vertx = Vertx.vertx();
  private final TestIssuer issuer = new TestIssuer();
  private final KeyPair key;
  private final TrainingVerticle verticle;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private TrainingNode(ImportSettings imports, DatabaseSlots databases, KafkaSettings kafka)
      throws Exception {
    key = issuer.publish("one");
    Await.get(issuer.listen(vertx));
    verticle = new TrainingVerticle(new TrainingConfig(
        "127.0.0.1",
        0,
        2,
        500,
        Duration.ofMillis(500),
        1_000,
        new SessionWaits(
            Duration.ofHours(6),
            Duration.ofMinutes(2),
            Duration.ofSeconds(30),
            Duration.ofHours(1)),
        0,
        kafka,
        databases,
        issuer.settings(),
        imports));
  }

  public static TrainingNode start(ImportSettings imports) throws Exception {
    return start(imports, DatabaseSlots.parse("", RealServers.schema("training")));
  }

  static TrainingNode start(ImportSettings imports, DatabaseSlots databases) throws Exception {
    return start(imports, databases, RealServers.kafka());
  }

  /** One that has a name, and its consumers names after it. */
  static TrainingNode named(String name) throws Exception {
    return start(
        ImportSettings.usual(),
        DatabaseSlots.parse("", RealServers.schema("training")),
        new KafkaSettings(RealServers.kafka().bootstrapServers(), name));
  }

  private static TrainingNode start(
      ImportSettings imports, DatabaseSlots databases, KafkaSettings kafka) throws Exception {
    try (var admin = RealServers.admin()) {
      Set<String> there = admin.listTopics().names().get();
      for (String topic : EventTopics.all()) {
        if (!there.contains(topic)) {
          RealServers.createTopic(topic);
        }
      }
    }
    TrainingNode node = new TrainingNode(imports, databases, kafka);
    String unused = Await.get(node.vertx.deployVerticle(node.verticle));
    return node;
  }

  public void close() throws Exception {
    Await.get(vertx.close());
  }

  /** What another role says. */
  public void tell(UUID athlete, String subject, Record fact) throws Exception {
    EventPublisher publisher = EventPublisher.create(vertx, RealServers.kafka(), "test");
    Await.get(publisher.publish(EventEnvelope.of(EventTopics.ACCOUNT, athlete, subject, 1, fact)));
    Await.get(publisher.close());
  }

  public HttpRequest.Builder request(UUID athlete, String path) throws Exception {
    String token = AthleteToken.of(athlete, key);
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + verticle.port() + path))
        .timeout(Duration.ofMinutes(2))
        .header("Authorization", "Bearer " + token);
  }

  public HttpResponse<byte[]> send(HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofByteArray());
  }

  public HttpResponse<byte[]> get(UUID athlete, String path) throws Exception {
    return send(request(athlete, path).build());
  }

  public JsonObject json(UUID athlete, String path) throws Exception {
    HttpResponse<byte[]> response = get(athlete, path);
    if (response.statusCode() != 200) {
      throw new AssertionError(path + ": " + new String(response.body(), StandardCharsets.UTF_8));
    }
    return json(response);
  }

  public static JsonObject json(HttpResponse<byte[]> response) {
    return new JsonObject(Buffer.buffer(response.body()));
  }

  public HttpResponse<byte[]> upload(UUID athlete, String query, byte[] body) throws Exception {
    return send(request(athlete, "/v1/imports" + query)
        .POST(BodyPublishers.ofByteArray(body))
        .build());
  }

  /** The report of an import once it has ended. */
  public JsonObject imported(UUID athlete, byte[] body) throws Exception {
    HttpResponse<byte[]> response = upload(athlete, "?timeZone=Europe/Berlin", body);
    if (response.statusCode() != 202) {
      throw new AssertionError(new String(response.body(), StandardCharsets.UTF_8));
    }
    return ended(athlete, response.headers().firstValue("Location").orElseThrow());
  }

  public JsonObject ended(UUID athlete, String location) {
    JsonObject[] report = new JsonObject[1];
    await().atMost(Duration.ofMinutes(2)).until(() -> {
      report[0] = json(athlete, location + "?limit=1000");
      return Set.of("done", "failed", "cancelled").contains(report[0].getString("state"));
    });
    return report[0];
  }
}
