package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pacewire.platform.web.ProblemException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecipeRulesTest {
  private static final long HOUR_MS = 3_600_000;
  private static final UUID ONE = new UUID(0, 1);
  private static final UUID TWO = new UUID(0, 2);

  private static Training training(UUID session, long startAtMs, long endAtMs, Recipe recipe) {
    return new Training(
        session,
        session,
        1,
        Training.FINISHED,
        true,
        "run",
        startAtMs,
        endAtMs,
        "UTC",
        7,
        new JsonObject(),
        new JsonArray(),
        new JsonArray(),
        new JsonObject(),
        Origin.of(recipe));
  }

  /** From 100 to 200 s. */
  private static Training held() {
    return training(ONE, 100_000, 200_000, Recipe.whole(ONE));
  }

  private static List<TrainingPart> cropped(@Nullable Long fromMs, @Nullable Long toMs) {
    return RecipeRules.crop(held(), fromMs, toMs).parts();
  }

  @Test
  void aCrop_hasTheEndsThatLieWithin() {
    assertThat(cropped(120_000L, 150_000L)).containsExactly(part(120_000L, 150_000L));
    assertThat(cropped(100_000L, 150_000L)).containsExactly(part(null, 150_000L));
    assertThat(cropped(null, 200_000L)).containsExactly(part(null, 200_000L));
    assertThat(cropped(200_000L, 300_000L)).containsExactly(part(200_000L, null));
  }

  private static TrainingPart part(@Nullable Long fromMs, @Nullable Long toMs) {
    return new TrainingPart(ONE, fromMs, toMs);
  }

  @Test
  void aCropThatLeavesAllOrNothing_namesItsField() {
    refuses(() -> cropped(150_000L, 150_000L), "toMs must be after fromMs");
    refuses(() -> cropped(null, null), "fromMs or toMs must lie within");
    refuses(() -> cropped(100_000L, 200_001L), "fromMs or toMs must lie within");
    refuses(() -> cropped(200_001L, null), "fromMs must lie within");
    refuses(() -> cropped(null, 100_000L), "toMs must lie within");
    Training two = training(
        ONE,
        100_000,
        200_000,
        new Recipe(
            List.of(part(null, 120_000L), part(180_000L, null)), null, Elevation.AS_RECORDED));
    refuses(
        () -> RecipeRules.crop(two, 130_000L, 170_000L), "fromMs leaves nothing of the training");
  }

  @Test
  void aSplit_liesWithin_andIsTheSameEachTime() {
    assertThat(RecipeRules.split(held(), 200_000, true).parts())
        .containsExactly(part(null, 200_000L));
    assertThat(RecipeRules.split(held(), 100_001, false).parts())
        .containsExactly(part(100_001L, null));
    refuses(() -> RecipeRules.split(held(), 100_000, true), "atMs must lie within");
    refuses(() -> RecipeRules.split(held(), 200_001, true), "atMs must lie within");
    assertThat(RecipeRules.splitOff(ONE, 150_000))
        .isEqualTo(RecipeRules.splitOff(ONE, 150_000))
        .isNotEqualTo(RecipeRules.splitOff(ONE, 150_001));
  }

  @Test
  void mergedTrainings_standByTime_withTheSportOfTheOneTheyGoInto() {
    Training later = training(TWO, 300_000, 400_000, Recipe.whole(TWO));
    Recipe merged = RecipeRules.merge(later, List.of(held()));
    assertThat(merged.parts()).extracting(TrainingPart::sessionId).containsExactly(ONE, TWO);
    assertThat(merged.sport()).as("the first of them was said to be another").isEqualTo("run");
    assertThat(RecipeRules.merge(held(), List.of(later)).sport()).isNull();
  }

  @Test
  void trainingsThatOverlapOrLieFarApart_areNotMerged() {
    Training beside = training(TWO, 199_000, 400_000, Recipe.whole(TWO));
    refuses(() -> RecipeRules.merge(held(), List.of(beside)), "was going on");
    Training dayAfter = training(TWO, 200_001 + 24 * HOUR_MS, 500_000_000, Recipe.whole(TWO));
    refuses(() -> RecipeRules.merge(held(), List.of(dayAfter)), "more than 24 h after");
    Training afterADay = training(TWO, 200_000 + 24 * HOUR_MS, 500_000_000, Recipe.whole(TWO));
    assertThat(RecipeRules.merge(held(), List.of(afterADay)).parts()).hasSize(2);
  }

  @Test
  void noMoreThanAMonth_isMerged() {
    long monthMs = 31 * 24 * HOUR_MS;
    Training month = training(ONE, 100_000, 60_000 + monthMs, Recipe.whole(ONE));
    Training fits = training(TWO, 70_000 + monthMs, 100_000 + monthMs, Recipe.whole(TWO));
    Training longer = training(TWO, 70_000 + monthMs, 100_001 + monthMs, Recipe.whole(TWO));
    assertThat(RecipeRules.merge(month, List.of(fits)).parts()).hasSize(2);
    refuses(() -> RecipeRules.merge(month, List.of(longer)), "more than 31 days");
  }

  @Test
  void noMoreThan64Parts_areMerged() {
    List<TrainingPart> many = new ArrayList<>();
    for (long i = 0; i < 64; i++) {
      many.add(part(100_000 + 1_000 * i, 100_500 + 1_000 * i));
    }
    Training full = training(ONE, 100_000, 200_000, new Recipe(many, null, Elevation.AS_RECORDED));
    Training later = training(TWO, 300_000, 400_000, Recipe.whole(TWO));
    refuses(() -> RecipeRules.merge(full, List.of(later)), "more than 64 parts");
  }

  @Test
  void overlap_isOfOneSessionAndOneTime() {
    Recipe first = RecipeRules.split(held(), 150_000, true);
    Recipe second = RecipeRules.split(held(), 150_000, false);
    assertThat(RecipeRules.overlap(first, second)).isFalse();
    assertThat(RecipeRules.overlap(first, Recipe.whole(ONE))).isTrue();
    assertThat(RecipeRules.overlap(first, Recipe.whole(TWO))).isFalse();
  }

  private static void refuses(ThrowingCallable edit, String says) {
    assertThatThrownBy(edit).isInstanceOf(ProblemException.class).hasMessageContaining(says);
  }
}
