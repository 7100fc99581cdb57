package io.pacewire.training.imports;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of a file of an archive, activity by activity. Used by one thread. */
final class FileReport {
  static final String IMPORTED = "imported";
  static final String DUPLICATE = "duplicate";
  static final String REFUSED = "refused";
  static final String SKIPPED = "skipped";
  private static final int LONGEST_REASON = 500;
  private static final int MOST_CONTAINED = 20;

  final int number;
  final String name;
  private final List<Part> parts = new ArrayList<>();
  private @Nullable String outcome;
  private @Nullable String reason;

  FileReport(int number, String name) {
    this.number = number;
    this.name = name;
  }

  /** One activity, or leg of it. */
  static final class Part {
    final UUID sessionId;
    private final @Nullable String sport;
    private final long startAtMs;
    private final long endAtMs;
    private @Nullable String outcome;
    private @Nullable UUID trainingId;
    private @Nullable String reason;
    private List<UUID> contained = List.of();

    Part(UUID sessionId, @Nullable String sport, long startAtMs, long endAtMs) {
      this.sessionId = sessionId;
      this.sport = sport;
      this.startAtMs = startAtMs;
      this.endAtMs = endAtMs;
    }

    /** @param training that it became, or that was there before */
    void became(String what, @Nullable UUID training, @Nullable String why) {
      outcome = what;
      trainingId = training;
      reason = why;
    }

    /** Trainings that are parts of this, and stay: their athlete may have worked on them. */
    void contains(List<UUID> trainings) {
      contained = List.copyOf(trainings.subList(0, Math.min(MOST_CONTAINED, trainings.size())));
    }

    boolean isSettled() {
      return outcome != null;
    }

    private @Nullable String reason() {
      if (reason != null || contained.isEmpty()) {
        return reason;
      }
      return "has all of a shorter training that is there: delete the one that is not wanted";
    }

    private JsonObject json() {
      JsonObject json = new JsonObject()
          .put("outcome", outcome)
          .put("sport", sport)
          .put("startAtMs", startAtMs)
          .put("endAtMs", endAtMs);
      if (trainingId != null) {
        json.put("trainingId", trainingId.toString());
      }
      if (!contained.isEmpty() && IMPORTED.equals(outcome)) {
        json.put(
            "contains", new JsonArray(contained.stream().map(UUID::toString).toList()));
      }
      String why = reason();
      return why == null ? json : json.put("reason", why);
    }
  }

  void add(Part part) {
    parts.add(part);
  }

  int partCount() {
    return parts.size();
  }

  /** Nothing of it was sent anywhere. */
  FileReport became(String what, String why) {
    outcome = what;
    note(why);
    return this;
  }

  /** What is wrong with a file that was read all the same; nothing where that is empty. */
  void note(String fault) {
    if (!fault.isEmpty()) {
      reason = fault.length() <= LONGEST_REASON ? fault : fault.substring(0, LONGEST_REASON);
    }
  }

  boolean isSettled() {
    return parts.stream().allMatch(Part::isSettled);
  }

  /** The best that became of any of its activities. */
  String outcome() {
    if (outcome != null) {
      return outcome;
    }
    for (String one : List.of(IMPORTED, DUPLICATE)) {
      if (parts.stream().anyMatch(part -> one.equals(part.outcome))) {
        return one;
      }
    }
    return REFUSED;
  }

  @Nullable
  String reason() {
    return reason != null || parts.size() != 1 ? reason : parts.get(0).reason();
  }

  JsonArray activities() {
    return new JsonArray(parts.stream().map(Part::json).toList());
  }
}
