package io.pacewire.training;

import io.pacewire.platform.web.BearerHandler;
import io.pacewire.platform.web.JsonBody;
import io.pacewire.platform.web.JwtPrincipal;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.platform.web.TokenVerifier;
import io.pacewire.wire.WireLimits;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Trainings and sessions of the caller. What is another's is not there. */
final class TrainingRoutes {
  private final TrainingRepository trainings;
  private final SessionRepository sessions;
  private final LedgerRepository ledgers;
  private final LiveSnapshot snapshots;

  TrainingRoutes(
      TrainingRepository trainings,
      SessionRepository sessions,
      LedgerRepository ledgers,
      LiveSnapshot snapshots) {
    this.trainings = trainings;
    this.sessions = sessions;
    this.ledgers = ledgers;
    this.snapshots = snapshots;
  }

  void mount(Router router, TokenVerifier tokens) {
    BearerHandler athlete = new BearerHandler(tokens, "athlete");
    BearerHandler athleteOrDevice = new BearerHandler(tokens, "athlete", "ingest");
    router.get("/v1/trainings/:id/track").handler(athlete).respond(this::track);
    router.get("/v1/sessions/:id/live").handler(athlete).respond(this::snapshot);
    router.get("/v1/sessions/:id/ledger").handler(athleteOrDevice).respond(this::ledger);
  }

  private Future<Training> shown(UUID athlete, UUID id) {
    return trainings
        .find(athlete, id)
        .map(found -> found
            .filter(training -> !training.status().equals(Training.DELETED))
            .orElseThrow(() -> notFound("training", id)));
  }

  private Future<JsonObject> track(RoutingContext ctx) {
    boolean raw = flag(ctx, "raw");
    UUID id = id(ctx);
    UUID athlete = athlete(ctx);
    return shown(athlete, id).compose(training -> snapshots.track(athlete, training, raw));
  }

  private static boolean flag(RoutingContext ctx, String name) {
    String value = parameter(ctx, name);
    if (value != null && !value.equals("true") && !value.equals("false")) {
      throw new ProblemException(Problem.badRequest(name, "must be true or false"));
    }
    return "true".equals(value);
  }

  private Future<JsonObject> snapshot(RoutingContext ctx) {
    return head(new SessionKey(athlete(ctx), id(ctx))).compose(snapshots::take);
  }

  private Future<JsonObject> ledger(RoutingContext ctx) {
    int writer =
        JsonBody.integer("writer", parameter(ctx, "writer"), 0, WireLimits.MAX_WRITERS - 1, 0);
    return head(new SessionKey(athlete(ctx), id(ctx)))
        .compose(head ->
            ledgers.find(head, writer).map(ledger -> TrainingJson.ledger(head, writer, ledger)));
  }

  private Future<SessionHead> head(SessionKey key) {
    return sessions
        .findHead(key)
        .map(found -> found.orElseThrow(() -> notFound("session", key.sessionId())));
  }

  private static ProblemException notFound(String what, UUID id) {
    return new ProblemException(Problem.notFound(what, id));
  }

  private static UUID athlete(RoutingContext ctx) {
    return JwtPrincipal.of(ctx).subject();
  }

  private static UUID id(RoutingContext ctx) {
    return JsonBody.uuid("id", ctx.pathParam("id"));
  }

  private static @Nullable String parameter(RoutingContext ctx, String name) {
    return ctx.request().getParam(name);
  }
}
