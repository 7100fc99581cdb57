package io.pacewire.training;

import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.training.imports.TimeCursor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;

/** A consumer of the training role, fed by hand; several share one real PostgreSQL. */
final class TrainingCore {
  static final Duration SILENCE = Duration.ofHours(6);
  static final Duration MISSING = Duration.ofMinutes(2);
  static final Duration REVISION = Duration.ofSeconds(30);
  static final Duration SEALING = Duration.ofHours(1);
  /** Each has a quarter of a second; sessions that other tests left are due as well. */
  private static final int MOST_SWEEPS = 100;

  private static final TopicPartition PARTITION = new TopicPartition("telemetry.live.v1", 0);

  private static final long LONG_MS = Duration.ofDays(8).toMillis();

  final Pool pool;
  private final TrackConsumer consumer;
  private final SessionSweep sweep;
  final SessionRepository sessions;
  final ChunkRepository chunks;
  final TrainingRepository trainings;
  final TrainingLifecycle lifecycle;
  final LiveSnapshot snapshots;
  final PointRepository points;
  final SessionFold folds;
  final SessionSealer sealer;
  final TrainingEdits edits;
  final TrainingRecompute recompute;
  final TrainingParts parts;
  final ConsumerParts taking;
  private long consumedMs;

  TrainingCore(Vertx vertx, Pool pool) {
    this(vertx, pool, pool);
  }

  TrainingCore(Vertx vertx, Pool pool, Pool lookups) {
    this.pool = pool;
    chunks = new ChunkRepository(pool);
    sessions = new SessionRepository(pool);
    trainings = new TrainingRepository(pool);
    FoldParts made = new FoldParts(vertx, pool, lookups);
    parts = new TrainingParts(vertx, pool, made, InstantSource.system());
    taking = new ConsumerParts(
        vertx,
        made,
        pool,
        lookups,
        new TrainingConfig(
            "127.0.0.1",
            0,
            1,
            500,
            Duration.ofMillis(500),
            1_000,
            new SessionWaits(SILENCE, MISSING, REVISION, SEALING),
            0,
            RealServers.kafka(),
            null,
            null,
            io.pacewire.training.imports.ImportSettings.usual()),
        InstantSource.system(),
        () -> Future.succeededFuture(Set.of(PARTITION)));
    lifecycle = parts.lifecycle();
    snapshots = parts.snapshots();
    points = parts.points();
    folds = parts.folds();
    sealer = taking.sealer();
    edits = parts.edits();
    recompute = parts.recompute();
    consumer = taking.consumer();
    sweep = taking.sweep();
  }

  /** A poll. */
  void apply(List<TelemetryRecord> records) throws Exception {
    List<TelemetryRecord> failed = tryApply(records);
    if (!failed.isEmpty()) {
      throw new AssertionError(failed.size() + " batches that the database does not take");
    }
  }

  /** What no database takes. */
  List<TelemetryRecord> tryApply(List<TelemetryRecord> records) throws Exception {
    return Await.get(
        consumer.apply(records).compose(failed -> consumer.settled().map(failed)));
  }

  void apply(TelemetryRecord... records) throws Exception {
    apply(List.of(records));
  }

  /** Everything up to this time has been consumed, and ingest was there for days. */
  void consumedUntil(long ms) throws Exception {
    long from = consumedMs == 0 ? ms - LONG_MS : consumedMs;
    for (long at = from; at < ms; at += ConsumedClock.STILL_AFTER_MS) {
      sweep.clock().consumed(PARTITION, at);
    }
    consumedAfterAJump(ms);
  }

  /** The same, but nothing was heard of ingest since the last time. */
  void consumedAfterAJump(long ms) throws Exception {
    consumedMs = Math.max(consumedMs, ms);
    sweep.clock().consumed(PARTITION, ms);
    Await.get(sweep.run(0));
    for (int more = 0; sweep.isMoreDue() && more < MOST_SWEEPS; more++) {
      Await.get(sweep.run(0));
    }
    Await.get(sealer.settled());
  }

  Optional<Training> training(RecordedRun run) throws Exception {
    return Await.get(trainings.find(run.athlete, run.session));
  }

  /** The newest of the athlete's trainings. */
  List<TrainingSummary> listed(RecordedRun run) throws Exception {
    return Await.get(
        new TrainingListRepository(pool).list(run.athlete, ListQueries.all(), null, 10));
  }

  /** The athlete's sessions under way. */
  List<ListedSession> live(RecordedRun run) throws Exception {
    return Await.get(new SessionListRepository(pool)
        .list(
            run.athlete,
            new SessionListRepository.Query(List.of(SessionHead.State.LIVE), null, false),
            TimeCursor.start(false),
            10));
  }

  Training written(RecordedRun run) throws Exception {
    return training(run).orElseThrow(() -> new AssertionError("no training was written"));
  }

  SessionHead head(RecordedRun run) throws Exception {
    return Await.get(sessions.findHead(run.key())).orElseThrow();
  }

  StoredLedger ledger(RecordedRun run) throws Exception {
    return ledger(run, 0);
  }

  StoredLedger ledger(RecordedRun run, int writer) throws Exception {
    return Await.get(new LedgerRepository(pool).find(head(run), writer));
  }

  /** What the facts of a type say that were written about an athlete, in order. */
  List<JsonObject> facts(UUID athlete, String type) throws Exception {
    List<JsonObject> facts = new ArrayList<>();
    Await.get(pool.preparedQuery(
                "SELECT convert_from(payload, 'UTF8') AS payload FROM outbox WHERE key = $1 AND type = $2 ORDER BY id")
            .execute(Tuple.of(athlete.toString(), type)))
        .forEach(row -> facts.add(new JsonObject(row.getString("payload"))));
    return facts;
  }

  /** Does what a database administrator might. */
  void sql(String statement) throws Exception {
    var unused = Await.get(pool.query(statement).execute());
  }

  /** What a statement says that has one number. */
  long number(String statement) throws Exception {
    return Await.get(pool.query(statement).execute()).iterator().next().getLong(0);
  }
}
