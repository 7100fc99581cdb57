package io.pacewire.training.imports;

import io.pacewire.platform.web.BearerHandler;
import io.pacewire.platform.web.JsonBody;
import io.pacewire.platform.web.JwtPrincipal;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.platform.web.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.UUID;

/** What became of the caller's archives. */
final class ImportRoutes {
  private static final int PAGE = 100;
  private static final int LONGEST_PAGE = 1_000;
  private static final List<String> OUTCOMES =
      List.of(FileReport.IMPORTED, FileReport.DUPLICATE, FileReport.REFUSED, FileReport.SKIPPED);

  private final ImportStores stores;

  ImportRoutes(ImportStores stores) {
    this.stores = stores;
  }

  void mount(Router router, TokenVerifier tokens) {
    BearerHandler athlete = new BearerHandler(tokens, "athlete");
    router.get(UploadRoute.PATH).handler(athlete).respond(this::list);
    router.get(UploadRoute.PATH + "/:id").handler(athlete).respond(this::show);
  }

  private Future<JsonObject> list(RoutingContext ctx) {
    return stores.imports().list(JwtPrincipal.of(ctx).subject()).map(ImportJson::list);
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
        .map(found -> found.orElseThrow(() -> new ProblemException(Problem.notFound("import", id))))
        .compose(job -> stores
            .reports()
            .count(id)
            .compose(counts -> stores
                .reports()
                .list(id, from, outcome, limit + 1)
                .map(files -> ImportJson.detail(job, counts, files, limit))));
  }
}
