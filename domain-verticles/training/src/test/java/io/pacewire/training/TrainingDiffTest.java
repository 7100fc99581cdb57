package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.training.RecomputeRepository.Place;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TrainingDiffTest {
  private static final UUID ID = new UUID(1, 2);

  private static Training training(int version, JsonArray splits, JsonObject findings) {
    return new Training(
        ID,
        ID,
        1,
        Training.FINISHED,
        true,
        "run",
        0,
        1,
        "UTC",
        version,
        new JsonObject().put("distanceM", 1_000.0).put("fixCount", 100),
        splits,
        new JsonArray(),
        findings,
        Origin.of(Recipe.whole(ID)));
  }

  private static JsonArray splits(int count, int fasterFrom) {
    JsonArray splits = new JsonArray();
    for (int i = 0; i < count; i++) {
      splits.add(new JsonObject()
          .put("index", i)
          .put("distanceM", 1_000)
          .put("timerS", i >= fasterFrom ? 299.5 : 300.5));
    }
    return splits;
  }

  private static JsonObject efforts(double... lengthsM) {
    JsonArray efforts = new JsonArray();
    for (double lengthM : lengthsM) {
      efforts.add(new JsonObject().put("lengthM", lengthM).put("elapsedS", lengthM / 4));
    }
    return new JsonObject().put("bestEfforts", efforts);
  }

  private static List<String> fields(JsonArray diff) {
    return diff.stream().map(one -> ((JsonObject) one).getString("field")).toList();
  }

  @Test
  void ofManySplits_theFirstThatDifferAreNamed_andHowManyMore() {
    JsonArray diff = TrainingDiff.between(
        training(7, splits(42, 42), efforts()), training(7, splits(42, 10), efforts()));

    assertThat(fields(diff))
        .hasSize(21)
        .contains("splits.10.timerS", "splits.29.timerS", "splits.more")
        .doesNotContain("splits.9.timerS", "splits.30.timerS");
    assertThat(diff.stream().filter(one -> ((JsonObject) one).getString("field").endsWith("more")))
        .containsExactly(
            new JsonObject().put("field", "splits.more").put("before", null).put("after", 12));
  }

  @Test
  void bestEfforts_goByTheirLength_whereverTheyStand() {
    JsonArray diff = TrainingDiff.between(
        training(
            6,
            splits(3, 3),
            efforts(400, 800, 1_000, 1_609.344, 2_000, 3_000, 5_000, 10_000, 15_000)),
        training(
            7, splits(3, 3), efforts(800, 1_000, 1_609.344, 2_000, 3_000, 5_000, 10_000, 15_000)));

    assertThat(fields(diff))
        .containsExactly(
            "algorithmVersion",
            "findings.bestEfforts.400.elapsedS",
            "findings.bestEfforts.400.lengthM",
            "findings.bestEfforts.count");
  }

  @Test
  void whatSaysTheSame_hasNoDiff_whateverClassItsNumbersAre() {
    JsonArray read = new JsonArray(splits(20, 5).encode().replace("1000", "1000.0"));
    assertThat(TrainingDiff.between(
            training(7, splits(20, 5), efforts(400)), training(7, read, efforts(400))))
        .isEmpty();
  }

  @Test
  void aFirstRevision_saysHowLongItsListsAre() {
    assertThat(fields(TrainingDiff.between(null, training(7, splits(20, 5), efforts(400)))))
        .contains("splits.count", "findings.bestEfforts.count", "figures.distanceM")
        .noneMatch(field -> field.startsWith("splits.0"));
  }

  @Test
  void aReportCountsEachRevision_andSplitsAsOneField() {
    RecomputeReport report = new RecomputeReport(new JsonObject());
    Place place = new Place(ID, ID);
    report.said(
        place,
        true,
        TrainingDiff.between(
            training(7, splits(42, 42), efforts()), training(7, splits(42, 10), efforts())));
    report.said(place, true, new JsonArray());
    report.said(place, false, new JsonArray());

    JsonObject json = report.json();
    assertThat(json.getLong("lookedAt")).isEqualTo(3);
    assertThat(json.getLong("revised")).isEqualTo(2);
    assertThat(json.getLong("figuresChanged")).isEqualTo(1);
    assertThat(fields(json.getJsonArray("fields")))
        .containsExactly("splits.*.timerS", "splits.more");
    assertThat(json.getJsonArray("fields").getJsonObject(0).getLong("trainings"))
        .isEqualTo(1);
  }
}
