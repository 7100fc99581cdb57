package io.pacewire.platform.kafka;

import java.time.Duration;

/**
 * Two topics of which one goes first.
 *
 * @param first read always
 * @param second read as it comes while little of the first is waiting, else a poll at a time
 * @param lagAtMost so much of the first may wait, as it comes in now, before the second is read a
 *     poll at a time; it is read as it comes at half of that
 */
public record Lanes(String first, String second, Duration lagAtMost) {

  public Lanes {
    if (lagAtMost.isNegative() || lagAtMost.isZero()) {
      throw new IllegalArgumentException("lagAtMost must be positive, was " + lagAtMost);
    }
  }
}
