package io.pacewire.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.platform.redis.RedisCommands;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A will that a node left is there until it is told. */
@ExtendWith(RealServers.class)
class WillStoreIT {
  private static final long DUE_MS = 1_000;

  private final Vertx vertx = Vertx.vertx();
  private RedisCommands redis;
  private WillStore store;

  @BeforeEach
  void open() throws Exception {
    redis = RealServers.redis().client(vertx);
    store = new WillStore(redis);
    Await.get(redis.send(Request.cmd(Command.DEL).arg(WillStore.KEY)));
  }

  @AfterEach
  void close() throws Exception {
    Await.get(vertx.close());
  }

  private static LeftWill will(String text) {
    UUID device = UUID.randomUUID();
    return new LeftWill(
        new Presence(
            new Device(UUID.randomUUID(), device, "public", 0, 7),
            device,
            true,
            text.getBytes(UTF_8)),
        "hub",
        UUID.randomUUID(),
        true,
        DUE_MS);
  }

  private List<WillStore.Lent> lend(long nowMs) throws Exception {
    return Await.get(store.lend(nowMs));
  }

  @Test
  void whatIsLent_isNobodyElsesForAWhile_andIsThereUntilItIsTold() throws Exception {
    LeftWill told = will("told");
    LeftWill untold = will("untold");
    Await.get(store.keep(List.of(told, untold)));
    assertThat(lend(DUE_MS - 1)).isEmpty();
    List<WillStore.Lent> lent = lend(DUE_MS);
    assertThat(lent)
        .extracting(one -> new String(one.will().presence().payload(), UTF_8))
        .containsExactlyInAnyOrder("told", "untold");
    assertThat(lend(DUE_MS + WillStore.LENT_MS - 1)).as("another node").isEmpty();
    for (WillStore.Lent one : lent) {
      if (one.will().connection().equals(told.connection())) {
        Await.get(store.done(one.kept()));
      }
    }
    assertThat(lend(DUE_MS + WillStore.LENT_MS))
        .extracting(one -> one.will().connection())
        .containsExactly(untold.connection());
    Await.get(store.done(untold.encode()));
    assertThat(lend(Long.MAX_VALUE / 1_000)).as("it is the same in all words").isEmpty();
  }

  @Test
  void whatCannotBeRead_keepsNoOtherFromBeingTold() throws Exception {
    LeftWill will = will("told");
    Await.get(store.keep(List.of(will)));
    Await.get(redis.send(Request.cmd(Command.ZADD).arg(WillStore.KEY).arg(0).arg("{\"will\":")));
    assertThat(lend(DUE_MS)).extracting(WillStore.Lent::kept).containsExactly(will.encode());
    Await.get(store.done(will.encode()));
    assertThat(lend(DUE_MS + WillStore.LENT_MS)).isEmpty();
    await()
        .until(() ->
            Await.get(redis.send(Request.cmd(Command.ZCARD).arg(WillStore.KEY))).toInteger() == 0);
  }
}
