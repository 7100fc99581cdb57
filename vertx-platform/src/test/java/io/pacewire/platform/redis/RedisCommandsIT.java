package io.pacewire.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.platform.stack.StallingRedis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Redis is closed after what was asked of it, not in the middle; one that hangs is not waited for. */
@ExtendWith(RealServers.class)
class RedisCommandsIT {
  private static final String WAIT_S = "1.5";
  /** Long before TCP would give a connection up. */
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Vertx vertx = Vertx.vertx();
  private RedisCommands redis;
  private final String key = "test:" + UUID.randomUUID();

  @BeforeEach
  void open() throws Exception {
    redis = RealServers.redis().client(vertx);
  }

  @AfterEach
  void close() throws Exception {
    Await.get(vertx.close());
  }

  @Test
  void close_waitsForWhatIsUnderWay_andWhatIsUnderWayIsAnswered() throws Exception {
    Response pong = Await.get(redis.send(Request.cmd(Command.PING)));
    assertThat(pong).hasToString("PONG");
    Future<Response> waiting = redis.send(Request.cmd(Command.BLPOP).arg(key).arg(WAIT_S));
    Future<Void> closed = redis.close();
    assertThat(closed.isComplete()).as("closed while it is asked").isFalse();
    boolean answered = Await.get(closed.map(done -> waiting.isComplete()));
    assertThat(answered).as("answered before it was closed").isTrue();
    assertThat(waiting.succeeded()).isTrue();
    assertThat(waiting.result()).as("nobody put anything there").isNull();
  }

  @Test
  void close_withNothingUnderWay_isAtOnce_andEndsTheClient() throws Exception {
    Await.get(redis.send(Request.cmd(Command.SET).arg(key).arg("1").arg("EX").arg("60")));
    assertThat(redis.close().succeeded()).isTrue();
    assertThatThrownBy(() -> Await.get(redis.send(Request.cmd(Command.GET).arg(key))))
        .isInstanceOf(Exception.class);
  }

  @Test
  void aHostThatIsGone_isGivenUp_evenWhereItWasStillGreeting() throws Exception {
    StallingRedis host = new StallingRedis();
    RedisCommands moving = host.client(vertx);
    Await.get(moving.answers());
    host.stall();
    for (int time = 1;
        time <= 2;
        time++) { // connections of before, and some that were never greeted
      assertThatThrownBy(() -> Await.get(ofMany(moving))).isInstanceOf(Exception.class);
    }
    host.moveAway();
    await().atMost(SOON).until(() -> Await.get(ofMany(moving).otherwise(false)));
    host.close();
  }

  private static Future<Boolean> ofMany(RedisCommands redis) {
    return Future.join(Stream.generate(redis::answers).limit(20).toList()).map(true);
  }

  @Test
  void oneCommandThatTakesTooLong_costsTheOthersNothing() throws Exception {
    Future<Response> tooLong = redis.send(Request.cmd(Command.BLPOP).arg(key).arg("20"));
    Future<Response> later = redis
        .send(Request.cmd(Command.BLPOP).arg(key).arg("1.6"))
        .compose(nothing -> redis.send(Request.cmd(Command.BLPOP).arg(key).arg("1.6")));
    assertThatThrownBy(() -> Await.get(tooLong)).hasCauseInstanceOf(TimeoutException.class);
    assertThat(Await.get(later)).as("nobody put anything there").isNull();
  }
}
