package io.pacewire.identity;

import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import java.util.Set;

/** What can be said of a body. Pure. */
final class ParametersRules {
  static final int LOWEST_RESTING_BPM = 25;
  static final int HIGHEST_RESTING_BPM = 120;
  static final int LOWEST_THRESHOLD_W = 50;
  static final int HIGHEST_THRESHOLD_W = 600;
  static final int LEAST_KG = 20;
  static final int MOST_KG = 400;
  static final int YOUNGEST_YEARS = 10;
  static final int EARLIEST_BIRTH_YEAR = 1900;

  private static final Set<String> SEXES = Set.of("female", "male");

  private ParametersRules() {}

  static String sex(String text) {
    if (!SEXES.contains(text)) {
      throw new IllegalArgumentException("must be female or male, or null");
    }
    return text;
  }

  /** What holds between fields. */
  static void check(Parameters said) {
    Integer most = said.maxHeartRateBpm();
    Integer resting = said.restingHeartRateBpm();
    if (most != null && resting != null && resting >= most) {
      throw new ProblemException(
          Problem.badRequest("restingHeartRateBpm", "must be below maxHeartRateBpm, " + most));
    }
  }
}
