package io.pacewire.training;

import io.pacewire.platform.web.ApiDocument;
import io.pacewire.platform.web.BearerHandler;
import io.pacewire.platform.web.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/** Puts the objects of the training role together, bottom up. */
final class TrainingParts {
  /** Threads that pack and unpack what is stored, beside the event loop. */
  private static final int PACKERS = 2;

  /** Threads that write files of trainings. */
  private static final int EXPORTERS = 2;

  private static final String API_PATH = "/v1/openapi/training.json";

  private final Vertx vertx;
  private final Pool pool;
  private final InstantSource clock;
  private final ChunkRepository chunks;
  private final SessionRepository sessions;
  private final LedgerRepository ledgers;
  private final TrainingRepository trainings;
  private final LiveSnapshot snapshots;
  private final PointRepository points;
  private final SessionFold whole;
  private final TrainingLines lines;
  private final WorkerExecutor packers;
  private final TrainingLifecycle lifecycle;
  private final TrainingEdits edits;
  private final TrainingRecompute recompute;
  private final OncePosts once;
  private final SessionFinisher finisher;
  private final SessionSealer sealer;
  private final ConsumerParts taking;

  /**
   * @param pool for what is asked and edited
   * @param lookups for what takes in telemetry
   */
  TrainingParts(
      Vertx vertx,
      Pool pool,
      Pool lookups,
      TrainingConfig config,
      InstantSource clock,
      Supplier<Future<Set<TopicPartition>>> assigned) {
    this.vertx = vertx;
    this.pool = pool;
    this.clock = clock;
    chunks = new ChunkRepository(pool);
    sessions = new SessionRepository(pool);
    ledgers = new LedgerRepository(pool);
    trainings = new TrainingRepository(pool);
    SkipRepository skips = new SkipRepository(pool);
    Recomputation recomputation = new Recomputation(chunks, skips);
    whole = new SessionFold(chunks, recomputation);
    packers = vertx.createSharedWorkerExecutor("training-packers", PACKERS);
    points = new PointRepository(pool, packers);
    RecipeFold recipes = new RecipeFold(sessions, whole);
    lines = new TrainingLines(sessions, points, recipes);
    BeyondGaps beyond = new BeyondGaps(chunks);
    snapshots = new LiveSnapshot(
        chunks, beyond, recomputation, whole, new FinishedSnapshot(trainings, lines), lines, clock);
    Partitions partitions = new Partitions(vertx, pool);
    sealer = new SessionSealer(new SealingRepository(pool), chunks, partitions, packers);
    TrainingComposer composer = new TrainingComposer(recipes, new PrintRepository(pool));
    finisher = new SessionFinisher(composer, trainings, sessions, lines);
    HeldTrainings held = new HeldTrainings(trainings);
    lifecycle = new TrainingLifecycle(trainings, held, composer);
    edits = new TrainingEdits(trainings, held, composer);
    recompute = new TrainingRecompute(trainings, held, finisher);
    once = new OncePosts(new IdempotencyRepository(pool), clock);
    taking =
        new ConsumerParts(vertx, lookups, config, clock, partitions, finisher, sealer, assigned);
  }

  /** Behind the document, so that routes see only what it allows. */
  void mount(Router router, ApiDocument api, TokenVerifier tokens) {
    api.mount(router, API_PATH, new BearerHandler(tokens, "athlete", "ingest"));
    new TrainingListRoutes(new TrainingListRepository(pool)).mount(router, tokens);
    exports().mount(router, tokens);
    new TrainingShowRoutes(trainings).mount(router, tokens);
    new StreamRoutes(trainings, lines, packers).mount(router, tokens);
    new GeometryRoutes(trainings, lines, packers).mount(router, tokens);
    RollupRepository rollups = new RollupRepository(pool);
    new TotalsRoutes(rollups).mount(router, tokens);
    new LoadRoutes(rollups, clock).mount(router, tokens);
    new RecordRoutes(new RecordRepository(pool)).mount(router, tokens);
    new TrainingRoutes(trainings, sessions, ledgers, snapshots).mount(router, tokens);
    new TrainingEditRoutes(lifecycle, edits, recompute, once).mount(router, tokens);
  }

  private ExportRoutes exports() {
    WorkerExecutor exporters = vertx.createSharedWorkerExecutor("training-exports", EXPORTERS);
    TrainingExport export = new TrainingExport(sessions, chunks, whole, exporters);
    return new ExportRoutes(vertx, trainings, lines, export, exporters);
  }

  SummaryRepairRepository summaries() {
    return new SummaryRepairRepository(pool, trainings);
  }

  /** What takes in telemetry. */
  ConsumerParts taking() {
    return taking;
  }

  TrainingLifecycle lifecycle() {
    return lifecycle;
  }

  /** What tests look at. */
  LiveSnapshot snapshots() {
    return snapshots;
  }

  SessionFinisher finisher() {
    return finisher;
  }

  PointRepository points() {
    return points;
  }

  SessionSealer sealer() {
    return sealer;
  }

  SessionFold folds() {
    return whole;
  }

  TrainingEdits edits() {
    return edits;
  }

  TrainingRecompute recompute() {
    return recompute;
  }
}
