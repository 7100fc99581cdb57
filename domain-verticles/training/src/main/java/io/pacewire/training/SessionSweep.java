package io.pacewire.training;

import static java.lang.System.Logger.Level.INFO;

import io.pacewire.track.TrackFold;
import io.pacewire.training.SessionHead.State;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * Ends what nobody ends: sessions that fell silent, and finishes that wait for batches which do not
 * come. Takes in what came after a training was written. Runs between polls, so that nothing of a
 * session is stored meanwhile by the same consumer.
 */
final class SessionSweep {
  private static final System.Logger LOG = System.getLogger(SessionSweep.class.getName());
  private static final long LEAST_INTERVAL_MS = 5_000;

  private static final int SESSIONS_AT_ONCE = 10;

  /**
   * After a race thousands are due at once. The next poll waits so long at most, and for the one that is
   * under way then: a day's recording takes seconds to fold again.
   */
  private static final long MOST_WORK_NS = 250_000_000L;

  /** Behind a poll of so many records others wait, who are recording: they go first, but for a little every few seconds. */
  static final int BUSY_RECORDS = 250;

  private static final long BUSY_WORK_NS = 100_000_000L;

  /** They have waited longest, and would leave no room for others that are due. */
  private static final int TAKEN_UP_AT_ONCE = SESSIONS_AT_ONCE / 2;

  private final SessionRepository sessions;
  private final SessionTouches touches;
  private final SessionFinisher finisher;
  private final SessionHeads heads;
  private final TrackFolder folder;
  private final SessionsAside aside;
  private final LiveView live;
  private final SessionSealer sealer;
  private final SessionWaits waits;
  private final Supplier<Future<Void>> settled;
  private final Supplier<Future<Set<TopicPartition>>> assigned;
  private final ConsumedClock clock = new ConsumedClock();
  private long sweptAtMs;
  private boolean isMoreDue;

  /** @param settled when nothing is written any more of what a poll left for later */
  SessionSweep(
      SessionRepository sessions,
      SessionTouches touches,
      SessionFinisher finisher,
      SessionHeads heads,
      TrackFolder folder,
      SessionsAside aside,
      LiveView live,
      SessionSealer sealer,
      SessionWaits waits,
      Supplier<Future<Void>> settled,
      Supplier<Future<Set<TopicPartition>>> assigned) {
    this.sessions = sessions;
    this.touches = touches;
    this.finisher = finisher;
    this.heads = heads;
    this.folder = folder;
    this.aside = aside;
    this.live = live;
    this.sealer = sealer;
    this.waits = waits;
    this.settled = settled;
    this.assigned = assigned;
  }

  /** Where it is noted what has been stored. */
  ConsumedClock clock() {
    return clock;
  }

  /**
   * Does what is due, not more often than every few seconds of consumed time; where time was over before
   * all was done, it goes on whenever it is called after a poll that had few.
   *
   * @param polled records of the poll
   */
  Future<Void> run(int polled) {
    boolean busy = polled >= BUSY_RECORDS;
    boolean goesOn = isMoreDue && !busy;
    long mostNs = busy ? BUSY_WORK_NS : MOST_WORK_NS;
    if (!goesOn && clock.latestMs() < sweptAtMs + LEAST_INTERVAL_MS) {
      return Future.succeededFuture(); // nor is it later anywhere: Kafka need not be asked
    }
    return assigned.get().compose(partitions -> {
      OptionalLong now = clock.now(partitions);
      if (now.isEmpty()) {
        return Future.succeededFuture();
      }
      long nowMs = now.getAsLong();
      Set<Integer> numbers =
          partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
      Deadlines deadlines = Deadlines.at(nowMs, clock.goingSinceMs(), waits);
      if (nowMs >= sweptAtMs + LEAST_INTERVAL_MS) {
        sweptAtMs = nowMs;
        return sweep(numbers, deadlines, polled, mostNs);
      }
      return goesOn
          ? settled.get().compose(done -> settleDue(numbers, deadlines, mostNs))
          : Future.succeededFuture();
    });
  }

  /** Whether the last run ended before all was done that is due. */
  boolean isMoreDue() {
    return isMoreDue;
  }

  private Future<Void> sweep(Set<Integer> numbers, Deadlines deadlines, int polled, long mostNs) {
    return settled
        .get()
        .compose(
            done -> sessions.takeUpAgain(numbers, TrackFold.ALGORITHM_VERSION, TAKEN_UP_AT_ONCE))
        .onSuccess(this::takenUp)
        .compose(done -> folder.dropStale())
        .compose(done -> touches.settle(numbers, sweptAtMs, polled))
        .compose(done -> settleDue(numbers, deadlines, mostNs))
        .onSuccess(done -> sealer.run(numbers, deadlines.sealedBeforeMs()));
  }

  private Future<Void> settleDue(Set<Integer> numbers, Deadlines deadlines, long mostNs) {
    isMoreDue = false;
    return new DueWork<>(
            System::nanoTime,
            mostNs,
            SESSIONS_AT_ONCE,
            () -> sessions.listDue(numbers, deadlines, SESSIONS_AT_ONCE),
            head -> settleOrLeave(head, numbers, deadlines))
        .run()
        .map(more -> {
          isMoreDue = more;
          return null;
        });
  }

  private Future<Boolean> settleOrLeave(
      SessionHead head, Set<Integer> numbers, Deadlines deadlines) {
    return stillDue(head, numbers, deadlines)
        .compose(still -> still.isEmpty()
            ? Future.<Void>succeededFuture()
            : settle(still.get()).recover(cause -> setAside(still.get(), cause)))
        .map(true);
  }

  /** What more came of it since is written first: then its row says whether it still is, as where only a hub goes on. */
  private Future<Optional<SessionHead>> stillDue(
      SessionHead head, Set<Integer> numbers, Deadlines deadlines) {
    return touches.isWaiting(head.key())
        ? touches
            .settle(List.of(head.key()))
            .compose(done -> sessions.findStillDue(head.key(), numbers, deadlines))
        : Future.succeededFuture(Optional.of(head));
  }

  /** What is in memory of them says that they are set aside. */
  private void takenUp(List<SessionKey> keys) {
    for (SessionKey key : keys) {
      aside.forget(key);
      LOG.log(INFO, "session {0} taken up again", key.sessionId());
    }
  }

  private Future<Void> settle(SessionHead head) {
    SessionKey key = head.key();
    return finisher.finishSilent(head).compose(training -> {
      heads.finished(key);
      folder.forget(key);
      training.ifPresent(one -> {
        live.finished(key, one.revision(), one.complete());
        LOG.log(
            INFO,
            "training {0} {1}, revision {2}, complete {3}",
            key.sessionId(),
            head.state() == State.LIVE ? "closed" : "looked at again",
            one.revision(),
            one.complete());
      });
      return sessions.revised(head);
    });
  }

  /** One session's fault must not hold up the others, nor does one that goes on; what is only away now is tried again. */
  private Future<Void> setAside(SessionHead head, Throwable cause) {
    if (cause instanceof OvertakenException) {
      aside.forget(head.key());
      return Future.succeededFuture();
    }
    if (!FoldFault.isOfSession(cause)) {
      return Future.failedFuture(cause);
    }
    return head.state() == State.FINISHED
        ? aside.leave(head.key(), cause)
        : aside.put(head.key(), "finish", cause);
  }
}
