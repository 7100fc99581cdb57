package io.pacewire.identity;

import io.pacewire.platform.role.ContextRole;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The identity role. */
public final class IdentityVerticle extends VerticleBase {
  private static final long MAX_BODY_BYTES = 16 * 1024;

  private final IdentityConfig config;
  private final InstantSource clock;
  private @Nullable ContextRole role;

  public IdentityVerticle(IdentityConfig config) {
    this(config, InstantSource.system());
  }

  IdentityVerticle(IdentityConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    // Reads files and hashes: not on an event loop.
    return vertx
        .executeBlocking(() -> Prepared.prepare(vertx, config), false)
        .compose(
            prepared -> ContextRole.open(vertx, config.postgres(), config.kafka(), MAX_BODY_BYTES)
                .compose(opened -> open(opened, prepared)));
  }

  @Override
  public Future<?> stop() {
    return role == null ? Future.succeededFuture() : role.close();
  }

  public int port() {
    return role == null ? 0 : role.port();
  }

  private Future<Void> open(ContextRole opened, Prepared prepared) {
    role = opened;
    opened.closing(prepared.hash()::close);
    new Expiry(opened.pool(), clock).start(vertx);
    new IdentityRoutes(config, opened.pool(), clock)
        .mount(opened.server().router(), prepared.keys(), prepared.hash());
    return opened.listen(config.host(), config.port());
  }

  private record Prepared(SigningKeys keys, PasswordHash hash) {
    static Prepared prepare(Vertx vertx, IdentityConfig config) throws Exception {
      return new Prepared(
          SigningKeys.read(config.signingKeyFile()),
          new PasswordHash(vertx, config.hashThreads(), config.hashQueue()));
    }
  }
}
