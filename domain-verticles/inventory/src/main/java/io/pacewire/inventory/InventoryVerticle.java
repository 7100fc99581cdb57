package io.pacewire.inventory;

import io.pacewire.events.EventTopics;
import io.pacewire.platform.kafka.FactLoop;
import io.pacewire.platform.role.ContextRole;
import io.pacewire.platform.web.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The inventory role: gear, and what trainings do to it. */
public final class InventoryVerticle extends VerticleBase {
  private static final String GROUP = "inventory";
  private static final long MAX_BODY_BYTES = 64 * 1024;

  private final InventoryConfig config;
  private final InstantSource clock = InstantSource.system();
  private @Nullable ContextRole role;

  public InventoryVerticle(InventoryConfig config) {
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
    GearRepository gear = new GearRepository(opened.pool());
    new GearRoutes(gear, clock)
        .mount(opened.server().router(), TokenVerifier.create(vertx, config.tokens()));
    WearConsumer consumer = new WearConsumer(new WearBook(opened.pool(), gear, clock));
    FactLoop facts = FactLoop.create(
        vertx,
        config.kafka(),
        GROUP,
        Set.of(EventTopics.TRAINING, EventTopics.ACCOUNT),
        consumer::handle);
    opened.closing(facts::close);
    return facts.start().compose(done -> opened.listen(config.host(), config.port()));
  }
}
