package io.pacewire.training;

import static io.pacewire.training.ListQuery.Sort;

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
import org.jspecify.annotations.Nullable;

/** The caller's trainings, page by page. */
final class TrainingListRoutes {
  private static final int PAGE = 50;
  private static final int LONGEST_PAGE = 200;
  private static final List<String> STATUSES =
      List.of(Training.FINISHED, Training.REJECTED, Training.DELETED);

  private final TrainingListRepository trainings;

  TrainingListRoutes(TrainingListRepository trainings) {
    this.trainings = trainings;
  }

  void mount(Router router, TokenVerifier tokens) {
    BearerHandler athlete = new BearerHandler(tokens, "athlete");
    router.get("/v1/trainings").handler(athlete).respond(this::list);
  }

  private Future<JsonObject> list(RoutingContext ctx) {
    Parameters asked = Parameters.of(ctx);
    int limit = asked.integer("limit", 1, LONGEST_PAGE, PAGE);
    ListQuery query = query(asked);
    ListCursor after = asked.parsed("cursor", text -> ListCursor.decode(text, query));
    return trainings
        .list(asked.athlete(), query, after, limit + 1)
        .map(found -> page(found, query, limit));
  }

  private static ListQuery query(Parameters asked) {
    ListQuery.Range range = new ListQuery.Range(
        asked.epochMs("fromAtMs", 0),
        asked.epochMs("toAtMs", Long.MAX_VALUE),
        asked.amount("minDistanceM", 0),
        asked.amount("maxDistanceM", Double.MAX_VALUE),
        asked.amount("minDurationS", 0),
        asked.amount("maxDurationS", Double.MAX_VALUE));
    Parameters.ordered("fromAtMs", (double) range.fromAtMs(), "toAtMs", (double) range.toAtMs());
    Parameters.ordered("minDistanceM", range.fromDistanceM(), "maxDistanceM", range.toDistanceM());
    Parameters.ordered("minDurationS", range.fromDurationS(), "maxDurationS", range.toDurationS());
    return new ListQuery(
        asked.values("sport"),
        statuses(asked.values("status")),
        asked.flag("complete"),
        range,
        asked.word("sort", Sort.class, Sort.START),
        asked.word("order", Order.class, Order.DESC) == Order.ASC);
  }

  private enum Order {
    ASC,
    DESC
  }

  private static @Nullable List<String> statuses(@Nullable List<String> asked) {
    if (asked != null && !STATUSES.containsAll(asked)) {
      throw new ProblemException(
          Problem.badRequest("status", "must be of " + String.join(", ", STATUSES)));
    }
    return asked;
  }

  /** @param limit one more than this was asked for, so that it is known whether there is a next page */
  private static JsonObject page(List<TrainingSummary> found, ListQuery query, int limit) {
    List<TrainingSummary> shown = found.subList(0, Math.min(limit, found.size()));
    JsonArray trainings = new JsonArray();
    shown.forEach(one -> trainings.add(one.json()));
    JsonObject page = new JsonObject().put("trainings", trainings);
    if (found.size() > limit) {
      TrainingSummary last = shown.get(limit - 1);
      page.put("next", new ListCursor(query.sort().value(last), last.trainingId()).encode(query));
    }
    return page;
  }
}
