package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.platform.live.LiveFeed;
import io.pacewire.track.FoldState;
import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.SeqRanges;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What viewers are told when not everything that is to be told is known. */
class LiveViewIT extends TrainingDatabase {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final RecordedRun run = RecordedRun.withoutFinish(20);
  private final WriterKey writer = new WriterKey(run.key(), 0);
  private final AtomicBoolean away = new AtomicBoolean();
  private final AtomicLong nowMs = new AtomicLong(RecordedRun.START_MS);
  private final InstantSource clock = () -> Instant.ofEpochMilli(nowMs.addAndGet(10_000));
  private final LiveFeed feed = new LiveFeed(vertx);
  private final WriterFolds folds = new WriterFolds(10);
  private final ChunkRepository chunks = new ChunkRepository(unlessAway(pool));
  private final LiveView live =
      new LiveView(vertx, feed, chunks, new BeyondGaps(chunks), folds, clock);
  private final Deque<JsonObject> deltas = new ConcurrentLinkedDeque<>();

  private SqlClient unlessAway(SqlClient database) {
    return (SqlClient) Proxy.newProxyInstance(
        LiveViewIT.class.getClassLoader(),
        new Class<?>[] {SqlClient.class},
        (proxy, method, arguments) -> {
          if (away.get()) {
            throw new IllegalStateException("the database is away");
          }
          try {
            return method.invoke(database, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  private void fold(WriterFold fold, int fromSeq, int toSeq) {
    List<TelemetryRecord> fresh = run.records(fromSeq, toSeq);
    for (TelemetryRecord record : fresh) {
      fold.noteStored(record);
      assertThat(fold.sequence()
              .take(record.seq(), record.bytes(), false, new SampleBatch(), live.sink(writer)))
          .isTrue();
    }
    fold.noteStored(run.batches()); // there is a gap before it, which is read
    live.changed(fold, fresh);
  }

  @Test
  void whatIsDrawnWhileGapsCannotBeRead_comesWithTheNext() throws Exception {
    TrainingCore core = new TrainingCore(vertx, pool);
    core.apply(run.record(0));
    SessionHead head = core.head(run);
    FoldState state = FoldState.start(head.athlete());
    WriterFold fold = new WriterFold(writer, head, new SequenceFold(state, 0, new SeqRanges()), 0);
    folds.put(fold);
    LiveFeed.Subscription subscription = feed.subscribe(run.athlete, deltas::add);
    await().atMost(PATIENCE).until(() -> feed.isWatched(run.athlete));

    away.set(true);
    fold(fold, 0, 9);
    away.set(false);
    fold(fold, 10, 10);

    await().atMost(PATIENCE).until(() -> !deltas.isEmpty());
    assertThat(deltas.getFirst().getJsonObject("points").getJsonArray("atMs"))
        .as("of eleven batches, not of the last alone")
        .hasSizeGreaterThan(9 * RecordedRun.FIXES_A_BATCH);
    subscription.close();
  }
}
