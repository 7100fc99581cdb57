package io.pacewire.identity;

import io.pacewire.identity.DeviceRepository.Device;
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
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.UUID;

/** Devices: registered by an athlete, then on their own with a secret that is told once. */
final class DeviceRoutes {
  private static final int LONGEST_NAME = 80;
  private static final int LONGEST_KIND = 20;
  private static final int LONGEST_SECRET = 200;
  private static final int MOST = 100;

  private final DeviceRepository devices;
  private final Revoker revoker;
  private final TokenIssuer issuer;
  private final InstantSource clock;

  DeviceRoutes(DeviceRepository devices, Revoker revoker, TokenIssuer issuer, InstantSource clock) {
    this.devices = devices;
    this.revoker = revoker;
    this.issuer = issuer;
    this.clock = clock;
  }

  void mount(Router router, TokenVerifier tokens) {
    BearerHandler athlete = new BearerHandler(tokens, "athlete");
    router.post("/v1/devices").handler(athlete).respond(this::register);
    router.get("/v1/devices").handler(athlete).respond(this::list);
    router.delete("/v1/devices/:id").handler(athlete).respond(this::remove);
    router.post("/v1/devices/:id/token").respond(this::token);
  }

  private Future<JsonObject> register(RoutingContext ctx) {
    JsonBody body = JsonBody.of(ctx);
    String secret = Secrets.next();
    Device device = new Device(
        UUID.randomUUID(),
        JwtPrincipal.of(ctx).subject(),
        body.text("name", LONGEST_NAME),
        body.text("kind", LONGEST_KIND),
        Secrets.hash(secret),
        clock.millis());
    return devices.insert(device, MOST).map(inserted -> {
      if (!inserted) {
        throw new ProblemException(
            Problem.conflict("too-many-devices", "remove one first; the most are " + MOST));
      }
      ctx.response().setStatusCode(201).putHeader("Cache-Control", "no-store");
      return json(device).put("secret", secret);
    });
  }

  private Future<JsonObject> list(RoutingContext ctx) {
    return devices
        .list(JwtPrincipal.of(ctx).subject())
        .map(found -> new JsonObject()
            .put("devices", new JsonArray(found.stream().map(DeviceRoutes::json).toList())));
  }

  private Future<JsonObject> remove(RoutingContext ctx) {
    UUID id = JsonBody.uuid("id", ctx.pathParam("id"));
    return revoker.device(id, JwtPrincipal.of(ctx).subject()).map(removed -> {
      if (!removed) {
        throw new ProblemException(Problem.notFound("device", id));
      }
      return new JsonObject();
    });
  }

  private Future<JsonObject> token(RoutingContext ctx) {
    UUID id = JsonBody.uuid("id", ctx.pathParam("id"));
    byte[] shown = Secrets.hash(JsonBody.of(ctx).text("secret", LONGEST_SECRET));
    return devices.find(id).map(found -> {
      Device device = found.orElseThrow(DeviceRoutes::refused);
      if (!MessageDigest.isEqual(device.secretHash(), shown)) {
        throw refused();
      }
      ctx.response().putHeader("Cache-Control", "no-store");
      return new JsonObject()
          .put("accessToken", issuer.device(device.athleteId(), id))
          .put("expiresInS", TokenIssuer.LIFE.toSeconds());
    });
  }

  /** The same for a device that is not there, so that ids cannot be probed. */
  private static ProblemException refused() {
    return new ProblemException(Problem.unauthorized("device or secret is wrong"));
  }

  private static JsonObject json(Device device) {
    return new JsonObject()
        .put("deviceId", device.deviceId().toString())
        .put("name", device.name())
        .put("kind", device.kind())
        .put("createdAtMs", device.createdAtMs());
  }
}
