package io.pacewire.training;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Identity of a recording: the athlete is part of it, so another athlete's batch with the same
 * session id is another session and there is no ownership to race for.
 */
record SessionKey(UUID athleteId, UUID sessionId) {

  /**
   * By hand, here and in other keys that each batch is looked up by: what a record has of itself goes
   * through method handles, which deep in a map are not compiled into their caller. It was a quarter of
   * what the consumer's event loop did.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SessionKey key
        && sessionId.equals(key.sessionId)
        && athleteId.equals(key.athleteId);
  }

  @Override
  public int hashCode() {
    return 31 * athleteId.hashCode() + sessionId.hashCode();
  }
}
