package io.pacewire.training;

import io.pacewire.platform.web.ProblemException;
import io.pacewire.training.imports.DeletedTrainings;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.UUID;

/** Who imports what they deleted wants it back: it is restored as it was, edits and all. */
final class RestoredByImport implements DeletedTrainings {
  private final TrainingRepository trainings;
  private final TrainingLifecycle lifecycle;
  private final Context loop;

  /** @param loop on which trainings are restored; imports have threads of their own */
  RestoredByImport(TrainingRepository trainings, TrainingLifecycle lifecycle, Context loop) {
    this.trainings = trainings;
    this.lifecycle = lifecycle;
    this.loop = loop;
  }

  @Override
  public Future<Restored> restore(UUID athleteId, UUID trainingId) {
    Promise<Restored> done = Promise.promise();
    loop.runOnContext(go -> onLoop(athleteId, trainingId).onComplete(done));
    return done.future();
  }

  private Future<Restored> onLoop(UUID athleteId, UUID id) {
    return trainings.find(athleteId, id).compose(found -> {
      Training training = found.orElse(null);
      if (training == null || !training.status().equals(Training.DELETED)) {
        boolean rejected = training != null && training.status().equals(Training.REJECTED);
        return Future.succeededFuture(new Restored(id, rejected ? Found.REJECTED : Found.THERE));
      }
      UUID into = training.origin().mergedInto();
      return into == null
          ? restored(athleteId, id)
          : Future.succeededFuture(new Restored(into, Found.THERE));
    });
  }

  private Future<Restored> restored(UUID athleteId, UUID id) {
    return lifecycle
        .restore(athleteId, id, null)
        .map(training -> new Restored(id, Found.RESTORED))
        .recover(cause ->
            cause instanceof ProblemException expected && expected.problem().status() < 500
                ? Future.succeededFuture(
                    new Restored(id, Found.DELETED, expected.problem().detail()))
                : Future.failedFuture(cause));
  }
}
