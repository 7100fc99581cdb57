package io.pacewire.training;

import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What edits make of recipes. Pure; what cannot be done is a problem that names the field. */
final class RecipeRules {
  static final int MOST_MERGED = 16;

  /** Who slept in between made two trainings. */
  static final Duration LONGEST_BETWEEN = Duration.ofHours(24);

  /** No import and no expedition is longer; every edit folds all of it. */
  static final Duration LONGEST_MERGED = Duration.ofDays(31);

  private RecipeRules() {}

  /**
   * What is left of a training.
   *
   * @param fromMs the first that stays; null for its beginning
   * @param toMs the first that goes; null for its end
   */
  static Recipe crop(Training held, @Nullable Long fromMs, @Nullable Long toMs) {
    if (fromMs != null && toMs != null && fromMs >= toMs) {
      throw fault("toMs", "must be after fromMs");
    }
    Long from = fromMs == null || fromMs <= held.startAtMs() ? null : fromMs;
    Long to = toMs == null || toMs > held.endAtMs() ? null : toMs;
    if (from == null && to == null) {
      throw fault("fromMs", "or toMs must lie within the training, which lasts " + range(held));
    }
    if (from != null && from > held.endAtMs()) {
      throw fault("fromMs", "must lie within the training, which lasts " + range(held));
    }
    if (to != null && to <= held.startAtMs()) {
      throw fault("toMs", "must lie within the training, which lasts " + range(held));
    }
    return within("fromMs", held, from, to);
  }

  /** @param before null for what is from {@code atMs} on */
  static Recipe split(Training held, long atMs, boolean before) {
    if (atMs <= held.startAtMs() || atMs > held.endAtMs()) {
      throw fault("atMs", "must lie within the training, which lasts " + range(held));
    }
    return within("atMs", held, before ? null : atMs, before ? atMs : null);
  }

  /** The same each time, so that who splits twice splits once. */
  static UUID splitOff(UUID trainingId, long atMs) {
    String name = "split/" + trainingId + "/" + atMs;
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  /** All of them as one, with the sport and the heights of the first given. */
  static Recipe merge(Training into, List<Training> others) {
    List<Training> all = new ArrayList<>(others);
    all.add(into);
    all.sort(Comparator.comparingLong(Training::startAtMs));
    if (all.stream().mapToInt(one -> one.recipe().parts().size()).sum() > Recipe.MOST_PARTS) {
      throw fault("with", "makes more than " + Recipe.MOST_PARTS + " parts");
    }
    Training first = all.get(0);
    long lastMs = all.stream().mapToLong(Training::endAtMs).max().orElse(0);
    if (lastMs - first.startAtMs() > LONGEST_MERGED.toMillis()) {
      throw fault("with", "makes a training of more than " + LONGEST_MERGED.toDays() + " days");
    }
    Recipe merged = first.recipe();
    for (int i = 1; i < all.size(); i++) {
      follow(all.get(i - 1), all.get(i));
      merged = merged.followedBy(all.get(i).recipe());
    }
    return new Recipe(
        merged.parts(),
        first.equals(into) ? into.recipe().sport() : into.sport(),
        into.recipe().elevation());
  }

  private static void follow(Training earlier, Training later) {
    long betweenMs = later.startAtMs() - earlier.endAtMs();
    if (betweenMs < 0 && !meet(earlier, later)) {
      throw fault(
          "with",
          later.trainingId() + " began while " + earlier.trainingId()
              + " was going on: one of them can be cropped or deleted");
    }
    if (betweenMs > LONGEST_BETWEEN.toMillis()) {
      throw fault(
          "with",
          later.trainingId() + " began more than " + LONGEST_BETWEEN.toHours() + " h after "
              + earlier.trainingId() + " had ended");
    }
  }

  /** What was split may seem to overlap by the last sample before the cut. */
  private static boolean meet(Training earlier, Training later) {
    List<TrainingPart> before = earlier.recipe().parts();
    return before.get(before.size() - 1).joined(later.recipe().parts().get(0)).isPresent();
  }

  /** Whether something would count twice. */
  static boolean overlap(Recipe one, Recipe other) {
    return one.parts().stream()
        .anyMatch(part -> other.parts().stream()
            .anyMatch(that -> part.sessionId().equals(that.sessionId())
                && that.within(part.fromMs(), part.toMs()).isPresent()));
  }

  private static Recipe within(
      String field, Training held, @Nullable Long fromMs, @Nullable Long toMs) {
    try {
      return held.recipe().within(fromMs, toMs);
    } catch (IllegalArgumentException e) {
      throw fault(field, "leaves nothing of the training");
    }
  }

  private static String range(Training held) {
    return held.startAtMs() + " to " + held.endAtMs();
  }

  static ProblemException fault(String field, String problem) {
    return new ProblemException(Problem.badRequest(field, problem));
  }
}
