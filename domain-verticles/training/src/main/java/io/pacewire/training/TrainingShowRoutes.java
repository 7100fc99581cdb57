package io.pacewire.training;

import io.pacewire.platform.web.BearerHandler;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.platform.web.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One training: what it came to, and what was doubted about it. */
final class TrainingShowRoutes {
  private static final int PAGE = 100;
  private static final int LONGEST_PAGE = 1_000;

  private final TrainingRepository trainings;

  TrainingShowRoutes(TrainingRepository trainings) {
    this.trainings = trainings;
  }

  void mount(Router router, TokenVerifier tokens) {
    BearerHandler athlete = new BearerHandler(tokens, "athlete");
    router.get("/v1/trainings/:id").handler(athlete).respond(this::show);
    router.get("/v1/trainings/:id/verdicts").handler(athlete).respond(this::verdicts);
  }

  private Future<@Nullable JsonObject> show(RoutingContext ctx) {
    return find(trainings, Parameters.of(ctx))
        .compose(training -> RevisionTag.unlessKnown(
            ctx, training, () -> Future.succeededFuture(TrainingJson.detail(training))));
  }

  private Future<JsonObject> verdicts(RoutingContext ctx) {
    Parameters asked = Parameters.of(ctx);
    int limit = asked.integer("limit", 1, LONGEST_PAGE, PAGE);
    int from = asked.integer("fromIndex", 0, Integer.MAX_VALUE, 0);
    List<String> reasons = asked.values("reason");
    return find(trainings, asked)
        .map(training ->
            VerdictPage.of(training.verdicts(), reasons, from, limit).json());
  }

  /** Rejected ones too: only who looks at it can restore it. */
  static Future<Training> find(TrainingRepository trainings, Parameters asked) {
    UUID id = asked.id();
    return trainings
        .find(asked.athlete(), id)
        .map(found -> found
            .filter(training -> !training.status().equals(Training.DELETED))
            .orElseThrow(() -> new ProblemException(Problem.notFound("training", id))));
  }

  /** @param next the index that the next page begins with, null behind the last */
  record VerdictPage(JsonArray verdicts, @Nullable Integer next, int total) {
    static VerdictPage of(JsonArray all, @Nullable List<String> reasons, int from, int limit) {
      JsonArray shown = new JsonArray();
      for (int i = 0; i < all.size(); i++) {
        JsonObject verdict = all.getJsonObject(i);
        boolean wanted = verdict.getInteger("index") >= from
            && (reasons == null || reasons.contains(verdict.getString("reason")));
        if (wanted && shown.size() == limit) {
          return new VerdictPage(
              shown, verdict.getInteger("index"), TrainingSummary.verdictCount(all));
        }
        if (wanted) {
          shown.add(verdict);
        }
      }
      return new VerdictPage(shown, null, TrainingSummary.verdictCount(all));
    }

    JsonObject json() {
      JsonObject json = new JsonObject().put("verdicts", verdicts).put("verdictCount", total);
      return next == null ? json : json.put("nextIndex", next);
    }
  }
}
