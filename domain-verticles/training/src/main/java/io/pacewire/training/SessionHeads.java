package io.pacewire.training;

import io.pacewire.track.TrackFold;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.LocalDate;
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
  private final SqlClient pool;
  private final Set<LocalDate> partitions = new HashSet<>();
  private final Map<SessionKey, SessionHead> known = new LinkedHashMap<>(1024, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<SessionKey, SessionHead> eldest) {
      return size() > CAPACITY;
    }
  };

  SessionHeads(SessionRepository sessions, SqlClient pool) {
    this.sessions = sessions;
    this.pool = pool;
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
    return ensurePartitions(unknown)
        .compose(done -> sessions.insertNew(unknown.values(), TrackFold.ALGORITHM_VERSION))
        .compose(done -> sessions.listHeads(unknown.keySet()))
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

  private Future<Void> ensurePartitions(Map<SessionKey, TelemetryRecord> unknown) {
    Set<LocalDate> months = unknown.values().stream()
        .map(record -> SessionRepository.bucketOf(record.receivedAtMs()))
        .filter(month -> !partitions.contains(month))
        .collect(Collectors.toSet());
    Future<Void> made = Future.succeededFuture();
    for (LocalDate month : months) {
      made = made.compose(done -> ChunkPartitions.ensure(pool, month))
          .onSuccess(done -> partitions.add(month));
    }
    return made;
  }
}
