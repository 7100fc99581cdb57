package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.platform.stack.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AttemptsTest {
  /** Tries of which each is a level of one chain overflow the stack by then. */
  private static final int MANY = 5_000;

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger tries = new AtomicInteger();

  @AfterEach
  void close() throws Exception {
    Await.get(vertx.close());
  }

  @Test
  void theOneThatSucceeds_isTheResult_howeverManyFailedBefore() throws Exception {
    assertThat(Await.get(Attempts.untilOneSucceeds(vertx, 1, this::attempt))).isEqualTo(MANY);
  }

  private Future<Integer> attempt() {
    int number = tries.incrementAndGet();
    return vertx.executeBlocking(() -> {
      if (number < MANY) {
        throw new IllegalStateException("not yet");
      }
      return number;
    });
  }
}
