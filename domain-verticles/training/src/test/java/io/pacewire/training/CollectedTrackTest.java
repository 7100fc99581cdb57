package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.track.AthleteParameters;
import io.pacewire.track.FoldState;
import io.pacewire.track.TrackFold;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class CollectedTrackTest {
  private static final long START_MS = 1_780_000_000_000L;
  private final CollectedTrack track = new CollectedTrack();
  private final FoldState state = FoldState.start(AthleteParameters.defaults());

  private void fold(SampleBatch batch) {
    batch.addMark(Mark.finish(START_MS + 3_600_000, 0, 1));
    TrackFold.step(state, batch, track);
  }

  private static void fix(SampleBatch batch, long atMs, int latitudeE7) {
    batch.fixes().add(atMs, 0, latitudeE7, 376_000_000, 15_000, 800, -1, -1, -1);
  }

  @Test
  void ofVeryManyVerdicts_theBeginningIsKept_andHowManyThereWere() {
    SampleBatch batch = new SampleBatch();
    for (int i = 0; i <= 10_050; i++) {
      fix(batch, START_MS, 557_500_000);
    }
    fold(batch);
    JsonArray verdicts = LiveJson.verdicts(track.verdicts());
    assertThat(verdicts).hasSize(10_000);
    assertThat(verdicts.getJsonObject(9_998).getInteger("index")).isEqualTo(9_998);
    assertThat(verdicts.getJsonObject(9_999).getInteger("index")).isEqualTo(10_049);
    assertThat(TrainingSummary.verdictCount(verdicts)).isEqualTo(10_050);
    assertThat(TrainingSummary.verdictCount(new JsonArray())).isZero();
  }

  /** The filter's place is where figures come from; the receiver's is not lost for that. */
  @Test
  void rawPlaces_areWhatTheReceiverSaid() {
    SampleBatch batch = new SampleBatch();
    for (int second = 0; second < 60; second++) {
      int offE7 = second % 2 == 0 ? 200 : -200;
      fix(batch, START_MS + second * 1_000L, 557_500_000 + 270 * second + offE7);
    }
    fold(batch);
    JsonObject shown = LiveJson.points(track.points());
    JsonObject raw = LiveJson.rawPlaces(track.points());
    assertThat(raw.getJsonArray("rawLatitudeDeg")).hasSize(60);
    for (int second = 0; second < 60; second++) {
      int offE7 = second % 2 == 0 ? 200 : -200;
      assertThat(raw.getJsonArray("rawLatitudeDeg").getDouble(second))
          .isCloseTo((557_500_000 + 270 * second + offE7) / 1e7, within(1e-9));
      assertThat(raw.getJsonArray("rawLongitudeDeg").getDouble(second)).isEqualTo(37.6);
    }
    assertThat(shown.getJsonArray("latitudeDeg")).isNotEqualTo(raw.getJsonArray("rawLatitudeDeg"));
  }
}
