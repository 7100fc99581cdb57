package io.pacewire.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.platform.stack.Await;
import io.pacewire.platform.web.BearerHandler;
import io.pacewire.platform.web.RoleServer;
import io.pacewire.platform.web.TestIssuer;
import io.pacewire.platform.web.TokenVerifier;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests of one athlete that are slow to be answered, and what others get meanwhile. */
class AthleteRequestsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Vertx vertx = Vertx.vertx();
  private final TestIssuer issuer = new TestIssuer();
  private final ConcurrentLinkedQueue<Promise<String>> waiting = new ConcurrentLinkedQueue<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final UUID busy = UUID.randomUUID();
  private KeyPair key;
  private RoleServer server;

  @BeforeEach
  void open() throws Exception {
    key = issuer.publish("one");
    Await.get(issuer.listen(vertx));
    TokenVerifier tokens = TokenVerifier.create(vertx, issuer.settings());
    server = RoleServer.create(vertx, "training", 1_000);
    AthleteRequests.mount(server.router(), tokens);
    BearerHandler athlete = new BearerHandler(tokens, "athlete");
    server.router().get("/slow").handler(athlete).respond(ctx -> {
      Promise<String> answer = Promise.promise();
      waiting.add(answer);
      return answer.future();
    });
    server = Await.get(server.listen("127.0.0.1", 0));
  }

  @AfterEach
  void close() throws Exception {
    Await.get(vertx.close());
  }

  @Test
  void oneMoreThanAnAthleteMayHave_isAnswered429_andNobodyElseIsHeldUp() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> held = new ArrayList<>();
    for (int i = 0; i < AthleteRequests.MOST; i++) {
      held.add(ask(busy));
    }
    await().atMost(PATIENCE).until(() -> waiting.size() == AthleteRequests.MOST);

    HttpResponse<String> refused = ask(busy).get();
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
    assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(waiting).hasSize(AthleteRequests.MOST);

    CompletableFuture<HttpResponse<String>> other = ask(UUID.randomUUID());
    await().atMost(PATIENCE).until(() -> waiting.size() == AthleteRequests.MOST + 1);

    waiting.forEach(answer -> answer.complete("done"));
    assertThat(other.get().statusCode()).isEqualTo(200);
    for (CompletableFuture<HttpResponse<String>> one : held) {
      assertThat(one.get().statusCode()).isEqualTo(200);
    }
    waiting.clear();
    CompletableFuture<HttpResponse<String>> again = ask(busy);
    await().atMost(PATIENCE).until(() -> waiting.size() == 1);
    waiting.remove().complete("again");
    assertThat(again.get().body()).contains("again");
  }

  @Test
  void whoIsNotKnown_isToldSoByTheRoute() throws Exception {
    HttpRequest nobody =
        HttpRequest.newBuilder(uri()).header("Authorization", "Bearer x").build();
    assertThat(client.send(nobody, BodyHandlers.ofString(UTF_8)).statusCode()).isEqualTo(401);
    HttpRequest without = HttpRequest.newBuilder(uri()).build();
    assertThat(client.send(without, BodyHandlers.ofString(UTF_8)).statusCode()).isEqualTo(401);
  }

  private URI uri() {
    return URI.create("http://127.0.0.1:" + server.port() + "/slow");
  }

  private CompletableFuture<HttpResponse<String>> ask(UUID athlete) throws Exception {
    String token = AthleteToken.of(athlete, key);
    HttpRequest request = HttpRequest.newBuilder(uri())
        .timeout(PATIENCE) // who is let in and should not be is never answered
        .header("Authorization", "Bearer " + token)
        .build();
    return client.sendAsync(request, BodyHandlers.ofString(UTF_8));
  }
}
