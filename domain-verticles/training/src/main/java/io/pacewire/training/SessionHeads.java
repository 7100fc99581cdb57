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

/** Heads of the sessions a consumer sees, made where they are new. Bounded; used from one event loop. */
final class SessionHeads {
  private static final int CAPACITY = 200_000;

  private final SessionRepository sessions;
  private final Partitions partitions;
  private final Set<LocalDate> months = new HashSet<>();
  private final Map<SessionKey, SessionHead> known = new LinkedHashMap<>(1024, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<SessionKey, SessionHead> eldest) {
      return size() > CAPACITY;
    }
  };

  SessionHeads(SessionRepository sessions, Partitions partitions) {
    this.sessions = sessions;
    this.partitions = partitions;
  }

  /** The head of every session in {@code records}. */
  Future<Map<SessionKey, SessionHead>> of(List<TelemetryRecord> records) {
    Map<SessionKey, SessionHead> heads = new HashMap<>();
    Map<SessionKey, TelemetryRecord> unknown = new LinkedHashMap<>();
    for (TelemetryRecord record : records) {
      SessionKey key = record.writer().session();
      SessionHead head = known.get(key);
      if (head == null) {
        unknown.putIfAbsent(key, record);
      } else {
        heads.put(key, head);
      }
    }
    if (unknown.isEmpty()) {
      return Future.succeededFuture(heads);
    }
    return sessions
        .insertNew(unknown.values(), TrackFold.ALGORITHM_VERSION)
        .compose(done -> sessions.listHeads(unknown.keySet()))
        .compose(found -> ensureMonths(found.values()).map(found))
        .map(found -> {
          known.putAll(found);
          heads.putAll(found);
          return heads;
        });
  }

  /** The session's training was written. */
  void finished(SessionKey key) {
    known.computeIfPresent(key, (same, head) -> head.finished());
  }

  void forget(SessionKey key) {
    known.remove(key);
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
