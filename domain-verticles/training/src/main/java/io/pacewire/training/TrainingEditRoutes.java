package io.pacewire.training;

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
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What athletes change of their trainings. {@code If-Match} names the revision that was seen; each POST
 * takes an {@code Idempotency-Key}.
 */
final class TrainingEditRoutes {
  private static final int LONGEST_REASON = 200;
  private static final int PAGE = 10;
  private static final int LONGEST_PAGE = 50;
  private static final int AT_ONCE = 4;
  private static final int WAITING = 32;
  private static final Pattern ENTITY_TAG = Pattern.compile("\"(\\d{1,9})\"");

  private final TrainingLifecycle lifecycle;
  private final TrainingEdits edits;
  private final TrainingRecompute recompute;
  private final OncePosts once;
  private final Turnstile turnstile = new Turnstile(AT_ONCE, WAITING);

  TrainingEditRoutes(
      TrainingLifecycle lifecycle,
      TrainingEdits edits,
      TrainingRecompute recompute,
      OncePosts once) {
    this.lifecycle = lifecycle;
    this.edits = edits;
    this.recompute = recompute;
    this.once = once;
  }

  void mount(Router router, TokenVerifier tokens) {
    BearerHandler athlete = new BearerHandler(tokens, "athlete");
    router.delete("/v1/trainings/:id").handler(athlete).respond(this::delete);
    router.patch("/v1/trainings/:id").handler(athlete).respond(this::change);
    router.post("/v1/trainings/recompute").handler(athlete).respond(this::recomputeSome);
    router.post("/v1/trainings/:id/reject").handler(athlete).respond(this::reject);
    router.post("/v1/trainings/:id/restore").handler(athlete).respond(this::restore);
    router.post("/v1/trainings/:id/crop").handler(athlete).respond(this::crop);
    router.post("/v1/trainings/:id/split").handler(athlete).respond(this::split);
    router.post("/v1/trainings/:id/merge").handler(athlete).respond(this::merge);
    router.post("/v1/trainings/:id/elevation").handler(athlete).respond(this::elevation);
    router.post("/v1/trainings/:id/recompute").handler(athlete).respond(this::recompute);
    router.post("/v1/trainings/:id/undo").handler(athlete).respond(this::undo);
  }

  /** @return nothing, which is answered with 204 */
  private Future<@Nullable Void> delete(RoutingContext ctx) {
    Target target = target(ctx);
    return tagged(ctx, lifecycle.delete(target.athleteId(), target.trainingId(), target.expected()))
        .map(gone -> null);
  }

  private Future<JsonObject> change(RoutingContext ctx) {
    Target target = target(ctx);
    String sport = EditBody.of(ctx).sport();
    return shown(ctx, () -> edits.changeSport(target, sport));
  }

  private Future<JsonObject> reject(RoutingContext ctx) {
    Target target = target(ctx);
    String reason = EditBody.of(ctx).reason(LONGEST_REASON);
    return posted(ctx, answer -> lifecycle.reject(target.answered(answer), reason));
  }

  private Future<JsonObject> restore(RoutingContext ctx) {
    Target target = target(ctx);
    return posted(ctx, answer -> lifecycle.restore(target.answered(answer)));
  }

  private Future<JsonObject> crop(RoutingContext ctx) {
    Target target = target(ctx);
    EditBody body = EditBody.of(ctx);
    Long fromMs = body.optionalTimeMs("fromMs");
    Long toMs = body.optionalTimeMs("toMs");
    return posted(ctx, answer -> edits.crop(target.answered(answer), fromMs, toMs));
  }

  private Future<JsonObject> split(RoutingContext ctx) {
    Target target = target(ctx);
    long atMs = EditBody.of(ctx).timeMs("atMs");
    return posted(ctx, answer -> edits.split(target.answered(answer), atMs));
  }

  private Future<JsonObject> merge(RoutingContext ctx) {
    Target target = target(ctx);
    var with = EditBody.of(ctx).trainings("with", target.trainingId());
    return posted(ctx, answer -> edits.merge(target.answered(answer), with));
  }

  private Future<JsonObject> elevation(RoutingContext ctx) {
    Target target = target(ctx);
    Elevation elevation = EditBody.of(ctx).elevation();
    return posted(ctx, answer -> edits.correctElevation(target.answered(answer), elevation));
  }

  private Future<JsonObject> recompute(RoutingContext ctx) {
    Target target = target(ctx);
    Integer version = EditBody.of(ctx).algorithmVersion();
    return posted(ctx, answer -> recompute.one(target.answered(answer), version));
  }

  /**
   * Asked twice, it would take back two edits: other edits know themselves again, this one is of
   * whatever was last. So the caller says which revision that is (RFC 6585, 3).
   */
  private Future<JsonObject> undo(RoutingContext ctx) {
    Target target = target(ctx);
    if (target.expected() == null) {
      throw new ProblemException(Problem.of(
          428,
          "precondition-required",
          "It must be said which revision is taken back",
          "If-Match must be the ETag of the training as it is now"));
    }
    return posted(ctx, answer -> lifecycle.undo(target.answered(answer)));
  }

  private Future<JsonObject> recomputeSome(RoutingContext ctx) {
    UUID athlete = JwtPrincipal.of(ctx).subject();
    int limit = JsonBody.integer("limit", ctx.request().getParam("limit"), 1, LONGEST_PAGE, PAGE);
    String cursor = ctx.request().getParam("cursor");
    UUID after = cursor == null ? null : JsonBody.uuid("cursor", cursor);
    return once.answer(ctx, answer -> recompute.page(athlete, after, limit, turnstile));
  }

  private Future<JsonObject> posted(
      RoutingContext ctx, Function<KeyedAnswer, Future<Training>> edit) {
    return once.answer(ctx, answer -> shown(ctx, () -> edit.apply(answer)));
  }

  private Future<JsonObject> shown(RoutingContext ctx, Supplier<Future<Training>> edit) {
    return tagged(ctx, turnstile.pass(JwtPrincipal.of(ctx).subject(), edit))
        .map(TrainingJson::detail);
  }

  /** Names the revision that holds, of what was changed as of what was not. */
  private static Future<Training> tagged(RoutingContext ctx, Future<Training> edited) {
    return edited
        .onSuccess(training -> ctx.response().putHeader("ETag", RevisionTag.of(training)))
        .onFailure(cause -> {
          if (cause instanceof ProblemException expected
              && expected.problem().extra().get("etag") instanceof String tag) {
            ctx.response().putHeader("ETag", tag);
          }
        });
  }

  private static Target target(RoutingContext ctx) {
    return new Target(
        JwtPrincipal.of(ctx).subject(), JsonBody.uuid("id", ctx.pathParam("id")), expected(ctx));
  }

  /** The revision that If-Match names (RFC 9110, 13.1.1), null where it names none. */
  private static @Nullable Integer expected(RoutingContext ctx) {
    String match = ctx.request().getHeader("If-Match");
    if (match == null || match.equals("*")) {
      return null;
    }
    Matcher revision = ENTITY_TAG.matcher(match);
    if (!revision.matches()) {
      throw new ProblemException(Problem.badRequest("If-Match", "must be the ETag of a training"));
    }
    return Integer.valueOf(revision.group(1));
  }
}
