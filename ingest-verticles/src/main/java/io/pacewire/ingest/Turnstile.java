package io.pacewire.ingest;

import io.pacewire.ingest.Admission.Admitted;
import io.pacewire.ingest.Admission.Deferred;
import io.pacewire.ingest.Admission.Refused;
import io.pacewire.ingest.Quota.Verdict;
import io.vertx.core.Vertx;
import java.util.function.Function;

/**
 * Where every batch of a connection passes once it is admitted: counted, and held to the limits of
 * who sends it. Over one the connection is not read for a while; only far over one a batch is
 * deferred. Used from the connection's event loop.
 */
final class Turnstile {
  private static final long NO_TIMER = -1;

  /**
   * A backlog is let through so many batches at a time, and then waits for all of them: each time a
   * connection is stopped and goes on costs as much as some batches, and those of one gulp are acknowledged
   * together.
   */
  private static final int GULP = 8;

  /** Where more than so much is owed already, batches come one by one. */
  private static final long GULP_DEBT_MS = 2_000;

  /** Stops a connection from being read, and lets it go on. */
  interface Brake {
    void hold();

    void release();
  }

  private final Vertx vertx;
  private final Quota quota;
  private final Function<Admitted, Lane> lane;
  private final DoorMeters meters;
  private final Brake brake;
  private long timer = NO_TIMER;
  private boolean closed;
  private int sinceSlowed;

  /** @param lane has the last word on what a batch is */
  Turnstile(
      Vertx vertx, Quota quota, Function<Admitted, Lane> lane, DoorMeters meters, Brake brake) {
    this.vertx = vertx;
    this.quota = quota;
    this.lane = lane;
    this.meters = meters;
    this.brake = brake;
    meters.opened();
    slow(quota.debt());
  }

  /** What {@link BatchAdmission} said, or that it has to wait. */
  Admission pass(Admission made, int bytes) {
    meters.received(bytes);
    if (made instanceof Refused refused) {
      meters.refused(refused.reason());
      spend(bytes); // it is kept where an operator finds it, which costs as much
    }
    return made instanceof Admitted claimed ? passAgain(claimed, bytes) : made;
  }

  /** The same for one that was deferred before, and kept. */
  Admission passAgain(Admitted claimed, int bytes) {
    Lane found = lane.apply(claimed);
    boolean paysAsBacklog = found != Lane.LIVE;
    Admitted admitted = found == Lane.BACKLOG ? claimed.asBackfill() : claimed;
    Verdict verdict = quota.take(bytes, paysAsBacklog);
    if (verdict.refused()) {
      meters.deferred(verdict.limit());
      slow(verdict); // whoever it was that used it up
      return new Deferred(admitted.header(), verdict.waitMs());
    }
    meters.admitted(admitted.backfill());
    if (!paysAsBacklog || !gulps(verdict)) {
      slow(verdict);
    }
    return admitted;
  }

  /** A question that is not answered, as too many of the same device are under way. */
  void queryDropped() {
    meters.queryDropped();
  }

  /** One that passed, and that Kafka will never take. */
  void refusedLater(Refused refused) {
    meters.refused(refused.reason());
  }

  private boolean gulps(Verdict verdict) {
    return verdict.waitMs() < GULP_DEBT_MS && ++sinceSlowed < GULP;
  }

  /** Something else that goes to Kafka: never refused for that, but slowed. */
  void spend(int bytes) {
    slow(quota.take(bytes, false));
  }

  /** What came beside batches: read, so it costs, whatever it was. */
  void beside(int bytes) {
    meters.received(bytes);
    spend(bytes);
  }

  /** Like {@link #spend}, but false where whoever sends is so far over a limit that it is not to pass. */
  boolean maySpend(int bytes) {
    Verdict verdict = quota.take(bytes, false);
    if (verdict.refused()) {
      meters.deferred(verdict.limit());
    }
    return !verdict.refused();
  }

  /** What came as no batch: whether it is to be kept where an operator finds it, which costs as one. */
  boolean mayKeep(Refused refused, int bytes) {
    meters.refused(refused.reason());
    return maySpend(bytes);
  }

  /** With the connection. */
  void close() {
    if (!closed) {
      closed = true;
      meters.closed();
      quota.close();
      stopTimer();
    }
  }

  private void slow(Verdict verdict) {
    sinceSlowed = 0;
    if (verdict.waitMs() == 0 || closed) {
      return;
    }
    if (timer == NO_TIMER) {
      meters.slowed(verdict.limit());
      brake.hold();
    }
    stopTimer();
    timer = vertx.setTimer(verdict.waitMs(), due -> {
      timer = NO_TIMER;
      brake.release();
    });
  }

  private void stopTimer() {
    if (timer != NO_TIMER) {
      vertx.cancelTimer(timer);
      timer = NO_TIMER;
    }
  }
}
