package io.pacewire.training.imports;

import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An archive and how far it is.
 *
 * @param sizeBytes as far as it was uploaded
 * @param readBytes as far as it was read
 * @param failure why it failed, or why it could not be read to its end
 * @param cancelWanted it ends with the file that is under way
 */
record ImportJob(
    UUID id,
    UUID athleteId,
    String name,
    ZoneId zone,
    State state,
    long sizeBytes,
    long readBytes,
    long createdAtMs,
    @Nullable Long endedAtMs,
    int attempts,
    @Nullable String failure,
    boolean cancelWanted) {

  /** As the column {@code state} numbers it. */
  enum State {
    UPLOADING(0),
    WAITING(1),
    WORKING(2),
    DONE(3),
    FAILED(4),
    CANCELLED(5);

    final int number;

    State(int number) {
      this.number = number;
    }

    static State of(int number) {
      for (State one : values()) {
        if (one.number == number) {
          return one;
        }
      }
      throw new IllegalArgumentException("import state " + number);
    }
  }
}
