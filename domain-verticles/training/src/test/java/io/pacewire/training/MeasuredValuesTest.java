package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.track.AthleteParameters;
import io.pacewire.track.FoldState;
import io.pacewire.track.TrackFold;
import io.pacewire.track.pass.TrackPrint;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What decided must not be rounded to where it decides nothing. */
class MeasuredValuesTest {
  @Test
  void smallOnesKeepThreeDigits_largeOnesTwoDecimals() {
    assertThat(LiveJson.measured(0.000_561_7)).isEqualTo(0.000_562);
    assertThat(LiveJson.measured(-0.008)).isEqualTo(-0.008);
    assertThat(LiveJson.measured(0.999_6)).isEqualTo(1.0);
    assertThat(LiveJson.measured(12.3456)).isEqualTo(12.35);
    assertThat(LiveJson.measured(0)).isZero();
    assertThat(LiveJson.measured(Double.NaN)).isNull();
    assertThat(LiveJson.measured(Double.POSITIVE_INFINITY)).isNull();
  }

  /** A line that was drawn: it does not tremble at all, and the limit is no round hundredth. */
  @Test
  void aSuspicionTellsThem() {
    CollectedTrack track = new CollectedTrack();
    FoldState state = FoldState.start(AthleteParameters.defaults());
    SampleBatch batch = new SampleBatch();
    for (int second = 0; second < 1_200; second++) {
      long at = 1_780_000_000_000L + second * 1_000L;
      batch.fixes().add(at, 0, 557_500_000 + 270 * second, 376_000_000, 15_000, 500, -1, -1, -1);
    }
    batch.addMark(Mark.finish(1_780_000_000_000L + 1_200_000, 0, 1));
    TrackFold.step(state, batch, track);
    JsonObject drawn = FindingsJson.of(
            TrackFold.preview(state), track, TrackPrint.of(track.points()), List.of())
        .getJsonArray("suspicions")
        .getJsonObject(0);
    assertThat(drawn.getString("reason")).isEqualTo("CONSTANT_ACCURACY");
    assertThat(drawn.getDouble("limit")).isEqualTo(0.008);
    assertThat(drawn.getDouble("value")).isPositive().isLessThan(0.005);
  }
}
