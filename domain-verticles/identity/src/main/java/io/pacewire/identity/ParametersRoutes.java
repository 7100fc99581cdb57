package io.pacewire.identity;

import io.pacewire.platform.web.BearerHandler;
import io.pacewire.platform.web.JsonBody;
import io.pacewire.platform.web.JwtPrincipal;
import io.pacewire.platform.web.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The caller's parameters. A field that is not sent stays, one that is null is taken away. */
final class ParametersRoutes {
  private static final int LONGEST_SEX = 10;

  private final AthleteProfiles profiles;
  private final InstantSource clock;

  ParametersRoutes(AthleteProfiles profiles, InstantSource clock) {
    this.profiles = profiles;
    this.clock = clock;
  }

  void mount(Router router, TokenVerifier tokens) {
    BearerHandler athlete = new BearerHandler(tokens, "athlete");
    router.get("/v1/me/parameters").handler(athlete).respond(this::show);
    router.patch("/v1/me/parameters").handler(athlete).respond(this::change);
  }

  private Future<JsonObject> show(RoutingContext ctx) {
    return profiles.find(JwtPrincipal.of(ctx).subject()).map(ParametersRoutes::json);
  }

  private Future<JsonObject> change(RoutingContext ctx) {
    JsonBody body = JsonBody.of(ctx);
    Parameters said = said(body);
    return profiles
        .change(JwtPrincipal.of(ctx).subject(), held -> merged(body, held, said))
        .map(ParametersRoutes::json);
  }

  private Parameters said(JsonBody body) {
    int year = clock.instant().atZone(ZoneOffset.UTC).getYear();
    double weightKg =
        body.number("weightKg", ParametersRules.LEAST_KG, ParametersRules.MOST_KG, Double.NaN);
    String sex = body.optionalText("sex", LONGEST_SEX);
    return new Parameters(
        0,
        body.optionalInteger(
            "maxHeartRateBpm",
            AccountRules.LOWEST_MAX_HEART_RATE_BPM,
            AccountRules.HIGHEST_MAX_HEART_RATE_BPM),
        body.optionalInteger(
            "restingHeartRateBpm",
            ParametersRules.LOWEST_RESTING_BPM,
            ParametersRules.HIGHEST_RESTING_BPM),
        body.optionalInteger(
            "thresholdPowerW",
            ParametersRules.LOWEST_THRESHOLD_W,
            ParametersRules.HIGHEST_THRESHOLD_W),
        Double.isNaN(weightKg) ? null : weightKg,
        sex == null ? null : JsonBody.parse("sex", sex, ParametersRules::sex),
        body.optionalInteger(
            "birthYear",
            ParametersRules.EARLIEST_BIRTH_YEAR,
            year - ParametersRules.YOUNGEST_YEARS));
  }

  private static Parameters merged(JsonBody body, Parameters held, Parameters said) {
    return new Parameters(
        held.revision(),
        either(body, "maxHeartRateBpm", said.maxHeartRateBpm(), held.maxHeartRateBpm()),
        either(body, "restingHeartRateBpm", said.restingHeartRateBpm(), held.restingHeartRateBpm()),
        either(body, "thresholdPowerW", said.thresholdPowerW(), held.thresholdPowerW()),
        either(body, "weightKg", said.weightKg(), held.weightKg()),
        either(body, "sex", said.sex(), held.sex()),
        either(body, "birthYear", said.birthYear(), held.birthYear()));
  }

  private static <T> @Nullable T either(
      JsonBody body, String field, @Nullable T said, @Nullable T held) {
    return said != null || body.isNull(field) ? said : held;
  }

  private static JsonObject json(Parameters said) {
    return new JsonObject()
        .put("revision", said.revision())
        .put("maxHeartRateBpm", said.maxHeartRateBpm())
        .put("restingHeartRateBpm", said.restingHeartRateBpm())
        .put("thresholdPowerW", said.thresholdPowerW())
        .put("weightKg", said.weightKg())
        .put("sex", said.sex())
        .put("birthYear", said.birthYear());
  }
}
