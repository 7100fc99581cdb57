package io.pacewire.gamification;

import io.pacewire.events.EventTopics;
import io.pacewire.platform.kafka.EventPublisher;
import io.pacewire.platform.kafka.FactLoop;
import io.pacewire.platform.pg.Migrations;
import io.pacewire.platform.pg.OutboxRelay;
import io.pacewire.platform.web.RoleServer;
import io.pacewire.platform.web.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.sqlclient.Pool;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The gamification role: experience and boards. */
public final class GamificationVerticle extends VerticleBase {
  private static final String GROUP = "gamification";
  private static final long MAX_BODY_BYTES = 64 * 1024;

  private final GamificationConfig config;
  private @Nullable RoleServer server;
  private @Nullable FactLoop facts;
  private @Nullable OutboxRelay relay;
  private @Nullable Pool pool;
  private @Nullable Redis redis;

  public GamificationVerticle(GamificationConfig config) {
    this.config = config;
  }

  @Override
  public Future<?> start() {
    Pool opened = config.postgres().pool(vertx);
    pool = opened;
    return Migrations.run(vertx, config.postgres()).compose(done -> open(opened));
  }

  @Override
  public Future<?> stop() {
    return closed(server == null ? null : server.close())
        .compose(done -> closed(facts == null ? null : facts.close()))
        .compose(done -> closed(relay == null ? null : relay.close()))
        .compose(done -> closed(pool == null ? null : pool.close()))
        .onSuccess(done -> closeRedis());
  }

  private void closeRedis() {
    if (redis != null) {
      redis.close();
    }
  }

  public int port() {
    return server == null ? 0 : server.port();
  }

  private Future<?> open(Pool opened) {
    Redis connected = config.redis().client(vertx);
    redis = connected;
    XpLedger ledger = new XpLedger(opened);
    LeaderboardStore boards = new LeaderboardStore(connected);
    XpBook book = new XpBook(ledger, boards, InstantSource.system());
    FactLoop reading = FactLoop.create(
        vertx,
        config.kafka(),
        GROUP,
        Set.of(EventTopics.TRAINING, EventTopics.ACCOUNT),
        book::handle);
    facts = reading;
    OutboxRelay telling =
        new OutboxRelay(vertx, opened, EventPublisher.create(vertx, config.kafka(), GROUP));
    relay = telling;
    telling.start();
    RoleServer listening = RoleServer.create(vertx, "gamification", MAX_BODY_BYTES);
    server = listening;
    listening.check("postgres", () -> opened.query("SELECT 1").execute());
    listening.check("redis", () -> connected.send(Request.cmd(Command.PING)));
    new LeaderboardRoutes(ledger, boards, InstantSource.system())
        .mount(listening.router(), TokenVerifier.create(vertx, config.tokens()));
    return reading.start().compose(done -> listening.listen(config.host(), config.port()));
  }

  private static Future<Void> closed(@Nullable Future<Void> closing) {
    return closing == null ? Future.succeededFuture() : closing.otherwiseEmpty();
  }
}
