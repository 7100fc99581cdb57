package io.pacewire.training;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Trainings, sessions and ledgers as callers get them. */
final class TrainingJson {
  private TrainingJson() {}

  static JsonObject detail(Training training) {
    return summary(training)
        .put("splits", training.splits())
        .put("verdicts", training.verdicts())
        .put("parts", training.recipe().json().getJsonArray("parts"))
        .put("elevation", training.recipe().elevation().json())
        .put("change", training.origin().change())
        .put("canUndo", training.origin().undo() != null)
        .mergeIn(training.findings());
  }

  static JsonObject summary(Training training) {
    return new JsonObject()
        .put("trainingId", training.trainingId().toString())
        .put("sessionId", training.sessionId().toString())
        .put("revision", training.revision())
        .put("status", training.status())
        .put("complete", training.complete())
        .put("sport", training.sport())
        .put("startAtMs", training.startAtMs())
        .put("endAtMs", training.endAtMs())
        .put("timeZone", training.timeZone())
        .put("algorithmVersion", training.algorithmVersion())
        .put("figures", training.figures())
        .put("verdictCount", verdictCount(training.verdicts()));
  }

  /** Of a very long list only the beginning and the end are kept. */
  static int verdictCount(JsonArray verdicts) {
    return verdicts.isEmpty()
        ? 0
        : verdicts.getJsonObject(verdicts.size() - 1).getInteger("index") + 1;
  }

  /** @param limit one more than this was asked for, so that it is known whether there is a next page */
  static JsonObject page(List<Training> found, int limit) {
    List<Training> shown = found.subList(0, Math.min(limit, found.size()));
    JsonObject page = new JsonObject()
        .put(
            "trainings", new JsonArray(shown.stream().map(TrainingJson::summary).toList()));
    if (found.size() > limit) {
      Training last = shown.get(limit - 1);
      page.put("next", new TrainingCursor(last.startAtMs(), last.trainingId()).encode());
    }
    return page;
  }

  static JsonObject sessions(List<LiveSessionRow> live) {
    JsonArray sessions = new JsonArray();
    for (LiveSessionRow row : live) {
      sessions.add(new JsonObject()
          .put("sessionId", row.sessionId().toString())
          .put("state", "live")
          .put("sport", row.sport())
          .put("startAtMs", row.startAtMs())
          .put("timeZone", row.timeZone())
          .put("tipAtMs", row.tipAtMs())
          .put("lastReceivedAtMs", row.lastReceivedAtMs()));
    }
    return new JsonObject().put("sessions", sessions);
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
