package io.pacewire.identity;

import io.pacewire.platform.kafka.EventPublisher;
import io.pacewire.platform.pg.Migrations;
import io.pacewire.platform.pg.OutboxRelay;
import io.pacewire.platform.web.RoleServer;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.Pool;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The identity role. */
public final class IdentityVerticle extends VerticleBase {
  private static final String CONTEXT = "identity";
  private static final long MAX_BODY_BYTES = 16 * 1024;

  private final IdentityConfig config;
  private final InstantSource clock;
  private @Nullable RoleServer server;
  private @Nullable OutboxRelay relay;
  private @Nullable PasswordHash passwords;
  private @Nullable Pool pool;

  public IdentityVerticle(IdentityConfig config) {
    this(config, InstantSource.system());
  }

  IdentityVerticle(IdentityConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    Pool opened = config.postgres().pool(vertx);
    pool = opened;
    return Migrations.run(vertx, config.postgres())
        .compose(done -> vertx.executeBlocking(() -> prepare(opened), false))
        .compose(prepared -> prepared.listen(config.host(), config.port()));
  }

  @Override
  public Future<?> stop() {
    return closed(server == null ? null : server.close())
        .compose(done -> closed(relay == null ? null : relay.close()))
        .compose(done -> closed(passwords == null ? null : passwords.close()))
        .compose(done -> closed(pool == null ? null : pool.close()));
  }

  public int port() {
    return server == null ? 0 : server.port();
  }

  /** Reads files and hashes: not on an event loop. */
  private RoleServer prepare(Pool opened) throws Exception {
    SigningKeys keys = SigningKeys.read(config.signingKeyFile());
    PasswordHash hash = new PasswordHash(vertx, config.hashThreads(), config.hashQueue());
    passwords = hash;
    OutboxRelay telling =
        new OutboxRelay(vertx, opened, EventPublisher.create(vertx, config.kafka(), CONTEXT));
    relay = telling;
    telling.start();
    new Expiry(opened, clock).start(vertx);
    RoleServer prepared = RoleServer.create(vertx, CONTEXT, MAX_BODY_BYTES);
    server = prepared;
    prepared.check("postgres", () -> opened.query("SELECT 1").execute());
    new IdentityRoutes(config, opened, clock).mount(prepared.router(), keys, hash);
    return prepared;
  }

  private static Future<Void> closed(@Nullable Future<Void> closing) {
    return closing == null ? Future.succeededFuture() : closing.otherwiseEmpty();
  }
}
