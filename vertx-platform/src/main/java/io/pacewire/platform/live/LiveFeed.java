package io.pacewire.platform.live;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/**
 * What goes on with an athlete, told to who looks on: ephemeral, never stored, lost without harm.
 * Athletes share 64 addresses; a publisher is silent of those of whom no lease says that somebody
 * listens: what a session costs that is watched, the others must not cost.
 */
public final class LiveFeed {
  private static final int SLOTS = 64;
  private static final long LEASE_MS = 30_000;
  private static final long RENEW_MS = 10_000;
  private static final int MOST_WATCHED = 100_000;
  private static final String ATHLETE = "athlete";

  private final Vertx vertx;
  private final WatchLeases leases = new WatchLeases(LEASE_MS, MOST_WATCHED);

  /** Ends what {@link #subscribe} began. */
  public interface Subscription {
    void close();
  }

  public LiveFeed(Vertx vertx) {
    this.vertx = vertx;
    for (int slot = 0; slot < SLOTS; slot++) {
      int leased = slot;
      vertx.eventBus().<String>consumer(lease(slot), message -> renewed(leased, message.body()));
    }
  }

  /** Whether somebody may be listening. */
  public boolean isWatched(UUID athleteId) {
    return leases.isWatched(athleteId, slot(athleteId), nowMs());
  }

  public void publish(UUID athleteId, JsonObject update) {
    if (isWatched(athleteId)) {
      vertx
          .eventBus()
          .publish(address(slot(athleteId)), update.copy().put(ATHLETE, athleteId.toString()));
    }
  }

  /** Hears of one athlete until closed. Announces itself at once and every ten seconds. */
  public Subscription subscribe(UUID athleteId, Handler<JsonObject> handler) {
    int slot = slot(athleteId);
    String athlete = athleteId.toString();
    MessageConsumer<JsonObject> consumer =
        LateMessages.ignore(vertx.eventBus().consumer(address(slot), message -> {
          JsonObject update = message.body();
          if (athlete.equals(update.getString(ATHLETE))) {
            handler.handle(update);
          }
        }));
    vertx.eventBus().publish(lease(slot), athlete);
    long timer =
        vertx.setPeriodic(RENEW_MS, tick -> vertx.eventBus().publish(lease(slot), athlete));
    return () -> {
      vertx.cancelTimer(timer);
      var unused = consumer.unregister();
    };
  }

  /** Nodes of before this was said mean everybody of the address. */
  private void renewed(int slot, String athlete) {
    if (athlete.isEmpty()) {
      leases.renewAll(slot, nowMs());
    } else {
      leases.renew(UUID.fromString(athlete), slot, nowMs());
    }
  }

  private static long nowMs() {
    return System.nanoTime() / 1_000_000;
  }

  private static int slot(UUID athleteId) {
    return Math.floorMod(athleteId.hashCode(), SLOTS);
  }

  private static String address(int slot) {
    return "live." + slot;
  }

  private static String lease(int slot) {
    return "live.lease." + slot;
  }
}
