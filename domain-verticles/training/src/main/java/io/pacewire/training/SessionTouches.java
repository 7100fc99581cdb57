package io.pacewire.training;

import static java.lang.System.Logger.Level.WARNING;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Notes in the heads what polls brought of sessions: what changes how a session goes on with the poll
 * that brought it, mere times every ten seconds or, under load, half a minute. Who takes over from a consumer that was killed sees
 * times that are so much older, and waits anew in any case. Used from one event loop.
 */
final class SessionTouches {
  static final long AT_MOST_EVERY_MS = 10_000;

  /** Behind a large poll others wait, who go first. */
  static final long BUSY_EVERY_MS = 30_000;

  private static final int MOST_WAITING = 200_000;
  private static final int AT_ONCE = 5_000;

  private static final System.Logger LOG = System.getLogger(SessionTouches.class.getName());

  private final SessionRepository sessions;
  private final PartitionReads reads;
  private Future<Void> behind = Future.succeededFuture();
  private final Map<SessionKey, Touch> waiting = new HashMap<>();
  private final Map<SessionKey, Written> written = new LinkedHashMap<>(1024, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<SessionKey, Written> eldest) {
      return size() > MOST_WAITING;
    }
  };

  SessionTouches(SessionRepository sessions, PartitionReads reads) {
    this.sessions = sessions;
    this.reads = reads;
  }

  /** @param term of the reads of its partition */
  private record Written(long atMs, int term) {}

  /**
   * Completes when what may not be lost of it is written. Times are written beside what comes next;
   * {@link #settled} before that changes heads.
   *
   * @param known heads as they were before the poll
   * @param batches of the poll
   */
  Future<Void> note(
      Map<SessionKey, Touch> touched, Map<SessionKey, SessionHead> known, int batches) {
    long everyMs = everyMs(batches);
    Map<SessionKey, Touch> urgent = new HashMap<>();
    Map<SessionKey, Touch> times = new HashMap<>();
    touched.forEach((key, touch) -> {
      Touch all = Objects.requireNonNull(waiting.merge(key, touch, Touch::and));
      Written before = written.get(key);
      if (all.changesState() || isOver(known.get(key)) || isAnothers(before, all)) {
        urgent.put(key, all);
      } else if (isLongAgo(before, all, everyMs)) {
        times.put(key, all);
      }
    });
    boolean many = waiting.size() - urgent.size() - times.size() > MOST_WAITING;
    return write(urgent)
        .onSuccess(done -> behind = write(many ? Map.copyOf(waiting) : times).recover(cause -> {
          LOG.log(WARNING, "when sessions were heard is noted later: {0}", cause.getMessage());
          return Future.succeededFuture();
        }));
  }

  /** Nothing is written any more. Never fails. */
  Future<Void> settled() {
    return behind;
  }

  /** Of what is over everything that comes is late, and must not be forgotten. */
  private static boolean isOver(@Nullable SessionHead head) {
    return head == null || head.state() != SessionHead.State.LIVE;
  }

  /** Whether somebody else may have gone on with it since: that is asked of its row. */
  private boolean isAnothers(@Nullable Written before, Touch touch) {
    return before == null || before.term() != reads.term(touch.partition());
  }

  private static boolean isLongAgo(@Nullable Written before, Touch touch, long everyMs) {
    return before == null || touch.receivedAtMs() - before.atMs() >= everyMs;
  }

  private static long everyMs(int batches) {
    return batches >= SessionSweep.BUSY_RECORDS ? BUSY_EVERY_MS : AT_MOST_EVERY_MS;
  }

  /**
   * Writes what sessions brought that have been silent since; of others it is more yet. The next poll
   * waits for it, so of very many only some, and the others the next time. What sessions brought whose
   * partition is somebody else's by now is all written: behind their finish it would look as if it had come late.
   *
   * @param numbers of the partitions that are here
   * @param batches of the poll before
   */
  Future<Void> settle(Set<Integer> numbers, long nowMs, int batches) {
    long everyMs = everyMs(batches);
    Map<SessionKey, Touch> due = new HashMap<>();
    int silent = 0;
    for (Map.Entry<SessionKey, Touch> one : waiting.entrySet()) {
      Touch touch = one.getValue();
      boolean gone = !numbers.contains(touch.partition());
      boolean quiet = nowMs - touch.receivedAtMs() >= everyMs && silent < AT_ONCE;
      if (gone || quiet) {
        due.put(one.getKey(), touch);
        silent += gone ? 0 : 1;
      }
    }
    return write(due);
  }

  /** Writes what these brought. */
  Future<Void> settle(List<SessionKey> keys) {
    Map<SessionKey, Touch> due = new HashMap<>();
    for (SessionKey key : keys) {
      Touch touch = waiting.get(key);
      if (touch != null) {
        due.put(key, touch);
      }
    }
    return write(due);
  }

  /** Whether more came of a session than its row says. */
  boolean isWaiting(SessionKey key) {
    return waiting.containsKey(key);
  }

  /** What fails stays, for the next time. */
  private Future<Void> write(Map<SessionKey, Touch> due) {
    if (due.size() <= AT_ONCE) {
      return writePart(due);
    }
    List<Map<SessionKey, Touch>> parts = new ArrayList<>();
    Iterator<Map.Entry<SessionKey, Touch>> all = due.entrySet().iterator();
    while (all.hasNext()) {
      Map<SessionKey, Touch> part = new HashMap<>();
      while (all.hasNext() && part.size() < AT_ONCE) {
        Map.Entry<SessionKey, Touch> one = all.next();
        part.put(one.getKey(), one.getValue());
      }
      parts.add(part);
    }
    return InTurn.each(parts, this::writePart);
  }

  private Future<Void> writePart(Map<SessionKey, Touch> due) {
    return due.isEmpty()
        ? Future.succeededFuture()
        : sessions
            .touch(due)
            .onSuccess(done -> due.forEach((key, touch) -> {
              boolean unused = waiting.remove(key, touch);
              written.put(key, new Written(touch.receivedAtMs(), reads.term(touch.partition())));
            }));
  }
}
