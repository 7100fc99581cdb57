package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which marks are believed, when each has its turn, and what waits for what. Seconds from the start. */
class SampleOrderTest {
  private static final long START = Recording.START;

  private final Outputs out = new Outputs();
  private final FoldState state = FoldState.start(AthleteParameters.defaults());

  private void step(SampleBatch batch) {
    TrackFold.step(state, batch, out);
  }

  private static long at(double second) {
    return START + Math.round(second * 1_000);
  }

  private static Mark start(double second) {
    return Mark.start(at(second), 0, "indoor", "UTC", 0, "Phone", "1", 1);
  }

  private static SampleBatch marks(Mark... marks) {
    SampleBatch batch = new SampleBatch();
    for (Mark mark : marks) {
      batch.addMark(mark);
    }
    return batch;
  }

  private static Mark lap(double second) {
    return Mark.lap(at(second), 0);
  }

  private static Mark pause(double second) {
    return Mark.pause(at(second), 0);
  }

  private static Mark resume(double second) {
    return Mark.resume(at(second), 0);
  }

  private static Mark finish(double second) {
    return Mark.finish(at(second), 0, 1);
  }

  /** A heart rate each second, both ends included. */
  private static SampleBatch hearts(SampleBatch batch, int from, int to) {
    for (int second = from; second <= to; second++) {
      batch.heartRates().add(at(second), 0, 140, SampleBatch.ABSENT);
    }
    return batch;
  }

  private double[] lapsS() {
    return out.laps.stream().mapToDouble(Lap::timerS).toArray();
  }

  // Marks that are ahead of others, or behind.

  @Test
  void aLapAfterAFinishThatSamplesBearOut_isLeftOut() {
    step(hearts(marks(start(0), lap(50), lap(200), finish(100)), 0, 100));
    assertThat(lapsS()).containsExactly(50, 50);
    assertThat(state.figures().elapsedS()).isEqualTo(100);
  }

  @Test
  void aLapAfterAFinish_whichSamplesHavePassed_counts() {
    step(hearts(marks(start(0), lap(250), finish(100)), 0, 300));
    assertThat(lapsS()).containsExactly(250, 50);
    assertThat(state.figures().elapsedS()).isEqualTo(300);
  }

  @Test
  void aLapAfterAFinish_isLeftOut_whereNothingWasWorn() {
    step(marks(start(0), lap(200), lap(1_000), finish(500)));
    assertThat(lapsS()).containsExactly(200, 300);
  }

  /** Files do not always have marks of about the same time in order: half a minute is about. */
  @ParameterizedTest
  @CsvSource({"130, 2", "130.001, 1"})
  void aLapHalfAMinuteAheadOfTheNext_isNone_ofThoseThatAreWrong(double ahead, int laps) {
    step(hearts(marks(start(0), lap(ahead), lap(100), finish(300)), 0, 300));
    assertThat(out.laps).hasSize(laps + 1);
  }

  @Test
  void aLapFromWhichTheNextFallsBack_isLeftOut() {
    step(hearts(marks(start(0), lap(50), lap(200), lap(100), finish(300)), 0, 300));
    assertThat(lapsS()).containsExactly(50, 50, 200);
  }

  /** The one at 10 s lies behind that at 100 s as well, so it is wrong, and not the one at 200 s. */
  @Test
  void aLapThatLiesBehindAllOthers_speaksAgainstNone_andGoesWithTheNext() {
    step(hearts(marks(start(0), lap(100), lap(200), lap(10), lap(300), finish(400)), 0, 400));
    assertThat(out.laps)
        .extracting(Lap::endAtEpochMs)
        .containsExactly(at(100), at(200), at(300), at(300), at(400));
  }

  /** An hour ahead of all samples, and both laps after it lie before it. */
  @Test
  void aLapFarAheadThatTwoSpeakAgainst_isLeftOut() {
    step(hearts(marks(start(0), lap(100), lap(3_700), lap(10), lap(200), finish(400)), 0, 400));
    assertThat(out.laps)
        .extracting(Lap::endAtEpochMs)
        .containsExactly(at(100), at(200), at(200), at(400));
  }

