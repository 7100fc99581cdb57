package io.pacewire.training.imports;

import io.pacewire.platform.web.BearerHandler;
import io.pacewire.platform.web.JsonBody;
import io.pacewire.platform.web.JwtPrincipal;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.platform.web.TokenVerifier;
import io.pacewire.training.imports.ImportJob.State;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of the caller's archives, and what should not. */
final class ImportRoutes {
  private static final int PAGE = 100;
  private static final int LONGEST_PAGE = 1_000;
  private static final int LONGEST_LIST = 200;
  private static final List<String> OUTCOMES =
      List.of(FileReport.IMPORTED, FileReport.DUPLICATE, FileReport.REFUSED, FileReport.SKIPPED);

  private final ImportStores stores;
  private final ImportWorker worker;
  private final InstantSource clock;

  ImportRoutes(ImportStores stores, ImportWorker worker, InstantSource clock) {
    this.stores = stores;
    this.worker = worker;
    this.clock = clock;
  }

  void mount(Router router, TokenVerifier tokens) {
    BearerHandler athlete = new BearerHandler(tokens, "athlete");
    router.get(UploadRoute.PATH).handler(athlete).respond(this::list);
    router.get(UploadRoute.PATH + "/:id").handler(athlete).respond(this::show);
    router.delete(UploadRoute.PATH + "/:id").handler(athlete).respond(this::cancel);
  }

  private Future<JsonObject> list(RoutingContext ctx) {
    int limit = JsonBody.integer("limit", ctx.request().getParam("limit"), 1, LONGEST_LIST, PAGE);
    List<State> states = states(ctx.request().getParam("state"));
    String list = "imports-" + Integer.toHexString(String.valueOf(states).hashCode());
    String cursor = ctx.request().getParam("cursor");
    TimeCursor after = cursor == null
        ? TimeCursor.start(false)
        : JsonBody.parse("cursor", cursor, text -> TimeCursor.decode(text, list));
    return stores
        .imports()
        .list(JwtPrincipal.of(ctx).subject(), states, after, limit + 1)
        .map(found -> ImportJson.page(found, limit, list));
  }

  /** In their own order, so that the same states are the same list. */
  private static @Nullable List<State> states(@Nullable String asked) {
    if (asked == null) {
      return null;
    }
    List<String> names = List.of(asked.split(",", -1));
    List<State> states = Arrays.stream(State.values())
        .filter(state -> names.contains(state.name().toLowerCase(Locale.ROOT)))
        .toList();
    if (states.size() != names.size()) {
      throw new ProblemException(Problem.badRequest(
          "state", "must be of uploading, waiting, working, done, failed, cancelled, each once"));
    }
    return states;
  }

  private Future<JsonObject> show(RoutingContext ctx) {
    UUID id = JsonBody.uuid("id", ctx.pathParam("id"));
    int limit = JsonBody.integer("limit", ctx.request().getParam("limit"), 1, LONGEST_PAGE, PAGE);
    int from = JsonBody.integer(
        "fromNumber", ctx.request().getParam("fromNumber"), 0, Integer.MAX_VALUE, 0);
    String outcome = ctx.request().getParam("outcome");
    if (outcome != null && !OUTCOMES.contains(outcome)) {
      throw new ProblemException(
          Problem.badRequest("outcome", "must be one of " + String.join(", ", OUTCOMES)));
    }
    return stores
        .imports()
        .find(JwtPrincipal.of(ctx).subject(), id)
        .map(found -> found.orElseThrow(() -> notFound(id)))
        .compose(job -> stores
            .reports()
            .count(id)
            .compose(counts -> stores
                .reports()
                .list(id, from, outcome, limit + 1)
                .map(files -> ImportJson.detail(job, counts, files, limit))));
  }

  /** What waits ends at once, what is worked on with the file under way; what was imported stays. */
  private Future<JsonObject> cancel(RoutingContext ctx) {
    UUID id = JsonBody.uuid("id", ctx.pathParam("id"));
    UUID athlete = JwtPrincipal.of(ctx).subject();
    return stores.imports().cancel(athlete, id, clock.millis()).compose(found -> {
      if (found.isEmpty()) {
        return ended(athlete, id);
      }
      ImportJob job = found.get();
      if (job.state() == State.CANCELLED) {
        return stores.pieces().delete(id).map(ImportJson.job(job));
      }
      worker.stop(id);
      return Future.succeededFuture(ImportJson.job(job));
    });
  }

  private Future<JsonObject> ended(UUID athlete, UUID id) {
    return stores.imports().find(athlete, id).map(found -> {
      ImportJob job = found.orElseThrow(() -> notFound(id));
      if (job.state() != State.CANCELLED) {
        throw new ProblemException(Problem.conflict(
            "import-ended", "The import has ended; its trainings can be deleted one by one"));
      }
      return ImportJson.job(job);
    });
  }

  private static ProblemException notFound(UUID id) {
    return new ProblemException(Problem.notFound("import", id));
  }
}
