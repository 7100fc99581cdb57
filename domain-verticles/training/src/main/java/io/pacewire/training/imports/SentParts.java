package io.pacewire.training.imports;

import io.pacewire.training.imports.FileReport.Part;
import io.pacewire.training.imports.ImportedRepository.Taken;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was sent and has not come to its end, in the order in which it was sent. What the consumers
 * refuse leaves no trace but this: an athlete's batches are consumed in order, so where a later one was taken,
 * an earlier one without a head never will be. Pure; used by one thread.
 */
final class SentParts {
  private final Map<UUID, One> waiting = new LinkedHashMap<>();
  private int count;
  private int lastTaken;

  /** @param order from 1 */
  private record One(Part part, int order, long sentAtMs) {}

  /** @param sentAtMs not after the time that its first batch carries */
  void add(Part part, long sentAtMs) {
    waiting.put(part.sessionId, new One(part, ++count, sentAtMs));
  }

  int size() {
    return waiting.size();
  }

  Collection<UUID> sessions() {
    return List.copyOf(waiting.keySet());
  }

  /** Null where it does not wait. */
  @Nullable
  Part remove(UUID session) {
    One one = waiting.remove(session);
    return one == null ? null : one.part;
  }

  /** A head of an earlier attempt says nothing of what was sent now. */
  void taken(Map<UUID, Taken> taken) {
    taken.forEach((session, head) -> {
      One one = waiting.get(session);
      if (one != null && head.firstReceivedAtMs() >= one.sentAtMs) {
        lastTaken = Math.max(lastTaken, one.order);
      }
    });
  }

  /**
   * Takes out what will never be taken.
   *
   * @param taken as they were when they were looked at last
   * @param full whether no more sessions of the athlete are begun, from before that look
   */
  List<Part> removeRefused(Map<UUID, Taken> taken, boolean full) {
    List<Part> refused = new ArrayList<>();
    waiting.values().removeIf(one -> {
      boolean never = !taken.containsKey(one.part.sessionId) && (full || one.order < lastTaken);
      return never && refused.add(one.part);
    });
    return refused;
  }
}
