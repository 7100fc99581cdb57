package io.pacewire.platform.kafka;

/**
 * Two topics of which one goes first.
 *
 * @param first read always
 * @param second read while little of the first is waiting
 * @param lagAtMost records of the first that may wait, of all partitions of a consumer together,
 *     before the second is paused; it goes on at half of that
 */
public record Lanes(String first, String second, long lagAtMost) {

  public Lanes {
    if (lagAtMost < 1) {
      throw new IllegalArgumentException("lagAtMost must be positive, was " + lagAtMost);
    }
  }
}
