package io.pacewire.gamification;

import io.pacewire.events.EventTopics;
import io.pacewire.platform.kafka.FactLoop;
import io.pacewire.platform.redis.RedisCommands;
import io.pacewire.platform.role.ContextRole;
import io.pacewire.platform.web.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The gamification role: experience and boards. */
public final class GamificationVerticle extends VerticleBase {
  private static final String GROUP = "gamification";
  private static final long MAX_BODY_BYTES = 64 * 1024;

  private final GamificationConfig config;
  private final InstantSource clock = InstantSource.system();
  private @Nullable ContextRole role;

  public GamificationVerticle(GamificationConfig config) {
    this.config = config;
  }

  @Override
  public Future<?> start() {
    return ContextRole.open(vertx, config.postgres(), config.kafka(), MAX_BODY_BYTES)
        .compose(this::open);
  }

  @Override
  public Future<?> stop() {
    return role == null ? Future.succeededFuture() : role.close();
  }

  public int port() {
    return role == null ? 0 : role.port();
  }

  private Future<Void> open(ContextRole opened) {
    role = opened;
    RedisCommands redis = config.redis().client(vertx);
    opened.closing(redis::close);
    opened.server().check("redis", () -> redis.send(Request.cmd(Command.PING)));
    XpLedger ledger = new XpLedger(opened.pool());
    LeaderboardStore boards = new LeaderboardStore(redis);
    new LeaderboardRoutes(ledger, boards, clock)
        .mount(opened.server().router(), TokenVerifier.create(vertx, config.tokens()));
    FactLoop facts = FactLoop.create(
        vertx,
        config.kafka(),
        GROUP,
        Set.of(EventTopics.TRAINING, EventTopics.ACCOUNT),
        new XpBook(ledger, boards, clock)::handle);
    opened.closing(facts::close);
    return facts.start().compose(done -> opened.listen(config.host(), config.port()));
  }
}
