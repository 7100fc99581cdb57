package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.pacewire.platform.live.LiveFeed;
import io.pacewire.platform.stack.Await;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.Test;

/** Who looks on sees what is known now, though a stretch of the way is still missing. */
class LiveTailIT extends TrainingDatabase {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final double SPEED_MPS = 3;

  private final RecordedRun run = RecordedRun.withoutFinish(60);
  private final TrainingCore core = new TrainingCore(vertx, pool);
  private final Deque<JsonObject> deltas = new ConcurrentLinkedDeque<>();

  private JsonObject figures() {
    return deltas.isEmpty() ? new JsonObject() : deltas.getLast().getJsonObject("figures");
  }

  private void untilShown(boolean partial, int untilS) {
    await().atMost(PATIENCE).untilAsserted(() -> {
      assertThat(figures().getBoolean("partial")).isEqualTo(partial);
      assertThat(figures().getDouble("distanceM")).isCloseTo(untilS * SPEED_MPS, within(15.0));
    });
  }

  @Test
  void beyondAGap_figuresGoOn_markedPartial_untilItIsClosed() throws Exception {
    LiveFeed.Subscription subscription = new LiveFeed(vertx).subscribe(run.athlete, deltas::add);
    // The lease travels over the event bus as deltas do.
    await().atMost(PATIENCE).until(() -> {
      core.apply(run.records(0, 9));
      return !deltas.isEmpty();
    });
    untilShown(false, 99);

    core.apply(run.records(15, 19));
    untilShown(true, 199);
    core.apply(run.records(20, 24));
    untilShown(true, 249);
    JsonObject ledger = deltas.getLast().getJsonObject("ledger");
    assertThat(ledger.getJsonArray("missing")).hasSize(1);
    assertThat(ledger.getDouble("storedS")).isCloseTo(198, within(4.0));

    JsonObject snapshot = Await.get(core.snapshots.take(core.head(run)));
    assertThat(snapshot.getJsonObject("figures").getBoolean("partial")).isTrue();
    assertThat(snapshot.getJsonObject("figures").getDouble("distanceM"))
        .isCloseTo(249 * SPEED_MPS, within(15.0));

    core.apply(run.records(10, 14));
    core.apply(run.record(25));
    untilShown(false, 259);
    assertThat(figures().getDouble("estimatedM")).isZero();
    JsonObject whole = Await.get(core.snapshots.take(core.head(run)));
    assertThat(whole.getJsonObject("figures").getBoolean("partial")).isFalse();
    assertThat(whole.getJsonObject("tip").getLong("atMs"))
        .as("of the newest batch, though heads are told of it some seconds later")
        .isEqualTo(run.record(25).correctedAtMs());
    subscription.close();
  }
}
