package io.pacewire.identity;

import io.pacewire.platform.kafka.EventPublisher;
import io.pacewire.platform.pg.Migrations;
import io.pacewire.platform.pg.OutboxRelay;
import io.pacewire.platform.web.RoleServer;
import io.pacewire.platform.web.TokenSettings;
import io.pacewire.platform.web.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The identity role. */
public final class IdentityVerticle extends VerticleBase {
  private static final String CONTEXT = "identity";
  private static final long MAX_BODY_BYTES = 16 * 1024;

  private final IdentityConfig config;
  private final InstantSource clock = InstantSource.system();
  private @Nullable RoleServer server;
  private @Nullable OutboxRelay relay;
  private @Nullable Pool pool;

  public IdentityVerticle(IdentityConfig config) {
    this.config = config;
  }

  @Override
  public Future<?> start() {
    Pool opened = config.postgres().pool(vertx);
    pool = opened;
    return Migrations.run(vertx, config.postgres())
        .compose(
            done -> vertx.executeBlocking(() -> SigningKeys.read(config.signingKeyFile()), false))
        .compose(keys -> open(opened, keys));
  }

  @Override
  public Future<?> stop() {
    return closed(server == null ? null : server.close())
        .compose(done -> closed(relay == null ? null : relay.close()))
        .compose(done -> closed(pool == null ? null : pool.close()));
  }

  public int port() {
    return server == null ? 0 : server.port();
  }

  private Future<?> open(Pool opened, SigningKeys keys) {
    OutboxRelay telling =
        new OutboxRelay(vertx, opened, EventPublisher.create(vertx, config.kafka(), CONTEXT));
    relay = telling;
    telling.start();
    RoleServer listening = RoleServer.create(vertx, CONTEXT, MAX_BODY_BYTES);
    server = listening;
    listening.check("postgres", () -> opened.query("SELECT 1").execute());
    return vertx
        .executeBlocking(() -> new PasswordHash(vertx, config.hashThreads()), false)
        .compose(passwords -> listening
            .listen(config.host(), config.port())
            .onSuccess(up -> mount(listening, opened, keys, passwords)));
  }

  /** Verifies with its own published keys, which is why it listens first. */
  private void mount(RoleServer listening, Pool opened, SigningKeys keys, PasswordHash passwords) {
    Router router = listening.router();
    TokenVerifier tokens = TokenVerifier.create(
        vertx,
        new TokenSettings(
            config.issuer(),
            config.audience(),
            "http://" + config.host() + ":" + port() + "/.well-known/jwks.json"));
    TokenIssuer issuer = new TokenIssuer(keys, config.issuer(), config.audience(), clock);
    AccountRepository accounts = new AccountRepository(opened);
    Logins logins = new Logins(accounts, new LoginRepository(opened), passwords, issuer, clock);
    new AccountRoutes(opened, accounts, passwords, clock).mount(router, tokens);
    new AuthRoutes(logins, keys).mount(router, tokens);
    new DeviceRoutes(new DeviceRepository(opened), issuer, clock).mount(router, tokens);
  }

  private static Future<Void> closed(@Nullable Future<Void> closing) {
    return closing == null ? Future.succeededFuture() : closing.otherwiseEmpty();
  }
}
