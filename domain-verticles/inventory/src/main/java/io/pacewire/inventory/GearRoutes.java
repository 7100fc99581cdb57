package io.pacewire.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pacewire.platform.web.BearerHandler;
import io.pacewire.platform.web.JsonBody;
import io.pacewire.platform.web.JwtPrincipal;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.platform.web.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.UUID;

/** The caller's gear. */
final class GearRoutes {
  private static final double LONGEST_LIFE_M = 1e9;

  private final GearRepository gear;
  private final InstantSource clock;

  GearRoutes(GearRepository gear, InstantSource clock) {
    this.gear = gear;
    this.clock = clock;
  }

  void mount(Router router, TokenVerifier tokens) {
    BearerHandler athlete = new BearerHandler(tokens, "athlete");
    router.get("/v1/gear").handler(athlete).respond(this::list);
    router.post("/v1/gear").handler(athlete).respond(this::add);
    router.get("/v1/gear/wear").handler(athlete).respond(this::wear);
  }

  private Future<JsonObject> list(RoutingContext ctx) {
    return gear.list(JwtPrincipal.of(ctx).subject())
        .map(found -> new JsonObject()
            .put("gear", new JsonArray(found.stream().map(GearRoutes::json).toList())));
  }

  private Future<JsonObject> add(RoutingContext ctx) {
    JsonBody body = JsonBody.of(ctx);
    GearKind kind = body.parsed("kind", 20, GearKind::of);
    UUID athlete = JwtPrincipal.of(ctx).subject();
    String key = ctx.request().getHeader("Idempotency-Key");
    // The same key is the same gear, also where the gateway could not note that it had been asked.
    UUID gearId = key == null
        ? UUID.randomUUID()
        : UUID.nameUUIDFromBytes(("gear/" + athlete + "/" + key).getBytes(UTF_8));
    Gear added = new Gear(
        gearId,
        body.text("name", 80),
        kind,
        false,
        body.number("lifeM", 1, LONGEST_LIFE_M, WearRules.lifeM(kind)),
        false,
        0);
    return gear.insert(added, athlete, clock.millis()).map(inserted -> {
      if (!inserted && key == null) {
        throw new ProblemException(Problem.conflict("gear-exists", "this gear is there already"));
      }
      ctx.response().setStatusCode(201);
      return json(added);
    });
  }

  private Future<JsonObject> wear(RoutingContext ctx) {
    UUID trainingId = JsonBody.uuid("trainingId", ctx.request().getParam("trainingId"));
    return gear.listWear(JwtPrincipal.of(ctx).subject(), trainingId).map(found -> {
      JsonArray wear = new JsonArray();
      found.forEach(one -> wear.add(new JsonObject()
          .put("gearId", one.gearId().toString())
          .put("name", one.name())
          .put("revision", one.revision())
          .put("distanceM", one.distanceM())));
      return new JsonObject().put("wear", wear);
    });
  }

  private static JsonObject json(Gear one) {
    return new JsonObject()
        .put("gearId", one.gearId().toString())
        .put("name", one.name())
        .put("kind", one.kind().text())
        .put("default", one.isDefault())
        .put("distanceM", one.distanceM())
        .put("lifeM", one.lifeM())
        .put("retired", one.retired());
  }
}