  /** Only one speaks against it, and what follows is later. */
  @Test
  void aLapFarAheadThatOneSpeaksAgainst_counts() {
    step(hearts(marks(start(0), lap(100), lap(3_700), lap(10), lap(3_800), finish(3_900)), 0, 400));
    assertThat(out.laps)
        .extracting(Lap::endAtEpochMs)
        .containsExactly(at(100), at(3_700), at(3_800), at(3_800), at(3_900));
  }

  /** Twenty seconds after the first sample it is as right as the one before that sample is wrong. */
  @Test
  void aFirstLapSoonAfterTheFirstSample_counts_whateverFollows() {
    step(hearts(marks(lap(20), lap(-40), lap(60), finish(100)), 0, 100));
    assertThat(out.laps)
        .extracting(Lap::endAtEpochMs)
        .containsExactly(at(20), at(60), at(60), at(100));
  }

  /** It says nothing of when it was, and there is no next: it goes with the one before. */
  @Test
  void aLastLapThatLiesBehind_goesWithTheOneBefore() {
    step(hearts(marks(start(0), lap(60), lap(100), lap(20)), 0, 150));
    assertThat(lapsS()).containsExactly(60, 40);
    TrackFold.end(state, out);
    assertThat(out.laps).extracting(Lap::endAtEpochMs).startsWith(at(60), at(100), at(100));
    assertThat(out.laps.stream().mapToDouble(Lap::timerS).sum()).isEqualTo(150);
  }

  @Test
  void afterALapThatLayBehind_othersCountByTheirOwnTime() {
    step(hearts(marks(start(0), lap(60), lap(100), lap(20), lap(120)), 0, 140));
    step(hearts(marks(lap(160), finish(200)), 141, 200));
    assertThat(out.laps)
        .extracting(Lap::endAtEpochMs)
        .containsExactly(at(60), at(100), at(120), at(120), at(160), at(200));
  }

  @ParameterizedTest
  @CsvSource({"0, 21700", "0.001, 100"})
  void aRecordingThatBreaksOff_endsWithAMark_upToSixHoursLater(double more, double elapsedS) {
    step(hearts(marks(start(0)), 0, 100));
    step(marks(pause(100 + 6 * 3_600 + more)));
    TrackFold.end(state, out);
    assertThat(state.figures().elapsedS()).isEqualTo(elapsedS);
  }

  // What marks alone say of the time.

  /** With every sensor off, what follows a mark says that it is over. */
  @Test
  void marksAlone_areTaken_asFarAsTheNextConfirmsThem() {
    step(marks(start(0), pause(60)));
    step(marks(resume(120), lap(180)));
    assertThat(state.figures().timerS()).isEqualTo(60);
    assertThat(state.timer().isPaused()).isTrue();
    step(marks(finish(200)));
    assertThat(lapsS()).containsExactly(120, 20);
  }

  /** A hub that nobody starts, which says one heart rate; its button is pressed at that time. */
  @Test
  void oneValueBesideAMark_withoutAStart_counts() {
    step(hearts(marks(lap(10)), 10, 10));
    TrackFold.end(state, out);
    assertThat(state.figures().heartRateCount()).isEqualTo(1);
    assertThat(state.figures().startAtEpochMs()).isEqualTo(at(10));
  }

  @Test
  void oneValueAlone_withoutAStart_counts() {
    step(hearts(new SampleBatch(), 10, 10));
    TrackFold.end(state, out);
    assertThat(state.figures().heartRateCount()).isEqualTo(1);
  }

  // Starts.

  /** The strap is on while somebody drives to the gym; whoever hears nothing more waits all the same. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStartTwentyMinutesAhead_waitsForTheSamplesThatGetThere(boolean idle) {
    step(hearts(marks(start(1_200)), 0, 10));
    if (idle) {
      step(new SampleBatch());
    }
    step(hearts(new SampleBatch(), 1_195, 1_260));
    TrackFold.end(state, out);
    assertThat(state.figures().startAtEpochMs()).isEqualTo(at(1_200));
    assertThat(state.figures().timerS()).isEqualTo(60);
  }

  @Test
  void aStartTwentyMinutesAhead_thatSamplesGoOnBefore_wasWrong() {
    step(hearts(marks(start(1_200)), 0, 10));
    step(hearts(new SampleBatch(), 11, 60));
    TrackFold.end(state, out);
    assertThat(state.figures().startAtEpochMs()).isEqualTo(START);
    assertThat(state.figures().timerS()).isEqualTo(60);
  }

  /** A chip's first value still has the time of its last ride. */
  @Test
  void aFirstValueLongBeforeTheStart_goesWithTheSecond() {
    SampleBatch batch = marks(start(0), finish(60));
    batch.heartRates().add(at(-2_600), 0, 140, SampleBatch.ABSENT);
    step(hearts(batch, 1, 60));
    assertThat(state.figures().startAtEpochMs()).isEqualTo(START);
    assertThat(state.figures().heartRateCount()).isEqualTo(61);
    assertThat(state.figures().timerS()).isEqualTo(60);
  }

