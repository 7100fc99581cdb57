package io.pacewire.identity;

import io.pacewire.events.AccountRegistered;
import io.pacewire.events.EventTopics;
import io.pacewire.platform.events.EventEnvelope;
import io.pacewire.platform.pg.Outbox;
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
import io.vertx.sqlclient.Pool;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Registration, and what athletes say of themselves. */
final class AccountRoutes {
  private static final int LONGEST_EMAIL = 254;
  private static final int LONGEST_NAME = 60;
  private static final int LONGEST_ZONE = 64;

  private final Pool pool;
  private final AccountRepository accounts;
  private final PasswordHash passwords;
  private final InstantSource clock;

  AccountRoutes(
      Pool pool, AccountRepository accounts, PasswordHash passwords, InstantSource clock) {
    this.pool = pool;
    this.accounts = accounts;
    this.passwords = passwords;
    this.clock = clock;
  }

  void mount(Router router, TokenVerifier tokens) {
    BearerHandler athlete = new BearerHandler(tokens, "athlete");
    router.post("/v1/accounts").respond(this::register);
    router.get("/v1/me").handler(athlete).respond(this::show);
    router.patch("/v1/me").handler(athlete).respond(this::change);
  }

  private Future<JsonObject> register(RoutingContext ctx) {
    JsonBody body = JsonBody.of(ctx);
    String email = body.parsed("email", LONGEST_EMAIL, AccountRules::email);
    String password =
        body.verbatim("password", AccountRules.SHORTEST_PASSWORD, AccountRules.LONGEST_PASSWORD);
    String name = body.text("displayName", LONGEST_NAME);
    String timeZone = body.parsed("timeZone", LONGEST_ZONE, AccountRules::timeZone);
    String locale = body.parsed("locale", 5, AccountRules::locale);
    return passwords
        .hash(password)
        .compose(hash ->
            insert(new Account(UUID.randomUUID(), email, hash, name, timeZone, locale, null, 0, 0)))
        .map(account -> {
          ctx.response().setStatusCode(201);
          return new JsonObject().put("athleteId", account.athleteId().toString());
        });
  }

  private Future<Account> insert(Account account) {
    long now = clock.millis();
    AccountRegistered fact = new AccountRegistered(
        account.athleteId(), account.displayName(), account.timeZone(), account.locale(), now);
    EventEnvelope event = EventEnvelope.of(
        EventTopics.ACCOUNT,
        account.athleteId(),
        "account/" + account.athleteId() + "/registered",
        now,
        fact);
    return pool.withTransaction(tx -> accounts
        .insert(tx, account, now)
        .compose(inserted -> inserted
            ? Outbox.add(tx, event).map(account)
            : Future.failedFuture(new ProblemException(
                Problem.conflict("email-taken", "there is an account with this e-mail")))));
  }

  private Future<JsonObject> show(RoutingContext ctx) {
    UUID athlete = JwtPrincipal.of(ctx).subject();
    return accounts
        .find(athlete)
        .map(found -> json(
            found.orElseThrow(() -> new ProblemException(Problem.notFound("account", athlete)))));
  }

  private Future<JsonObject> change(RoutingContext ctx) {
    JsonBody body = JsonBody.of(ctx);
    UUID athlete = JwtPrincipal.of(ctx).subject();
    return accounts
        .update(
            athlete,
            body.optionalText("displayName", LONGEST_NAME),
            checked("timeZone", body.optionalText("timeZone", LONGEST_ZONE)),
            checked("locale", body.optionalText("locale", 5)))
        .compose(done -> show(ctx));
  }

  private static @Nullable String checked(String field, @Nullable String text) {
    if (text == null) {
      return null;
    }
    return field.equals("locale")
        ? JsonBody.parse(field, text, AccountRules::locale)
        : JsonBody.parse(field, text, AccountRules::timeZone);
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
