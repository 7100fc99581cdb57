package io.pacewire.training;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.sqlclient.Pool;

/** What makes trainings of chunks, put together: for the role, and for an operator beside it. */
final class FoldParts {
  /** Threads that pack and unpack what is stored, beside the event loop. */
  private static final int PACKERS = 2;

  final ChunkRepository chunks;
  final SessionRepository sessions;
  final TrainingRepository trainings;
  final PointRepository points;
  final WorkerExecutor packers;
  final Recomputation recomputation;
  final SessionFold whole;
  final TrainingLines lines;
  final TrainingComposer composer;
  final SessionFinisher finisher;

  FoldParts(Vertx vertx, Pool pool, Pool lookups) {
    chunks = new ChunkRepository(pool);
    sessions = new SessionRepository(pool);
    trainings = new TrainingRepository(pool);
    packers = vertx.createSharedWorkerExecutor("training-packers", PACKERS);
    points = new PointRepository(pool, packers);
    FoldWorkers workers = new FoldWorkers(vertx);
    recomputation = new Recomputation(chunks, new SkipRepository(pool), workers);
    whole = new SessionFold(chunks, recomputation, workers);
    RecipeFold recipes = new RecipeFold(sessions, whole, workers);
    lines = new TrainingLines(sessions, points, recipes, workers);
    composer = new TrainingComposer(recipes, new PrintRepository(lookups), workers);
    finisher = new SessionFinisher(composer, trainings, sessions, lines);
  }
}