  /** The start was a batch before, and is remembered. */
  @Test
  void aFirstValueLongBeforeAStartThatWasTaken_goesWithTheSecond() {
    step(hearts(marks(start(0)), 0, 20));
    SampleBatch batch = marks(finish(60));
    batch.powers().add(at(-2_600), 0, 200);
    for (int second = 21; second <= 60; second++) {
      batch.powers().add(at(second), 0, 200);
    }
    step(hearts(batch, 21, 60));
    assertThat(state.figures().startAtEpochMs()).isEqualTo(START);
    assertThat(state.figures().elapsedS()).isEqualTo(60);
    assertThat(state.figures().power().measuredS()).isEqualTo(39);
  }

  // What waits for what.

  /** Two seconds are waited for what another sensor says of before. */
  @Test
  void aMarkWaits_forValuesThatComeWithTheNextBatch() {
    step(hearts(marks(start(0), pause(100)), 0, 98));
    step(hearts(marks(finish(120)), 99, 100));
    assertThat(state.figures().heartRateCount()).isEqualTo(101);
    assertThat(state.figures().timerS()).isEqualTo(100);
  }

  /** Of the last second before a pause that is told late, steps are in the pause. */
  @Test
  void stepsWait_forAMarkThatComesWithTheNextBatch() {
    SampleBatch whole = felt(marks(start(0), pause(59), finish(70)), 0, 60);
    FoldState expected = FoldState.start(AthleteParameters.defaults());
    TrackFold.step(expected, whole, FoldSink.NONE);
    step(felt(marks(start(0)), 0, 60));
    step(marks(pause(59), finish(70)));
    assertThat(state.figures().motion().steps())
        .isEqualTo(expected.figures().motion().steps())
        .isCloseTo(59 * 2.5, within(3.0));
  }

  /** 2.5 steps a second at 25 Hz. */
  private static SampleBatch felt(SampleBatch batch, double from, double to) {
    for (int i = (int) Math.round(from * 25); i < Math.round(to * 25); i++) {
      int up = 1_000 + (int) Math.round(250 * Math.sin(2 * Math.PI * 2.5 * i / 25));
      batch.accels().add(at(i / 25.0), 0, 0, 0, up);
    }
    return batch;
  }

  /** The accelerometer is off for a while, in which the stopwatch stops: its last steps were before. */
  @Test
  void stepsBeforeASilence_countWhereTheyWere_whenItSpeaksAgainInAPause() {
    SampleBatch batch = felt(marks(start(0), pause(60), finish(120)), 0, 20.6);
    step(felt(hearts(batch, 0, 120), 100, 110));
    FoldState alone = FoldState.start(AthleteParameters.defaults());
    TrackFold.step(
        alone, felt(hearts(marks(start(0), pause(60), finish(120)), 0, 120), 0, 20.6), out);
    assertThat(state.figures().motion().steps())
        .isEqualTo(alone.figures().motion().steps())
        .isCloseTo(51, within(2.0));
  }

  /** Whether a finish or nothing follows, the second that is begun counts as far as it goes. */
  @ParameterizedTest
  @ValueSource(doubles = {20, 20.2, 20.4, 20.6, 20.8})
  void stepsOfTheLastBegunSecond_count(double lastS) {
    step(felt(marks(start(0), finish(lastS)), 0, lastS));
    assertThat(state.figures().motion().steps()).isCloseTo(2.5 * lastS, within(0.51));
    FoldState ended = FoldState.start(AthleteParameters.defaults());
    TrackFold.step(ended, felt(marks(start(0)), 0, lastS), FoldSink.NONE);
    TrackFold.end(ended, FoldSink.NONE);
    assertThat(ended.figures().motion().steps())
        .isEqualTo(state.figures().motion().steps());
  }

