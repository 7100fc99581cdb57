package io.pacewire.gateway;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Who looks on through this node, and who of them does not read: what waits for a viewer waits in
 * memory, so both have a bound. Used from one event loop.
 */
final class LiveViewers {
  private final Bounds bounds;
  private final Map<UUID, Integer> ofAthlete = new HashMap<>();
  private int open;
  private int behind;

  /**
   * @param most viewers of a node
   * @param mostOfOne viewers with the tokens of one athlete
   * @param mostBehind viewers that have not read what was written to them; one more is closed
   * @param behindMs for so long a viewer may not read before it is closed
   */
  record Bounds(int most, int mostOfOne, int mostBehind, long behindMs) {
    static final Bounds DEFAULT = new Bounds(2_000, 16, 64, 30_000);
  }

  LiveViewers(Bounds bounds) {
    this.bounds = bounds;
  }

  Bounds bounds() {
    return bounds;
  }

  int open() {
    return open;
  }

  boolean isFull() {
    return open >= bounds.most();
  }

  boolean hasEnough(UUID athlete) {
    return ofAthlete.getOrDefault(athlete, 0) >= bounds.mostOfOne();
  }

  void enter(UUID athlete) {
    open++;
    ofAthlete.merge(athlete, 1, Integer::sum);
  }

  void leave(UUID athlete) {
    open--;
    ofAthlete.computeIfPresent(athlete, (known, count) -> count == 1 ? null : count - 1);
  }

  /** False where too many are behind already. */
  boolean fallBehind() {
    if (behind >= bounds.mostBehind()) {
      return false;
    }
    behind++;
    return true;
  }

  void catchUp() {
    behind--;
  }
}
