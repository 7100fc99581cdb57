package io.pacewire.training;

import io.pacewire.platform.kafka.DeadLetters;
import io.pacewire.platform.live.LedgerFeed;
import io.pacewire.platform.live.LiveFeed;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * What takes in telemetry, put together. It has connections of its own: it waits for no request, its
 * statements are looks into an index for all sessions of a poll at once, and are planned as such.
 */
final class ConsumerParts {
  private final PartitionReads reads = new PartitionReads();
  private final SessionSealer sealer;
  private final TrackConsumer consumer;
  private final SessionSweep sweep;

  /**
   * @param whole what trainings are made with of finished sessions
   * @param pool for what does not happen with each poll
   * @param lookups for what does
   * @param assigned which partitions are its own now
   */
  ConsumerParts(
      Vertx vertx,
      FoldParts whole,
      Pool pool,
      Pool lookups,
      TrainingConfig config,
      InstantSource clock,
      Supplier<Future<Set<TopicPartition>>> assigned) {
    Partitions partitions = new Partitions(vertx, pool);
    sealer =
        new SessionSealer(new SealingRepository(pool), whole.chunks, partitions, whole.packers);
    ChunkRepository chunks = new ChunkRepository(lookups);
    SkipRepository skips = new SkipRepository(lookups);
    SessionRepository sessions = new SessionRepository(lookups);
    CheckpointRepository checkpoints = new CheckpointRepository(lookups);
    SessionHeads heads = new SessionHeads(sessions, partitions, reads);
    WriterFolds folds = new WriterFolds(config.foldsOfEach());
    LiveView live =
        new LiveView(vertx, new LiveFeed(vertx), chunks, new BeyondGaps(chunks), folds, clock);
    TrainingMeters meters = TrainingMeters.of(vertx);
    SessionsAside aside = new SessionsAside(sessions, heads, folds, meters);
    TrackFolder folder = new TrackFolder(
        new FoldLoader(chunks, skips, checkpoints),
        checkpoints,
        new ContiguousFold(chunks, aside, live::sink, meters),
        folds,
        reads);
    SessionTouches touches = new SessionTouches(sessions, reads);
    consumer = new TrackConsumer(
        heads,
        new ChunkStore(new BatchRepository(lookups), skips, meters),
        folder,
        new FoldCheckpoints(checkpoints),
        new PollFold(folder, live),
        new SessionStarts(new StartRepository(lookups)),
        new SessionEnds(heads, folder, whole.finisher, aside, chunks, live),
        touches,
        new LedgerFeed(vertx));
    sweep = new SessionSweep(
        sessions,
        touches,
        whole.finisher,
        heads,
        folder,
        aside,
        live,
        sealer,
        config.waits(),
        consumer::settled,
        assigned);
  }

  /** @param own whether a record with this key is of an athlete whose rows are here */
  PollBatch polls(DeadLetters dead, Predicate<String> own) {
    return new PollBatch(consumer, sweep, dead, reads, own);
  }

  TrackConsumer consumer() {
    return consumer;
  }

  PartitionReads reads() {
    return reads;
  }

  SessionSealer sealer() {
    return sealer;
  }

  SessionSweep sweep() {
    return sweep;
  }
}
