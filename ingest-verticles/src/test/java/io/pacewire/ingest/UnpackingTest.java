package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.platform.stack.Await;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnpackingTest {
  private final Vertx vertx = Vertx.vertx();
  private final List<String> order = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() throws Exception {
    Await.get(vertx.close());
  }

  @Test
  void oneByOne_andAthletesTakeTurns_whateverBecomesOfAny() throws Exception {
    Unpacking unpacking = new Unpacking(vertx);
    UUID many = UUID.randomUUID();
    UUID few = UUID.randomUUID();
    CountDownLatch begun = new CountDownLatch(1);
    Context loop = vertx.getOrCreateContext();
    Promise<Void> all = Promise.promise();
    loop.runOnContext(turn -> {
      List<Future<Void>> done = new ArrayList<>();
      done.add(unpacking.run(many, () -> {
        begun.await();
        return told("many 0");
      }));
      for (int i = 1; i < 4; i++) {
        String name = "many " + i;
        done.add(unpacking.run(many, () -> told(name)));
      }
      done.add(unpacking.run(few, () -> {
        told("few 0");
        throw new IllegalStateException("broken");
      }));
      done.add(unpacking.run(few, () -> told("few 1")));
      begun.countDown();
      Future.join(done).onComplete(joined -> all.complete());
    });
    Await.get(all.future());
    assertThat(order).containsExactly("many 0", "many 1", "few 0", "many 2", "few 1", "many 3");
  }

  private Void told(String name) {
    order.add(name);
    return null;
  }
}
