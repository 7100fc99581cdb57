package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.track.AthleteParameters;
import io.pacewire.track.FoldState;
import io.pacewire.track.TrackFold;
import io.pacewire.track.TrackPoint;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
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

  /** Cadence and power of four days, as each of a session's sixteen writers may send them. */
  private static CollectedTrack pedalled(CollectedTrack into) {
    for (int from = 0; from < 350_000; from += 10_000) {
      SampleBatch batch = new SampleBatch();
      for (int second = from; second < from + 10_000; second++) {
        batch.cadences().add(START_MS + second * 1_000L, 0, 80);
        batch.powers().add(START_MS + second * 1_000L, 0, 200);
      }
      into.sensors().hear(batch);
    }
    return into;
  }

  @Test
  void whatSensorsSayInFourDays_isKeptOfTheTraining_andNotOfEachOfItsWriters() {
    CollectedTrack training = pedalled(new CollectedTrack());
    assertThat(training.sensors().cadenceRpm(START_MS + 349_999_000L)).isEqualTo(80);
    assertThat(training.sensors().powerW(START_MS)).isEqualTo(200);
    assertThat(training.sensors().room() * 12L).isLessThan(11_000_000L);
    assertThat(pedalled(CollectedTrack.first(62_500)).sensors().room()).isZero();
    assertThat(pedalled(CollectedTrack.withoutPoints()).sensors().room()).isZero();
  }

  /** Ten a second, half a minute's pause after a third of it. */
  private static CollectedTrack tenASecond(CollectedTrack into, int seconds) {
    SampleBatch batch = new SampleBatch();
    int pauseS = seconds / 3;
    for (int tenth = 0; tenth < seconds * 10; tenth++) {
      fix(batch, START_MS + tenth * 100L, 557_500_000 + 27 * tenth);
    }
    batch.addMark(Mark.pause(START_MS + pauseS * 1_000L, 0));
    batch.addMark(Mark.resume(START_MS + (pauseS + 30) * 1_000L, 0));
    batch.addMark(Mark.finish(START_MS + seconds * 1_000L, 0, 1));
    TrackFold.step(FoldState.start(AthleteParameters.defaults()), batch, into);
    return into;
  }

  @Test
  void ofMorePointsThanThereIsRoomFor_fewerASecondAreKept_toTheEnd() {
    List<TrackPoint> all = tenASecond(new CollectedTrack(), 1_000).points();
    CollectedTrack kept = tenASecond(CollectedTrack.roomFor(300), 1_000);
    List<TrackPoint> points = kept.points();
    assertThat(all).hasSizeGreaterThan(9_000);
    assertThat(points).hasSizeBetween(150, 300);
    assertThat(kept.pointsApartMs()).isEqualTo(4_800);
    assertThat(points.get(0).index()).isZero();
    TrackPoint end = all.get(all.size() - 1);
    TrackPoint last = points.get(points.size() - 1);
    assertThat(last.atEpochMs()).isEqualTo(end.atEpochMs());
    assertThat(last.distanceM()).isEqualTo(end.distanceM());
    for (int i = 1; i < points.size(); i++) {
      long apartMs = points.get(i).atEpochMs() - points.get(i - 1).atEpochMs();
      assertThat(apartMs).as("after point %d", i - 1).isLessThanOrEqualTo(9_600);
    }
    assertThat(turns(points)).isEqualTo(turns(all)).isNotEmpty();
  }

  /** Where a pause or a break begins or ends. */
  private static List<Long> turns(List<TrackPoint> points) {
    List<Long> turns = new ArrayList<>();
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i).flags() != points.get(i - 1).flags()) {
        turns.add(points.get(i).atEpochMs());
      }
    }
    return turns;
  }

  /** The line that is stored has a point a second: it does not know whether all ten were kept. */
  @Test
  void theStoredLineOfAFastReceiver_isTheSame_whetherThereWasRoomOrNot() {
    StoredPoints whole = PointsOfTrack.of(tenASecond(new CollectedTrack(), 300));
    CollectedTrack narrow = tenASecond(CollectedTrack.roomFor(1_000), 300);
    assertThat(narrow.pointsApartMs()).isEqualTo(600);
    assertThat(PointsCodec.encode(PointsOfTrack.of(narrow))).isEqualTo(PointsCodec.encode(whole));
  }

  @Test
  void aLineThatBreaksOffAllTheTime_isBoundedAllTheSame_andSoIsAClockThatIsSetBack() {
    CollectedTrack kept = CollectedTrack.roomFor(100);
    List<TrackPoint> all = tenASecond(new CollectedTrack(), 400).points();
    TrackPoint moving = all.get(0);
    TrackPoint paused = all.stream()
        .filter(point -> point.flags() != moving.flags())
        .findFirst()
        .orElseThrow();
    for (int i = 0; i < 100_000; i++) {
      kept.point(i % 2 == 0 ? moving : paused);
    }
    assertThat(kept.points()).hasSizeLessThanOrEqualTo(100);
  }
}
