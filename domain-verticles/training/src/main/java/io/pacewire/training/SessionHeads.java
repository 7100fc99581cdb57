package io.pacewire.training;

import io.pacewire.track.TrackFold;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Heads of the sessions a consumer sees, made where they are new, and read again where somebody else
 * may have gone on with them. Bounded; used from one event loop.
 */
final class SessionHeads {
  private static final int CAPACITY = 200_000;

  private final SessionRepository sessions;
  private final SessionAllowance allowance;
  private final Partitions partitions;
  private final Set<LocalDate> months = new HashSet<>();
  private final PartitionReads reads;
  private final Map<SessionKey, Known> known = new LinkedHashMap<>(1024, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<SessionKey, Known> eldest) {
      return size() > CAPACITY;
    }
  };

  SessionHeads(SessionRepository sessions, Partitions partitions, PartitionReads reads) {
    this.sessions = sessions;
    this.allowance = new SessionAllowance(sessions);
    this.partitions = partitions;
    this.reads = reads;
  }

  /** @param term in which it was read */
  private record Known(SessionHead head, int term) {}

  /** The head of every session in {@code records}. */
  Future<Map<SessionKey, SessionHead>> of(List<TelemetryRecord> records) {
    Map<SessionKey, SessionHead> heads = new HashMap<>();
    Map<SessionKey, TelemetryRecord> unknown = new LinkedHashMap<>();
    for (TelemetryRecord record : records) {
      SessionKey key = record.writer().session();
      Known kept = known.get(key);
      if (kept == null || kept.term() != reads.term(record.partition())) {
        unknown.putIfAbsent(key, record);
      } else {
        heads.put(key, kept.head());
      }
    }
    if (unknown.isEmpty()) {
      return Future.succeededFuture(heads);
    }
    return found(unknown)
        .compose(found -> ensureMonths(found.values()).map(found))
        .map(found -> {
          found.forEach((key, head) -> {
            TelemetryRecord record = unknown.get(key);
            if (record != null) {
              known.put(key, new Known(head, reads.term(record.partition())));
            }
          });
          heads.putAll(found);
          return heads;
        });
  }

  /** After a takeover nearly all are there. */
  private Future<Map<SessionKey, SessionHead>> found(Map<SessionKey, TelemetryRecord> unknown) {
    return sessions.listHeads(unknown.keySet()).compose(there -> {
      Map<SessionKey, TelemetryRecord> missing = new LinkedHashMap<>(unknown);
      missing.keySet().removeAll(there.keySet());
      return missing.isEmpty()
          ? Future.succeededFuture(there)
          : allowance
              .admitted(missing.values())
              .compose(admitted -> admitted.isEmpty()
                  ? Future.succeededFuture()
                  : sessions.insertNew(admitted, TrackFold.ALGORITHM_VERSION))
              .compose(done -> sessions.listHeads(missing.keySet()))
              .map(made -> {
                there.putAll(made);
                return there;
              });
    });
  }

  /** The session's training was written. */
  void finished(SessionKey key) {
    known.computeIfPresent(key, (same, kept) -> new Known(kept.head().finished(), kept.term()));
  }

  /** Whether that was here. */
  boolean isFinished(SessionKey key) {
    Known kept = known.get(key);
    return kept != null && kept.head().state() == SessionHead.State.FINISHED;
  }

  void forget(SessionKey key) {
    known.remove(key);
  }

  /** Somebody else may have let go months that were there. */
  Future<Void> ensureMonthsOf(Collection<SessionHead> heads) {
    heads.forEach(head -> months.remove(head.bucket()));
    return ensureMonths(heads);
  }

  /** Also of a session that was begun long ago: where its chunks are was settled then. */
  private Future<Void> ensureMonths(Collection<SessionHead> heads) {
    Set<LocalDate> missing = heads.stream()
        .map(SessionHead::bucket)
        .filter(month -> !months.contains(month))
        .collect(Collectors.toSet());
    return missing.isEmpty()
        ? Future.succeededFuture()
        : partitions.ensure(missing).onSuccess(done -> months.addAll(missing));
  }
}
