package io.pacewire.training;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One revision of what an athlete sees as a training. Figures, splits, verdicts and findings are kept as they
 * are shown: a later algorithm makes a later revision and leaves this one as it was.
 *
 * @param sessionId of its first part
 */
record Training(
    UUID trainingId,
    UUID sessionId,
    int revision,
    String status,
    boolean complete,
    String sport,
    long startAtMs,
    long endAtMs,
    String timeZone,
    int algorithmVersion,
    JsonObject figures,
    JsonArray splits,
    JsonArray verdicts,
    JsonObject findings,
    Origin origin) {

  static final String FINISHED = "finished";

  /** Does not count: it was no training of this athlete, or its track is wrong. */
  static final String REJECTED = "rejected";

  /** Not shown any more; what was recorded is still there. */
  static final String DELETED = "deleted";

  boolean counts() {
    return status.equals(FINISHED);
  }

  Recipe recipe() {
    return origin.recipe();
  }

  /** The next revision, with another status and all else as it is. */
  Training changed(String to) {
    return copy(revision + 1, to, origin.changed(to));
  }

  Training of(Origin other) {
    return copy(revision, status, other);
  }

  /** Whether nothing but the number of the revision, and what made it, would be new. */
  boolean saysTheSameAs(Training other) {
    return plain().equals(other.copy(revision, other.status, other.origin).plain());
  }

  private Training plain() {
    return copy(revision, status, origin.changed((@Nullable JsonObject) null));
  }

  private Training copy(int number, String newStatus, Origin newOrigin) {
    return new Training(
        trainingId,
        sessionId,
        number,
        newStatus,
        complete,
        sport,
        startAtMs,
        endAtMs,
        timeZone,
        algorithmVersion,
        figures,
        splits,
        verdicts,
        findings,
        newOrigin);
  }
}
