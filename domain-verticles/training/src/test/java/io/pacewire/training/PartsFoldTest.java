package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.track.AthleteParameters;
import io.pacewire.track.Figures;
import io.pacewire.track.FoldState;
import io.pacewire.track.TrackFold;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a training's parts come to. A run goes 3 m/s and lasts 10 s a batch. */
class PartsFoldTest {
  private static final long HOUR_MS = 3_600_000;

  private final RecordedRun run = RecordedRun.of(200);

  /** What came out. */
  private record Out(Figures figures, CollectedTrack track, byte[] state) {}

  private static Out fold(Recipe recipe, RecordedRun... ofParts) {
    CollectedTrack track = new CollectedTrack();
    PartsFold fold = new PartsFold(recipe, AthleteParameters.defaults(), track);
    for (RecordedRun one : ofParts) {
      for (SampleBatch batch : batches(one)) {
        fold.step(batch);
      }
      fold.endPart(whole(one).figures().lastAtEpochMs());
    }
    FoldState state = fold.end();
    return new Out(state.figures(), track, state.encode());
  }

  private static Out whole(RecordedRun one) {
    CollectedTrack track = new CollectedTrack();
    FoldState state = FoldState.start(AthleteParameters.defaults());
    for (SampleBatch batch : batches(one)) {
      TrackFold.step(state, batch, track);
    }
    TrackFold.end(state, track);
    return new Out(state.figures(), track, state.encode());
  }

  private static List<SampleBatch> batches(RecordedRun one) {
    List<SampleBatch> batches = new ArrayList<>();
    for (TelemetryRecord record : one.all()) {
      SampleBatch batch = new SampleBatch();
      BatchCodec.decode(record.bytes(), 0, record.bytes().length, batch);
      batches.add(batch);
    }
    return batches;
  }

  private static Recipe of(TrainingPart... parts) {
    return new Recipe(List.of(parts), null, Elevation.AS_RECORDED);
  }

  private static TrainingPart part(RecordedRun one, Long from, Long to) {
    return new TrainingPart(one.session, from, to);
  }

  @Test
  void aWholePart_givesTheSameBitsAsTheRecording() {
    Out cut = fold(of(part(run, null, null)), run);
    assertThat(cut.state()).isEqualTo(whole(run).state());
    assertThat(cut.track().points()).hasSameSizeAs(whole(run).track().points());
  }

  @Test
  void aCut_lastsFromItsBeginningToItsEnd_andCoversWhatLiesBetween() {
    long from = RecordedRun.START_MS + 500_000;
    long to = RecordedRun.START_MS + 1_500_000;
    Figures figures = fold(of(part(run, from, to)), run).figures();
    assertThat(figures.startAtEpochMs()).isEqualTo(from);
    assertThat(figures.lastAtEpochMs()).isEqualTo(to);
    assertThat(figures.timerS()).isEqualTo(1_000);
    assertThat(figures.distanceM()).isCloseTo(999 * 3.0, within(6.0));
    assertThat(figures.sport()).isEqualTo("run");
    assertThat(figures.timeZone()).isEqualTo("Europe/Berlin");
    assertThat(figures.fixCount()).isEqualTo(1_000);
  }

  @Test
  void theSameCutTwice_givesTheSameBits() {
    Recipe recipe = of(part(run, RecordedRun.START_MS + 123_456, RecordedRun.START_MS + 1_234_567));
    assertThat(fold(recipe, run).state()).isEqualTo(fold(recipe, run).state());
  }

  @Test
  void twoParts_addUp_andWhatLiesBetweenIsAPause() {
    RecordedRun next = run.next(3 * HOUR_MS, 90);
    Out both = fold(of(part(run, null, null), part(next, null, null)), run, next);
    Figures one = whole(run).figures();
    Figures two = whole(next).figures();
    assertThat(both.figures().distanceM())
        .isCloseTo(one.distanceM() + two.distanceM(), within(3.0));
    assertThat(both.figures().timerS()).isEqualTo(one.timerS() + two.timerS());
    assertThat(both.figures().elapsedS())
        .isEqualTo((two.lastAtEpochMs() - one.startAtEpochMs()) / 1e3);
    assertThat(both.figures().startAtEpochMs()).isEqualTo(one.startAtEpochMs());
    assertThat(both.figures().lastAtEpochMs()).isEqualTo(two.lastAtEpochMs());
    // 6.0 and 2.7 km: kilometres go on across the joint.
    assertThat(both.track().splits()).hasSize(9);
    assertThat(both.track().splits().get(6).endAtEpochMs()).isGreaterThan(two.startAtEpochMs());
  }

  @Test
  void partsADayApart_areBelieved() {
    RecordedRun next = run.next(20 * HOUR_MS, 100);
    Figures both =
        fold(of(part(run, null, null), part(next, null, null)), run, next).figures();
    assertThat(both.timerS())
        .isEqualTo(whole(run).figures().timerS() + whole(next).figures().timerS());
    assertThat(both.rejectedFixCount()).isZero();
  }

