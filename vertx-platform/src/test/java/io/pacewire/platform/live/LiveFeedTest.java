package io.pacewire.platform.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveFeedTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void nobodyListens_untilSomebodySubscribes_andThenOnlyToTheirAthlete() {
    LiveFeed publisher = new LiveFeed(vertx);
    LiveFeed viewer = new LiveFeed(vertx);
    UUID athlete = UUID.randomUUID();
    List<String> seen = new CopyOnWriteArrayList<>();
    assertThat(publisher.isWatched(athlete)).isFalse();

    LiveFeed.Subscription subscription =
        viewer.subscribe(athlete, update -> seen.add(update.getString("n")));
    await().atMost(Duration.ofSeconds(5)).until(() -> publisher.isWatched(athlete));

    publisher.publish(UUID.randomUUID(), new JsonObject().put("n", "another's"));
    publisher.publish(athlete, new JsonObject().put("n", "own"));
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(seen).containsExactly("own"));
    subscription.close();
    publisher.publish(athlete, new JsonObject().put("n", "too late"));
    viewer.subscribe(athlete, update -> seen.add("next: " + update.getString("n")));
    publisher.publish(athlete, new JsonObject().put("n", "last"));
    await().atMost(Duration.ofSeconds(5)).until(() -> seen.contains("next: last"));
    assertThat(seen).doesNotContain("too late").doesNotContain("last");
  }

  @Test
  void aDevicesLedger_reachesWhoHoldsTheDevice() {
    UUID device = UUID.randomUUID();
    List<Buffer> seen = new CopyOnWriteArrayList<>();
    LedgerFeed feed = new LedgerFeed(vertx);
    LedgerFeed.Subscription subscription = feed.subscribe(device, seen::add);
    feed.publish(UUID.randomUUID(), Buffer.buffer("another's"));
    feed.publish(device, Buffer.buffer("own"));
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(seen).containsExactly(Buffer.buffer("own")));
    subscription.close();
  }

  /** A device that leaves must not be able to fill the log with what was on its way to it. */
  @Test
  void whatIsUnderWayToWhoLeaves_isDropped_withoutAWord() throws Exception {
    UUID device = UUID.randomUUID();
    List<String> said = new CopyOnWriteArrayList<>();
    Handler listener = new Handler() {
      @Override
      public void publish(LogRecord log) {
        said.add(log.getMessage());
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
    List<Buffer> seen = new CopyOnWriteArrayList<>();
    LedgerFeed feed = new LedgerFeed(vertx);
    Context loop = vertx.getOrCreateContext();
    CompletableFuture<LedgerFeed.Subscription> subscribed = new CompletableFuture<>();
    loop.runOnContext(turn -> subscribed.complete(feed.subscribe(device, seen::add)));
    LedgerFeed.Subscription subscription = subscribed.get(10, TimeUnit.SECONDS);
    CountDownLatch published = new CountDownLatch(1);
    CompletableFuture<Void> over = new CompletableFuture<>();
    Logger.getLogger("").addHandler(listener);
    try {
      loop.runOnContext(turn -> {
        hold(published);
        subscription.close();
      });
      for (int i = 0; i < 100; i++) {
        feed.publish(device, Buffer.buffer("late"));
      }
      loop.runOnContext(turn -> over.complete(null));
      published.countDown();
      over.get(10, TimeUnit.SECONDS);
    } finally {
      Logger.getLogger("").removeHandler(listener);
    }
    assertThat(seen).isEmpty();
    assertThat(said).noneMatch(text -> text.contains("ledger."));
  }

  private static void hold(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
