package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.platform.stack.Await;
import io.pacewire.track.TrackPoint;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The line of a finished training as it is kept, on a real PostgreSQL. */
class PointsIT extends TrainingDatabase {
  private final TrainingCore core = new TrainingCore(vertx, pool);

  @Test
  void aFinishedTraining_isDrawnFromWhatIsKept_asItWasFoldedDigitForDigit() throws Exception {
    RecordedRun run = RecordedRun.of(40);
    core.apply(run.all());
    List<TrackPoint> folded = Await.get(core.folds.run(core.head(run))).track().points();
    JsonObject expected = LiveJson.points(folded).mergeIn(LiveJson.rawPlaces(folded));
    core.sql("DELETE FROM chunk WHERE athlete_id = '" + run.athlete + "'");
    assertThat(Await.get(core.snapshots.track(run.athlete, core.written(run), true)))
        .isEqualTo(expected);
  }

  @Test
  void aSessionThatIsOver_isShownAsItsTrainingIsKept_asItWasFolded() throws Exception {
    RecordedRun run = RecordedRun.of(40);
    core.apply(run.all());
    Await.get(core.lifecycle.reject(run.athlete, run.session, 1, "to be folded"));
    JsonObject folded = Await.get(core.snapshots.take(core.head(run)));
    Await.get(core.lifecycle.restore(run.athlete, run.session, 2));
    JsonObject first = Await.get(core.snapshots.take(core.head(run))); // its line is kept by this
    assertThat(first.getValue("points")).isEqualTo(folded.getValue("points"));
    core.sql("DELETE FROM chunk WHERE athlete_id = '" + run.athlete + "'");
    JsonObject kept = Await.get(core.snapshots.take(core.head(run)));
    assertThat(kept.fieldNames()).containsExactlyInAnyOrderElementsOf(folded.fieldNames());
    for (String same : List.of(
        "type", "sessionId", "zones", "ledger", "points", "splits", "verdicts", "verdictCount")) {
      assertThat(kept.getValue(same)).as(same).isEqualTo(folded.getValue(same));
    }
    JsonObject tip = kept.getJsonObject("tip"); // a place is kept to the wire's ten-millionth
    JsonObject foldedTip = folded.getJsonObject("tip");
    assertThat(tip.getLong("atMs")).isEqualTo(foldedTip.getLong("atMs"));
    assertThat(tip.getInteger("heartRateBpm")).isEqualTo(foldedTip.getInteger("heartRateBpm"));
    for (String degrees : List.of("latitudeDeg", "longitudeDeg")) {
      assertThat(tip.getDouble(degrees)).isCloseTo(foldedTip.getDouble(degrees), within(1e-7));
    }
    for (String figure : List.of("distanceM", "timerS", "averageHeartRateBpm", "partial")) {
      assertThat(kept.getJsonObject("figures").getValue(figure))
          .as(figure)
          .isEqualTo(folded.getJsonObject("figures").getValue(figure));
    }
    assertThat(kept.getJsonObject("session").getString("state")).isEqualTo("finished");
  }

  @Test
  void whatCameLate_isInTheLineOfTheNextRevision() throws Exception {
    RecordedRun run = RecordedRun.of(40);
    core.apply(run.records(0, 19));
    core.apply(run.records(25, 39));
    long lastMs = run.record(39).receivedAtMs();
    core.consumedUntil(lastMs + TrainingCore.MISSING.toMillis() + 10_000);
    int before = points(run).size();
    core.apply(run.record(22, lastMs + 300_000));
    core.consumedUntil(lastMs + 400_000);
    assertThat(core.written(run).revision()).isEqualTo(2);
    assertThat(points(run).size()).isGreaterThan(before);
    Await.get(core.points.replace(PointsKey.of(core.head(run)), 1, points(run).between(0, 0)));
    assertThat(points(run).size()).as("an older revision replaces nothing").isGreaterThan(before);
  }

  @Test
  void whereThePointsAreLost_theyAreFoldedAgain_andKept() throws Exception {
    RecordedRun run = RecordedRun.of(12);
    core.apply(run.all());
    JsonObject before = Await.get(core.snapshots.track(run.athlete, core.written(run), true));
    String row = " WHERE athlete_id = '" + run.athlete + "'";
    core.sql("DELETE FROM training_points" + row);
    assertThat(Await.get(core.snapshots.track(run.athlete, core.written(run), true)))
        .isEqualTo(before);
    core.sql("UPDATE training_points SET body = '\\x00'" + row);
    assertThat(Await.get(core.snapshots.track(run.athlete, core.written(run), true)))
        .isEqualTo(before);
    assertThat(points(run).size()).isEqualTo(120);
  }

  private StoredPoints points(RecordedRun run) throws Exception {
    return Await.get(
            core.points.find(PointsKey.of(core.head(run)), core.written(run).revision()))
        .orElseThrow();
  }
}
