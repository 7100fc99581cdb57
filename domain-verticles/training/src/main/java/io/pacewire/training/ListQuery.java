package io.pacewire.training;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which trainings are asked for, and in which order.
 *
 * @param sports null for any
 * @param statuses null for any
 * @param complete null for either
 * @param range bounds, both included, without bounds where they are as wide as can be
 */
record ListQuery(
    @Nullable List<String> sports,
    @Nullable List<String> statuses,
    @Nullable Boolean complete,
    Range range,
    Sort sort,
    boolean ascending) {

  record Range(
      long fromAtMs,
      long toAtMs,
      double fromDistanceM,
      double toDistanceM,
      double fromDurationS,
      double toDurationS) {}

  enum Sort {
    START,
    DISTANCE,
    DURATION;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    double value(TrainingSummary summary) {
      return switch (this) {
        case START -> summary.startAtMs();
        case DISTANCE -> summary.sums().distanceM();
        case DURATION -> summary.sums().timerS();
      };
    }
  }

  /** Only who asks for them is shown what was deleted. */
  boolean withDeleted() {
    return statuses != null && statuses.contains(Training.DELETED);
  }

  boolean onlyDeleted() {
    return statuses != null
        && !statuses.isEmpty()
        && statuses.stream().allMatch(Training.DELETED::equals);
  }

  /** By which a cursor knows the list that it was made for. */
  String mark() {
    return sort.wireName()
        + (ascending ? "+" : "-")
        + Integer.toHexString(filters().hashCode());
  }

  /** Spelled out: the hash of an enum or of an object is another one in every process. */
  private String filters() {
    return sports + "|" + statuses + "|" + complete + "|" + range;
  }
}
