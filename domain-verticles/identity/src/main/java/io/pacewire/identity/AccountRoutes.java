package io.pacewire.identity;

import io.pacewire.identity.Accounts.Registration;
import io.pacewire.platform.web.BearerHandler;
import io.pacewire.platform.web.JsonBody;
import io.pacewire.platform.web.JwtPrincipal;
import io.pacewire.platform.web.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Registration, and what athletes say of themselves. */
final class AccountRoutes {
  private static final int LONGEST_EMAIL = 254;
  private static final int LONGEST_NAME = 60;
  private static final int LONGEST_ZONE = 64;
  private static final int LONGEST_LOCALE = 5;

  private final Accounts accounts;

  AccountRoutes(Accounts accounts) {
    this.accounts = accounts;
  }

  void mount(Router router, TokenVerifier tokens) {
    BearerHandler athlete = new BearerHandler(tokens, "athlete");
    router.post("/v1/accounts").respond(this::register);
    router.get("/v1/me").handler(athlete).respond(this::show);
    router.patch("/v1/me").handler(athlete).respond(this::change);
  }

  private Future<JsonObject> register(RoutingContext ctx) {
    JsonBody body = JsonBody.of(ctx);
    Registration wanted = new Registration(
        body.parsed("email", LONGEST_EMAIL, AccountRules::email),
        AccountRules.password(body.verbatim(
            "password", AccountRules.SHORTEST_PASSWORD, AccountRules.LONGEST_PASSWORD)),
        body.text("displayName", LONGEST_NAME),
        body.parsed("timeZone", LONGEST_ZONE, AccountRules::timeZone),
        body.parsed("locale", LONGEST_LOCALE, AccountRules::locale));
    return accounts.register(wanted).map(account -> {
      ctx.response().setStatusCode(201);
      return new JsonObject().put("athleteId", account.athleteId().toString());
    });
  }

  private Future<JsonObject> show(RoutingContext ctx) {
    return accounts.find(JwtPrincipal.of(ctx).subject()).map(AccountRoutes::json);
  }

  private Future<JsonObject> change(RoutingContext ctx) {
    JsonBody body = JsonBody.of(ctx);
    double maxHeartRate = body.number(
        "maxHeartRateBpm",
        AccountRules.LOWEST_MAX_HEART_RATE_BPM,
        AccountRules.HIGHEST_MAX_HEART_RATE_BPM,
        Double.NaN);
    Account.Change change = new Account.Change(
        body.optionalText("displayName", LONGEST_NAME),
        optional(body, "timeZone", LONGEST_ZONE, AccountRules::timeZone),
        optional(body, "locale", LONGEST_LOCALE, AccountRules::locale),
        Double.isNaN(maxHeartRate) ? null : (int) Math.round(maxHeartRate));
    return accounts.change(JwtPrincipal.of(ctx).subject(), change).map(AccountRoutes::json);
  }

  private static @Nullable String optional(
      JsonBody body, String field, int longest, UnaryOperator<String> parse) {
    String text = body.optionalText(field, longest);
    return text == null ? null : JsonBody.parse(field, text, parse);
  }

  private static JsonObject json(Account account) {
    return new JsonObject()
        .put("athleteId", account.athleteId().toString())
        .put("email", account.email())
        .put("displayName", account.displayName())
        .put("timeZone", account.timeZone())
        .put("locale", account.locale())
        .put("maxHeartRateBpm", account.maxHeartRateBpm());
  }
}