  /** The finish came by a clock that was behind: nothing is cut off that sensors say. */
  @Test
  void aFinishBeforeTheLastSamples_endsWithThem() {
    step(hearts(marks(start(0), finish(30)), 0, 100));
    assertThat(state.finished()).isTrue();
    assertThat(state.figures().elapsedS()).isEqualTo(100);
    assertThat(state.figures().heartRateCount()).isEqualTo(101);
  }

  /** A last value after a silence is believed up to two seconds after the finish. */
  @ParameterizedTest
  @CsvSource({"202, 102", "202.001, 101"})
  void aLastValueThatNothingConfirms_isBelievedByTheFinish(double second, int count) {
    SampleBatch batch = hearts(marks(start(0), finish(200)), 0, 100);
    batch.heartRates().add(at(second), 0, 140, SampleBatch.ABSENT);
    step(batch);
    assertThat(state.figures().heartRateCount()).isEqualTo(count);
  }

  /** Where the finish was wrong, it says nothing: half a minute after all others is believed. */
  @ParameterizedTest
  @CsvSource({"130, 102", "130.001, 101"})
  void aLastValueAfterAFinishThatWasWrong_isBelievedForHalfAMinute(double second, int count) {
    SampleBatch batch = hearts(marks(start(0), finish(30)), 0, 100);
    batch.heartRates().add(at(second), 0, 140, SampleBatch.ABSENT);
    step(batch);
    assertThat(state.figures().heartRateCount()).isEqualTo(count);
  }

  /** It is seen at once, as others tell that the accelerometer has fallen silent. */
  @Test
  void stepsOfABegunSecond_countAsSoonAsOthersHaveGoneOn() {
    step(felt(hearts(marks(start(0)), 0, 23), 0, 21.2));
    assertThat(state.figures().motion().steps()).isLessThan(52);
    step(hearts(new SampleBatch(), 24, 40));
    assertThat(state.figures().motion().steps()).isEqualTo(2.5 * 21.2);
  }

  // Each sensor for itself.

  @ParameterizedTest
  @ValueSource(strings = {"heart", "speed", "cadence", "power", "pressure", "accelerometer", "fix"})
  void aSensorAlone_keepsTheStopwatchGoing(String sensor) {
    SampleBatch batch = marks(start(0));
    for (int second = 0; second <= 60; second++) {
      long at = at(second);
      if (sensor.equals("accelerometer")) {
        felt(batch, second, second + 1);
      } else {
        Batches.add(batch, sensor, at);
      }
    }
    step(batch);
    TrackFold.end(state, out);
    assertThat(state.figures().timerS()).isCloseTo(60, within(1.5));
  }

  /** What it said last holds up to the pause, and nothing over it. */
  @Test
  void cadence_holdsUntilThePause_andNotOverIt() {
    SampleBatch batch = marks(start(0), pause(5), resume(9), finish(12));
    for (int second : new int[] {0, 2, 4}) {
      batch.cadences().add(at(second), 0, 90);
    }
    for (int second : new int[] {10, 12}) {
      batch.cadences().add(at(second), 0, 60);
    }
    step(batch);
    assertThat(state.figures().motion().turningS()).isEqualTo(5 + 2);
    assertThat(state.figures().motion().averageCadencePerMin())
        .isCloseTo((5 * 90 + 2 * 60) / 7.0, within(1e-9));
  }

  /** A phone asleep that feels two samples a second feels no steps, whether there are any or not. */
  @Test
  void whatIsTooSeldomToFeelSteps_isNotHeardForThem() {
    SampleBatch batch = marks(start(0), finish(60));
    for (int i = 0; i < 120; i++) {
      batch.accels().add(at(i / 2.0), 0, 0, 0, 1_000 + 100 * (i % 2));
    }
    step(batch);
    FoldState often = FoldState.start(AthleteParameters.defaults());
    TrackFold.step(often, felt(marks(start(0), finish(60)), 0, 60), FoldSink.NONE);
    assertThat(state.motion().heardS()).isZero();
    assertThat(often.motion().heardS()).isCloseTo(60, within(1));
  }
}
