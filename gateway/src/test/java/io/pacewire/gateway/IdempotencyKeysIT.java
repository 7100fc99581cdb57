package io.pacewire.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.gateway.IdempotencyKeys.Answer;
import io.pacewire.platform.redis.RedisCommands;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.platform.stack.StallingRedis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What happened is told, and does not happen again, though Redis does not answer any more. */
@ExtendWith(RealServers.class)
class IdempotencyKeysIT {
  private static final Buffer ASKED = Buffer.buffer("a pair of shoes");

  private final Vertx vertx = Vertx.vertx();
  private final WebClient client = WebClient.create(vertx);
  private final AtomicInteger made = new AtomicInteger();
  private final String key = UUID.randomUUID().toString();
  private StallingRedis door;
  private RedisCommands redis;
  private HttpServer role;

  @BeforeEach
  void open() throws Exception {
    door = new StallingRedis();
    redis = door.client(vertx);
    role = Await.get(vertx
        .createHttpServer()
        .requestHandler(request -> {
          Future<Void> unused =
              request.response().setStatusCode(201).end("number " + made.incrementAndGet());
        })
        .listen(0, "127.0.0.1"));
  }

  @AfterEach
  void close() throws Exception {
    Await.get(redis.close());
    Await.get(vertx.close());
    door.close();
  }

  @Test
  void whatHappened_isTold_thoughRedisDoesNotSayThatItIsKept() throws Exception {
    IdempotencyKeys keys = new IdempotencyKeys(redis);
    Answer told = Await.get(keys.once(
        "athlete", key, ASKED, () -> ask().onSuccess(made -> door.loseAnswersWith("OK"))));
    assertThat(door.lostAnswers()).isEqualTo(1);
    assertThat(told.status()).isEqualTo(201);
    assertThat(told.body().toString()).isEqualTo("number 1");
    door.loseAnswersWith("no answer is like this");
    Answer again = Await.get(keys.once("athlete", key, ASKED, this::ask));
    assertThat(again.body().toString()).as("it was kept").isEqualTo("number 1");
    assertThat(made).hasValue(1);
  }

  private Future<HttpResponse<Buffer>> ask() {
    return client.get(role.actualPort(), "127.0.0.1", "/").send();
  }
}
