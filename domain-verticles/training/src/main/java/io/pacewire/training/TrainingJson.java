package io.pacewire.training;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Trainings, sessions and ledgers as callers get them. */
final class TrainingJson {
  /** Of doubtful fixes the first ones: the rest is paged. */
  private static final int VERDICTS_SHOWN = 500;

  private TrainingJson() {}

  static JsonObject detail(Training training) {
    JsonArray verdicts = training.verdicts();
    JsonArray first = verdicts.size() <= VERDICTS_SHOWN
        ? verdicts
        : new JsonArray(verdicts.stream().limit(VERDICTS_SHOWN).toList());
    return TrainingSummary.of(training)
        .json()
        .put("figures", training.figures())
        .put("splits", training.splits())
        .put("verdicts", first)
        .put("parts", training.recipe().json().getJsonArray("parts"))
        .put("elevation", training.recipe().elevation().json())
        .put("change", training.origin().change())
        .put("canUndo", training.origin().undo() != null)
        .mergeIn(training.findings());
  }

  static JsonObject ledger(SessionHead head, int writer, StoredLedger ledger) {
    JsonArray refused = new JsonArray();
    for (StoredLedger.Refused one : ledger.refused()) {
      refused.add(new JsonObject().put("seq", one.seq()).put("reason", one.reason()));
    }
    return new JsonObject()
        .put("sessionId", head.key().sessionId().toString())
        .put("writer", writer)
        .put("state", head.state().name().toLowerCase(java.util.Locale.ROOT))
        .put("stored", ranges(ledger.stored()))
        .put("refused", refused)
        .put("skipped", ranges(ledger.skipped()));
  }

  private static JsonArray ranges(List<StoredLedger.Range> ranges) {
    JsonArray pairs = new JsonArray();
    for (StoredLedger.Range range : ranges) {
      pairs.add(new JsonArray().add(range.fromSeq()).add(range.toSeq()));
    }
    return pairs;
  }
}
