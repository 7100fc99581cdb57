package io.pacewire.training;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How many sessions athletes may still begin within a day: no more than can be sport, or an import.
 * Who has room for many is counted once for half of them, since counting takes the longer the more he has begun.
 * Bounded; used from one event loop.
 */
final class SessionAllowance {
  /** Who may begin none is counted again after so long. */
  static final long FULL_FOR_MS = 60_000;

  private static final int CAPACITY = 100_000;

  private final SessionRepository sessions;
  private final Map<UUID, Left> left = new LinkedHashMap<>(1024, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<UUID, Left> eldest) {
      return size() > CAPACITY;
    }
  };

  SessionAllowance(SessionRepository sessions) {
    this.sessions = sessions;
  }

  /**
   * Of an athlete.
   *
   * @param count sessions that he may begin without being counted
   * @param noneUntilMs he may begin none before; 0 where he may
   */
  private record Left(int count, long noneUntilMs) {
    boolean decides(int wanted, long atMs) {
      return count >= wanted || atMs < noneUntilMs;
    }
  }

  /** What an athlete begins now. */
  private record Wanted(List<TelemetryRecord> firsts, long atMs) {
    static Wanted of(TelemetryRecord first) {
      return new Wanted(new ArrayList<>(List.of(first)), first.receivedAtMs());
    }

    Wanted and(Wanted other) {
      firsts.addAll(other.firsts);
      return new Wanted(firsts, Math.max(atMs, other.atMs));
    }
  }

  /** @param firsts a batch of each session that is to be begun; completes with those that may be */
  Future<List<TelemetryRecord>> admitted(Collection<TelemetryRecord> firsts) {
    Map<UUID, Wanted> wanted = new LinkedHashMap<>();
    firsts.forEach(
        first -> wanted.merge(first.writer().session().athleteId(), Wanted.of(first), Wanted::and));
    Map<UUID, Long> unsure = new HashMap<>();
    wanted.forEach((athlete, one) -> {
      Left known = left.get(athlete);
      if (known == null || !known.decides(one.firsts().size(), one.atMs())) {
        unsure.put(athlete, one.atMs());
      }
    });
    Future<Map<UUID, Integer>> counting =
        unsure.isEmpty() ? Future.succeededFuture(Map.of()) : sessions.countBegun(unsure);
    return counting.map(begun -> {
      List<TelemetryRecord> admitted = new ArrayList<>(firsts.size());
      wanted.forEach((athlete, one) -> admitted.addAll(granted(athlete, one, begun.get(athlete))));
      return admitted;
    });
  }

  /** @param begun within a day; null where what is left decides */
  private List<TelemetryRecord> granted(UUID athlete, Wanted wanted, @Nullable Integer begun) {
    Left known = left.get(athlete);
    int asked = wanted.firsts().size();
    int room = begun != null
        ? Math.max(0, SessionRepository.MOST_A_DAY - begun)
        : known == null ? 0 : known.count();
    int count = Math.min(asked, room);
    int rest = begun != null ? (room - count) / 2 : room - count;
    left.put(athlete, new Left(rest, noneUntilMs(wanted, begun, room, known)));
    return wanted.firsts().subList(0, count);
  }

  private static long noneUntilMs(
      Wanted wanted, @Nullable Integer begun, int room, @Nullable Left known) {
    if (room > 0) {
      return 0;
    }
    return begun != null || known == null ? wanted.atMs() + FULL_FOR_MS : known.noneUntilMs();
  }
}
