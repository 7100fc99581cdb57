package io.pacewire.training;

import io.pacewire.track.AthleteParameters;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the server fixed about a session when it first saw it.
 *
 * @param bucket first day of the month whose partition holds the session's chunks
 * @param athlete what was known of the athlete then
 * @param clockOffsetMs received-at minus sent-at of the first batch
 * @param tipAtMs event time of the newest sample when the row was read
 * @param startTold that it began was known, and told, when the row was read
 * @param rowVersion changes with everything that is noted of the session
 */
record SessionHead(
    SessionKey key,
    LocalDate bucket,
    int algorithmVersion,
    AthleteParameters athlete,
    long clockOffsetMs,
    UUID deviceId,
    State state,
    @Nullable Long tipAtMs,
    boolean startTold,
    String rowVersion) {

  SessionHead finished() {
    return new SessionHead(
        key,
        bucket,
        algorithmVersion,
        athlete,
        clockOffsetMs,
        deviceId,
        State.FINISHED,
        tipAtMs,
        startTold,
        rowVersion);
  }

  /** As the column {@code state} numbers it. */
  enum State {
    LIVE,
    FINISHED,
    QUARANTINED;

    /** As the column {@code state} has it. */
    short number() {
      return switch (this) {
        case LIVE -> 0;
        case FINISHED -> 1;
        case QUARANTINED -> 2;
      };
    }

    static State of(int number) {
      return switch (number) {
        case 0 -> LIVE;
        case 1 -> FINISHED;
        case 2 -> QUARANTINED;
        default -> throw new IllegalArgumentException("session state " + number);
      };
    }
  }
}
