package io.pacewire.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.platform.stack.Await;
import io.pacewire.platform.web.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Anybody may ask whether the gateway is ready. */
class ReadinessTest {
  private final Vertx vertx = Vertx.vertx();
  private final Readiness readiness =
      new Readiness(vertx, Map.of("training", "http://127.0.0.1:1")); // nobody is there

  @AfterEach
  void close() throws Exception {
    Await.get(vertx.close());
  }

  @Test
  void rolesAreAskedOnce_forAllWhoAskMeanwhile_andAgainAfterThat() throws Exception {
    List<Future<JsonObject>> both = twice();
    assertThat(both.get(0)).isSameAs(both.get(1));
    Throwable cause = Await.get(both.get(0).map((Throwable) null).recover(Future::succeededFuture));
    assertThat(cause).isInstanceOf(ProblemException.class);
    assertThat(twice().get(0)).isNotSameAs(both.get(0));
  }

  private List<Future<JsonObject>> twice() throws Exception {
    Promise<List<Future<JsonObject>>> asked = Promise.promise();
    vertx.runOnContext(turn -> asked.complete(List.of(readiness.check(), readiness.check())));
    return Await.get(asked.future());
  }
}
