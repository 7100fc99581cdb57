package io.pacewire.gateway;

import io.pacewire.platform.web.KeyCounts;
import java.util.UUID;

/**
 * Who looks on through this node, and who of them does not read: what waits for a viewer waits in
 * memory, so both have a bound. Used from one event loop.
 */
final class LiveViewers {
  private final Bounds bounds;
  private final KeyCounts<UUID> ofAthlete = new KeyCounts<>();
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
    return ofAthlete.of(athlete) >= bounds.mostOfOne();
  }

  void enter(UUID athlete) {
    open++;
    ofAthlete.more(athlete);
  }

  void leave(UUID athlete) {
    open--;
    ofAthlete.less(athlete);
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