  @Test
  void aPieceCutOutOfTheMiddle_isAPause() {
    long from = RecordedRun.START_MS + 800_000;
    long to = RecordedRun.START_MS + 1_200_000;
    Figures figures =
        fold(of(part(run, null, from), part(run, to, null)), run, run).figures();
    assertThat(figures.timerS()).isEqualTo(whole(run).figures().timerS() - 400);
    assertThat(figures.distanceM())
        .isCloseTo(whole(run).figures().distanceM() - 401 * 3.0, within(6.0));
  }

  @Test
  void whoHadPausedAtTheCut_has() {
    SampleBatch batch = new SampleBatch();
    batch.header(run.session, 0, 0, 0);
    long start = RecordedRun.START_MS;
    batch.addMark(Mark.start(start, 0, "run", "UTC", 0, "", "", 0));
    batch.addMark(Mark.pause(start + 10_000, 0));
    batch.addMark(Mark.resume(start + 60_000, 0));
    for (int second = 0; second < 120; second++) {
      batch.heartRates().add(start + second * 1_000L, 0, 150, SampleBatch.ABSENT);
    }
    batch.addMark(Mark.finish(start + 120_000, 0, 1));
    PartsFold fold = new PartsFold(
        of(part(run, start + 30_000, null)), AthleteParameters.defaults(), new CollectedTrack());
    fold.step(batch);
    fold.endPart(start + 120_000);
    Figures figures = fold.end().figures();
    assertThat(figures.elapsedS()).isEqualTo(90);
    assertThat(figures.timerS()).as("paused for 30 s more").isEqualTo(60);
  }

  @Test
  void anotherSport_isFoldedWithItsOwnLimits() {
    Recipe walked = Recipe.whole(run.session).ofSport("walk");
    assertThat(fold(walked, run).figures().sport()).isEqualTo("walk");
    assertThat(fold(Recipe.whole(run.session).ofSport("run"), run).state())
        .isEqualTo(whole(run).state());
  }

  @Test
  void heightsAreCorrected_orLeftOut() {
    SampleBatch batch = new SampleBatch();
    batch.header(run.session, 0, 0, 0);
    for (int second = 0; second < 600; second++) {
      long at = RecordedRun.START_MS + second * 1_000L;
      // The receiver climbs 60 m, the barometer 120 m.
      batch
          .fixes()
          .add(
              at,
              0,
              523_000_000 + second * 270,
              134_000_000,
              10_000 + second * 10,
              400,
              SampleBatch.ABSENT,
              SampleBatch.ABSENT,
              SampleBatch.ABSENT);
      batch.pressures().add(at, 0, 101_325 - second * 12 / 5);
    }
    assertThat(ascentM(batch, new Elevation(Elevation.Source.AUTOMATIC, 0)))
        .isCloseTo(120, within(6.0));
    assertThat(ascentM(batch, new Elevation(Elevation.Source.BAROMETER, 0)))
        .isCloseTo(120, within(6.0));
    assertThat(ascentM(batch, new Elevation(Elevation.Source.RECEIVER, 0)))
        .isCloseTo(60, within(6.0));
    assertThat(
            track(batch, new Elevation(Elevation.Source.AUTOMATIC, 25)).points().get(0))
        .satisfies(point -> assertThat(point.altitudeM()).isEqualTo(125));
  }

  private double ascentM(SampleBatch batch, Elevation elevation) {
    CollectedTrack unused = new CollectedTrack();
    PartsFold fold = corrected(elevation, unused);
    fold.step(batch);
    fold.endPart(batch.lastAtEpochMs());
    return fold.end().figures().ascentM();
  }

  private CollectedTrack track(SampleBatch batch, Elevation elevation) {
    CollectedTrack track = new CollectedTrack();
    PartsFold fold = corrected(elevation, track);
    fold.step(batch);
    fold.endPart(batch.lastAtEpochMs());
    FoldState unused = fold.end();
    return track;
  }

  private PartsFold corrected(Elevation elevation, CollectedTrack track) {
    return new PartsFold(
        Recipe.whole(run.session).at(elevation), AthleteParameters.defaults(), track);
  }

  @Test
  void whatWasSplitAndMerged_isTheRecordingAgain() {
    Recipe whole = Recipe.whole(UUID.randomUUID());
    long at = RecordedRun.START_MS;
    assertThat(whole.within(null, at).followedBy(whole.within(at, null))).isEqualTo(whole);
    assertThat(whole.within(null, at).followedBy(whole.within(at + 1, null)).parts())
        .hasSize(2);
    assertThat(Recipe.of(whole.within(at, at + 9).ofSport("ride").json(), whole.firstSession()))
        .isEqualTo(whole.within(at, at + 9).ofSport("ride"));
  }
}
