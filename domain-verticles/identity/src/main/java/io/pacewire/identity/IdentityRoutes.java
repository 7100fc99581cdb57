package io.pacewire.identity;

import io.pacewire.platform.web.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;
import java.time.InstantSource;

/** Puts the parts of the role together and mounts all its routes. */
final class IdentityRoutes {
  private final IdentityConfig config;
  private final Pool pool;
  private final InstantSource clock;

  IdentityRoutes(IdentityConfig config, Pool pool, InstantSource clock) {
    this.config = config;
    this.pool = pool;
    this.clock = clock;
  }

  void mount(Router router, SigningKeys keys, PasswordHash passwords) {
    TokenVerifier verifier = TokenVerifier.withKeys(config.tokens(), keys.jwks());
    TokenIssuer issuer = new TokenIssuer(keys, config.tokens(), clock);
    AccountRepository accounts = new AccountRepository(pool);
    DeviceRepository devices = new DeviceRepository(pool);
    LoginRepository signIns = new LoginRepository(pool);
    Revoker revoker = new Revoker(pool, devices, signIns, clock);
    Logins logins = new Logins(signIns, revoker, issuer, clock);
    SignIn signIn = new SignIn(
        accounts,
        new LinkRepository(pool),
        passwords,
        new LoginThrottle(new LoginTryRepository(pool), clock),
        logins,
        clock);
    router.get("/.well-known/jwks.json").respond(ctx -> Future.succeededFuture(keys.jwks()));
    AthleteProfiles profiles = new AthleteProfiles(pool, new ParametersRepository(), clock);
    new AccountRoutes(new Accounts(pool, accounts, profiles, passwords, clock))
        .mount(router, verifier);
    new ParametersRoutes(profiles, clock).mount(router, verifier);
    new AuthRoutes(signIn, logins, verifier).mount(router);
    new DeviceRoutes(devices, revoker, issuer, clock).mount(router, verifier);
  }
}
