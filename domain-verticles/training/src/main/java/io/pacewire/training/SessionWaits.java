package io.pacewire.training;

import java.time.Duration;

/**
 * How long a session is waited for.
 *
 * @param silence then a session that nobody finished is closed
 * @param missing then a finished session goes without the batches that did not come
 * @param revision so long nothing more may come before a training is looked at again
 * @param sealing so long after its last batch the chunks of a finished session are sealed
 */
public record SessionWaits(
    Duration silence, Duration missing, Duration revision, Duration sealing) {
  public SessionWaits {
    if (silence.compareTo(missing) < 0) {
      throw new IllegalArgumentException("training.silenceEndsAfterS must be at least"
          + " training.missingGivenUpAfterS, which is " + missing.toSeconds()
          + ", was " + silence.toSeconds());
    }
  }
}
