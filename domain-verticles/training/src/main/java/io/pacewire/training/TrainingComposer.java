package io.pacewire.training;

import io.pacewire.track.Figures;
import io.pacewire.track.TrackFold;
import io.pacewire.track.pass.TrackPrint;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Makes a revision of a training out of its recipe. */
final class TrainingComposer {
  private final RecipeFold folds;
  private final PrintRepository prints;
  private final FoldWorkers workers;

  TrainingComposer(RecipeFold folds, PrintRepository prints, FoldWorkers workers) {
    this.folds = folds;
    this.workers = workers;
    this.prints = prints;
  }

  /**
   * What chunks and passes over the whole track say of a training.
   *
   * @param folded its figures
   * @param print to be kept with the revision that is made of it
   */
  record Composed(
      UUID trainingId, Recipe recipe, FoldedSession folded, long[] print, JsonObject findings) {

    /** Whether there is a sample that could make a training. */
    boolean hasContent() {
      return folded.figures().startAtEpochMs() != 0;
    }

    Figures figures() {
      return folded.figures();
    }

    Training training(int revision, String status, Origin origin) {
      return FoldFault.within(() -> made(revision, status, origin));
    }

    private Training made(int revision, String status, Origin origin) {
      Figures figures = folded.figures();
      CollectedTrack track = folded.track();
      return new Training(
          trainingId,
          recipe.firstSession(),
          revision,
          status,
          folded.complete(),
          figures.sport(),
          figures.startAtEpochMs(),
          figures.lastAtEpochMs(),
          figures.timeZone(),
          TrackFold.ALGORITHM_VERSION, // of what computed it, whatever the session began with
          shown(folded),
          LiveJson.splits(track.splits()),
          LiveJson.verdicts(track.verdicts(), folded.writerOf()),
          findings,
          origin);
    }
  }

  /**
   * Of what was a training with this recipe before. Keeps nothing: what comes of it may be refused. Fails
   * where nothing comes of it any more: nothing must not take the place of something.
   */
  Future<Composed> compose(UUID athleteId, UUID trainingId, Recipe recipe) {
    return composeEdited(athleteId, trainingId, recipe).map(composed -> {
      if (!composed.hasContent()) {
        throw RecordingGone.of(recipe.firstSession());
      }
      return composed;
    });
  }

  /** The same of a recipe that is new, and may leave nothing. */
  Future<Composed> composeEdited(UUID athleteId, UUID trainingId, Recipe recipe) {
    return compose(athleteId, trainingId, recipe, hashes -> Future.succeededFuture());
  }

  /** The same of a recording that is no training yet, and takes its place before its copies. */
  Future<Composed> composeFirst(UUID athleteId, UUID trainingId, Recipe recipe) {
    return compose(
        athleteId, trainingId, recipe, hashes -> prints.begin(athleteId, trainingId, hashes));
  }

  private Future<Composed> compose(
      UUID athleteId, UUID trainingId, Recipe recipe, Function<long[], Future<Void>> begin) {
    return folds
        .run(athleteId, recipe)
        .compose(folded -> folded.figures().startAtEpochMs() == 0
            ? Future.succeededFuture(
                new Composed(trainingId, recipe, folded, new long[0], new JsonObject()))
            : workers
                .run(() -> TrackPrint.of(folded.track().points()))
                .compose(print -> begin
                    .apply(print.hashes())
                    .compose(begun -> prints.listEarlier(
                        athleteId, trainingId, print.hashes(), recipe.sessions()))
                    .compose(earlier -> findings(folded, print, earlier))
                    .map(findings ->
                        new Composed(trainingId, recipe, folded, print.hashes(), findings))));
  }

  private Future<JsonObject> findings(
      FoldedSession folded, TrackPrint print, List<long[]> earlier) {
    return workers
        .run(() -> FindingsJson.of(folded.figures(), folded.track(), print, earlier))
        .map(findings -> folded.missing().isEmpty()
            ? findings
            : findings.put("missing", MissingBatches.json(folded.missing())));
  }

  private static JsonObject shown(FoldedSession folded) {
    Figures figures = folded.figures();
    JsonObject shown = LiveJson.figures(figures);
    shown.remove("paceSPerKm");
    shown.remove("speedMps");
    shown.remove("heartRateBpm");
    shown.remove("heartRateZone");
    shown
        .put("zones", LiveJson.zones(figures))
        .put("power", MeasuredJson.power(figures.power()))
        .put("motion", MeasuredJson.motion(figures.motion()))
        .put("effort", MeasuredJson.effort(figures))
        .put("parameters", MeasuredJson.parameters(figures.parameters()))
        .put("laps", MeasuredJson.laps(folded.track().laps()));
    if (folded.who() != null) {
      shown.put("writers", MeasuredJson.writers(folded.who()));
    }
    return shown;
  }
}
