package io.pacewire.training;

import io.pacewire.platform.web.ApiDocument;
import io.pacewire.platform.web.BearerHandler;
import io.pacewire.platform.web.TokenVerifier;
import io.pacewire.training.imports.DeletedTrainings;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;
import java.time.InstantSource;

/** Puts together, bottom up, what answers requests. */
final class TrainingParts {
  /** Threads that write files of trainings. */
  private static final int EXPORTERS = 2;

  private static final String API_PATH = "/v1/openapi/training.json";

  private final Vertx vertx;
  private final Pool pool;
  private final InstantSource clock;
  private final FoldParts folds;
  private final LedgerRepository ledgers;
  private final LiveSnapshot snapshots;
  private final TrainingLifecycle lifecycle;
  private final TrainingEdits edits;
  private final TrainingRecompute recompute;
  private final OncePosts once;
  private final ZoneRepository zones;

  TrainingParts(Vertx vertx, Pool pool, FoldParts folds, InstantSource clock) {
    this.vertx = vertx;
    this.pool = pool;
    this.clock = clock;
    this.folds = folds;
    zones = new ZoneRepository(pool);
    ledgers = new LedgerRepository(pool);
    snapshots = new LiveSnapshot(
        folds.chunks,
        new BeyondGaps(folds.chunks),
        folds.recomputation,
        folds.whole,
        new FinishedSnapshot(folds.trainings, folds.lines),
        folds.lines,
        clock);
    HeldTrainings held = new HeldTrainings(folds.trainings);
    lifecycle = new TrainingLifecycle(folds.trainings, held, folds.composer);
    edits = new TrainingEdits(folds.trainings, held, folds.composer);
    recompute = new TrainingRecompute(folds.trainings, held, folds.finisher);
    once = new OncePosts(new IdempotencyRepository(pool), clock);
  }

  DeletedTrainings deletedTrainings() {
    return new RestoredByImport(folds.trainings, lifecycle, vertx.getOrCreateContext());
  }

  ZoneRepository zones() {
    return zones;
  }

  /** Behind the document, so that routes see only what it allows. */
  void mount(Router router, ApiDocument api, TokenVerifier tokens) {
    api.mount(router, API_PATH, new BearerHandler(tokens, "athlete", "ingest"));
    new TrainingListRoutes(new TrainingListRepository(pool)).mount(router, tokens);
    exports().mount(router, tokens);
    new TrainingShowRoutes(folds.trainings).mount(router, tokens);
    new StreamRoutes(folds.trainings, folds.lines, folds.packers).mount(router, tokens);
    new GeometryRoutes(folds.trainings, folds.lines, folds.packers).mount(router, tokens);
    RollupRepository rollups = new RollupRepository(pool);
    AthleteDays days = new AthleteDays(rollups, zones);
    new TotalsRoutes(days).mount(router, tokens);
    new LoadRoutes(rollups, days, clock).mount(router, tokens);
    new RecordRoutes(new RecordRepository(pool)).mount(router, tokens);
    new SessionListRoutes(new SessionListRepository(pool)).mount(router, tokens);
    new TrainingRoutes(folds.trainings, folds.sessions, ledgers, snapshots).mount(router, tokens);
    new TrainingEditRoutes(lifecycle, edits, recompute, once).mount(router, tokens);
  }

  private ExportRoutes exports() {
    WorkerExecutor exporters = vertx.createSharedWorkerExecutor("training-exports", EXPORTERS);
    TrainingExport export =
        new TrainingExport(folds.sessions, folds.chunks, folds.whole, exporters);
    return new ExportRoutes(vertx, folds.trainings, folds.lines, export, exporters);
  }

  SummaryRepairRepository summaries() {
    return new SummaryRepairRepository(pool, folds.trainings);
  }

  TrainingLifecycle lifecycle() {
    return lifecycle;
  }

  /** What tests look at. */
  LiveSnapshot snapshots() {
    return snapshots;
  }

  SessionFinisher finisher() {
    return folds.finisher;
  }

  PointRepository points() {
    return folds.points;
  }

  SessionFold folds() {
    return folds.whole;
  }

  TrainingEdits edits() {
    return edits;
  }

  TrainingRecompute recompute() {
    return recompute;
  }
}
