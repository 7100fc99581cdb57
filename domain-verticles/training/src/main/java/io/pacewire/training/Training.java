package io.pacewire.training;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/**
 * One revision of what an athlete sees as a training. Figures, splits and verdicts are kept as they
 * are shown: a later algorithm makes a later revision and leaves this one as it was.
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
    JsonArray verdicts) {

  /** Whether nothing but the number of the revision would be new. */
  boolean saysTheSameAs(Training other) {
    return equals(other.numbered(revision));
  }

  private Training numbered(int number) {
    return new Training(
        trainingId,
        sessionId,
        number,
        status,
        complete,
        sport,
        startAtMs,
        endAtMs,
        timeZone,
        algorithmVersion,
        figures,
        splits,
        verdicts);
  }
}
