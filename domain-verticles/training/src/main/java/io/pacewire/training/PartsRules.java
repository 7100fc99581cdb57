package io.pacewire.training;

import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.training.TrainingRepository.Told;
import java.util.List;

/** No stretch of a recording counts twice. Pure. */
final class PartsRules {
  private PartsRules() {}

  /**
   * @param counting all trainings that count and have a part of the same sessions, those written
   *     included
   * @throws ProblemException 409 where one of those written has a part of another
   */
  static void requireCountedOnce(List<Told> written, List<Training> counting) {
    for (Told told : written) {
      Training one = told.training();
      for (Training other : counting) {
        if (one.counts()
            && !one.trainingId().equals(other.trainingId())
            && RecipeRules.overlap(one.recipe(), other.recipe())) {
          throw new ProblemException(Problem.conflict(
                  "parts-overlap",
                  "training " + other.trainingId() + " has a part of it: it would count twice")
              .with("trainingId", other.trainingId().toString()));
        }
      }
    }
  }
}
