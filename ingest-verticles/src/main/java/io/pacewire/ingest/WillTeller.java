package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Tells the wills of an event loop's clients, now or after their delay, and again where Kafka did not take
 * them. Those that still wait when the node stops are left to the other nodes, or to this one when it is
 * back (MQTT 5.0, 3.1.2.5): a hub that moves to another node in time was never away.
 */
final class WillTeller {
  private static final System.Logger LOG = System.getLogger(WillTeller.class.getName());
  private static final long SECOND_MS = 1_000;
  private static final long AGAIN_MS = 30_000;
  private static final long LEFT_WITHIN_S = 3;

  private final MqttServices services;
  private boolean looking;
  private boolean leaving;

  WillTeller(MqttServices services) {
    this.services = services;
  }

  /**
   * @param openedNanos when the connection was let in whose will it is
   * @param delayS so long it is waited whether the client comes back
   */
  void left(MqttSession session, Presence presence, long openedNanos, long delayS) {
    LeftWill will = new LeftWill(
        presence,
        session.clientId(),
        session.connection(),
        session.isTaken(),
        services.clock().millis() + delayS * SECOND_MS);
    boolean latest = services.wills().cancel(will.client(), openedNanos);
    if (delayS > 0 && !latest) {
      return; // the client was back since, and went again
    }
    if (leaving && delayS > 0) { // a timer would end with the node
      var unused = leave(List.of(will), TimeUnit.SECONDS.toNanos(LEFT_WITHIN_S));
    } else if (delayS == 0 || !services.wills().hasRoom(presence)) {
      tell(presence).onFailure(cause -> again(will, openedNanos, cause));
    } else {
      hold(will, openedNanos, delayS * SECOND_MS);
    }
  }

  private void hold(LeftWill will, long openedNanos, long forMs) {
    long waiting = services.vertx().setTimer(forMs, timer -> {
      services.wills().gone(will.client(), timer);
      isBack(will)
          .otherwise(false) // better a false alarm than none
          .compose(back -> back ? Future.succeededFuture() : tell(will.presence()))
          .onFailure(cause -> again(will, openedNanos, cause));
    });
    services.wills().hold(will.client(), will, openedNanos, waiting);
  }

  /** Kafka did not take it. */
  private void again(LeftWill will, long openedNanos, Throwable cause) {
    if (!leaving
        && services.wills().hasRoom(will.presence())
        && services.wills().cancel(will.client(), openedNanos)) {
      hold(will, openedNanos, AGAIN_MS);
    } else {
      LOG.log(WARNING, "a will of {0} is lost: {1}", will.deviceId(), cause.getMessage());
    }
  }

  /**
   * The client is let in, and has said nothing yet. Where it starts clean its earlier session is over, and
   * what waited for it is told: before whatever it says now (MQTT 5.0, 3.1.2.5).
   */
  void cameBack(String client, boolean cleanStart) {
    LeftWill will = services.wills().take(client);
    if (will != null && cleanStart) {
      tell(will.presence()).onFailure(cause -> LOG.log(DEBUG, "a will: {0}", cause.getMessage()));
    }
  }

  /** Tells what other nodes left, and is due; what is not told now is lent again later. */
  void look() {
    if (looking) {
      return;
    }
    looking = true;
    services
        .leftWills()
        .lend(services.clock().millis())
        .compose(due -> Future.join(due.stream().map(this::tellLent).toList()))
        .onComplete(done -> looking = false)
        .onFailure(cause -> LOG.log(DEBUG, "wills that were left: {0}", cause.getMessage()));
  }

  private Future<Void> tellLent(WillStore.Lent lent) {
    return isBack(lent.will())
        .compose(back -> back ? Future.succeededFuture() : tell(lent.will().presence()))
        .compose(told -> services.leftWills().done(lent.kept()));
  }

  /** The node stops, its connections are gone: what waits is left to others, or told where that fails. */
  Future<Void> leaveAll() {
    leaving = true;
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
    Future<Void> kept = withinNanos <= 0
        ? Future.failedFuture("no time is left") // what is asked of Redis now may be done unheard
        : services.leftWills().keep(wills).timeout(withinNanos, TimeUnit.NANOSECONDS);
    return kept.recover(cause -> {
      LOG.log(WARNING, "wills are told before their time: {0}", cause.getMessage());
      wills.forEach(this::tellEarly);
      return Future.succeededFuture();
    });
  }

  /** Redis may have kept it all the same, and another node would tell it a second time. */
  private void tellEarly(LeftWill will) {
    tell(will.presence())
        .onFailure(cause -> again(will, 0, cause))
        .compose(told -> services.leftWills().done(will.encode()))
        .onFailure(cause -> LOG.log(DEBUG, "may be told twice: {0}", cause.getMessage()));
  }

  /** Whether the client has come back since: it is there, or was and left a will of its own. */
  private Future<Boolean> isBack(LeftWill will) {
    return services
        .owners()
        .isHeld(will.client())
        .compose(held -> held || !will.taken()
            ? Future.succeededFuture(held)
            : services.sessions().isOvertaken(will.deviceId(), will.clientId(), will.connection()));
  }

  /** Who was cut off says nothing more, not even by its end. */
  private Future<Void> tell(Presence presence) {
    return services.tokens().isRevoked(presence.device())
        ? Future.succeededFuture()
        : services.presences().publishWill(presence);
  }
}
