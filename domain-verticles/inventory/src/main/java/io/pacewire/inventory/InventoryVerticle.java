package io.pacewire.inventory;

import io.pacewire.events.EventTopics;
import io.pacewire.platform.kafka.EventPublisher;
import io.pacewire.platform.kafka.FactLoop;
import io.pacewire.platform.pg.Migrations;
import io.pacewire.platform.pg.OutboxRelay;
import io.pacewire.platform.web.RoleServer;
import io.pacewire.platform.web.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.Pool;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The inventory role: gear, and what trainings do to it. */
public final class InventoryVerticle extends VerticleBase {
  private static final String GROUP = "inventory";
  private static final long MAX_BODY_BYTES = 64 * 1024;

  private final InventoryConfig config;
  private @Nullable RoleServer server;
  private @Nullable FactLoop facts;
  private @Nullable OutboxRelay relay;
  private @Nullable Pool pool;

  public InventoryVerticle(InventoryConfig config) {
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
        .compose(done -> closed(pool == null ? null : pool.close()));
  }

  public int port() {
    return server == null ? 0 : server.port();
  }

  private Future<?> open(Pool opened) {
    GearRepository gear = new GearRepository(opened);
    WearConsumer consumer = new WearConsumer(new WearBook(opened, gear, InstantSource.system()));
    FactLoop reading = FactLoop.create(
        vertx,
        config.kafka(),
        GROUP,
        Set.of(EventTopics.TRAINING, EventTopics.ACCOUNT),
        consumer::handle);
    facts = reading;
    OutboxRelay telling =
        new OutboxRelay(vertx, opened, EventPublisher.create(vertx, config.kafka(), GROUP));
    relay = telling;
    telling.start();
    RoleServer listening = RoleServer.create(vertx, "inventory", MAX_BODY_BYTES);
    server = listening;
    listening.check("postgres", () -> opened.query("SELECT 1").execute());
    new GearRoutes(gear, InstantSource.system())
        .mount(listening.router(), TokenVerifier.create(vertx, config.tokens()));
    return reading.start().compose(done -> listening.listen(config.host(), config.port()));
  }

  private static Future<Void> closed(@Nullable Future<Void> closing) {
    return closing == null ? Future.succeededFuture() : closing.otherwiseEmpty();
  }
}
