package io.pacewire.training;

import io.pacewire.track.Figures;
import io.pacewire.training.Gaps.Gap;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The part of a live message that is always sent whole, so that a viewer may miss any of them. */
final class LiveMessages {
  private LiveMessages() {}

  /** @param partial whether figures go on behind something that is missing, and may change when it comes */
  static JsonObject whole(
      SessionKey key,
      String state,
      Figures figures,
      Figures heart,
      List<Gap> missing,
      List<Gap> backfilled,
      boolean partial) {
    return new JsonObject()
        .put("session", LiveJson.session(key, state, figures))
        .put("figures", LiveJson.figures(figures, heart).put("partial", partial))
        .put("zones", LiveJson.zones(heart))
        .put("ledger", LiveJson.ledger(figures.elapsedS(), missing, backfilled));
  }
}
