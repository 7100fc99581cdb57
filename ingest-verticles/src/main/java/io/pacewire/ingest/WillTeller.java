package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Tells the wills of an event loop's clients, now or after their delay. Those that still wait when the node
 * stops are left to the other nodes, or to this one when it is back (MQTT 5.0, 3.1.2.5): a hub that moves to
 * another node in time was never away.
 */
final class WillTeller {
  private static final System.Logger LOG = System.getLogger(WillTeller.class.getName());
  private static final long SECOND_MS = 1_000;
  private static final long LEFT_WITHIN_S = 3;

  private final MqttServices services;
  private boolean looking;

  WillTeller(MqttServices services) {
    this.services = services;
  }

  /**
   * @param openedNanos when the connection was let in whose will it is
   * @param delayS so long it is waited whether the client comes back
   */
  void left(MqttSession session, Presence presence, long openedNanos, long delayS) {
    String client = presence.device().client(session.clientId());
    boolean latest = services.wills().cancel(client, openedNanos);
    if (delayS > 0 && !latest) {
      return; // the client was back since, and went again
    }
    if (delayS == 0 || !services.wills().hasRoom(presence)) {
      tell(presence);
      return;
    }
    LeftWill will = new LeftWill(
        presence,
        session.clientId(),
        session.connection(),
        session.isTaken(),
        services.clock().millis() + delayS * SECOND_MS);
    long waiting = services.vertx().setTimer(delayS * SECOND_MS, timer -> {
      services.wills().gone(client, timer);
      unlessItIsBack(will);
    });
    services.wills().hold(client, will, openedNanos, waiting);
  }

  /** Takes what other nodes left, and is due. */
  void look() {
    if (looking) {
      return;
    }
    looking = true;
    services
        .leftWills()
        .takeDue(services.clock().millis())
        .onComplete(done -> looking = false)
        .onSuccess(due -> due.forEach(this::unlessItIsBack))
        .onFailure(cause -> LOG.log(DEBUG, "wills that were left: {0}", cause.getMessage()));
  }

  /** The node stops, its connections are gone: what waits is left to others, or told where that fails. */
  Future<Void> leaveAll() {
    List<LeftWill> all = services.wills().takeAll();
    long untilNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(LEFT_WITHIN_S);
    Future<Void> left = Future.succeededFuture();
    for (int from = 0; from < all.size(); from += WillStore.MOST_AT_ONCE) {
      List<LeftWill> some = all.subList(from, Math.min(all.size(), from + WillStore.MOST_AT_ONCE));
      left = left.compose(before -> leave(some, untilNanos - System.nanoTime()));
    }
    return left;
  }

  private Future<Void> leave(List<LeftWill> wills, long withinNanos) {
    return services
        .leftWills()
        .keep(wills)
        .timeout(Math.max(1, withinNanos), TimeUnit.NANOSECONDS)
        .recover(cause -> {
          LOG.log(WARNING, "wills are told before their time: {0}", cause.getMessage());
          wills.forEach(will -> tell(will.presence()));
          return Future.succeededFuture();
        });
  }

  /** Where Redis cannot tell, the will is told: better a false alarm than none. */
  private void unlessItIsBack(LeftWill will) {
    Future<Boolean> overtaken = will.taken()
        ? services.sessions().isOvertaken(will.deviceId(), will.clientId(), will.connection())
        : Future.succeededFuture(false);
    overtaken.recover(cause -> Future.succeededFuture(false)).onSuccess(back -> {
      if (!back) {
        tell(will.presence());
      }
    });
  }

  /** Who was cut off says nothing more, not even by its end. */
  private void tell(Presence presence) {
    if (!services.tokens().isRevoked(presence.device())) {
      services.presences().publishWill(presence);
    }
  }
}
