package io.pacewire.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Redis is closed after what was asked of it, not in the middle. */
@ExtendWith(RealServers.class)
class RedisCommandsIT {
  private static final String WAIT_S = "0.4";

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
}
