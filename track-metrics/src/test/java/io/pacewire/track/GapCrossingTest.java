package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.track.Verdict.Reason;
import io.pacewire.wire.SampleBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stretch without fixes leaves behind: verdicts, moving time, stride, climb. */
class GapCrossingTest {
  private final Outputs out = new Outputs();

  private static Recording recording(String sport) {
    return Recording.of(sport).accuracyCm(SampleBatch.ABSENT);
  }

  /** The receiver is off for a minute and then ten metres away, while the phone lies on a table. */
  @Test
  void onATable_whatAReceiverStrayedThroughASilence_isABreakAndNoWay() {
    Recording recording = recording("walk").steps(2).north(60, 1.4).steps(0).north(20, 0);
    recording.blind(59, 0).shifted(0, 12).blind(1, 0).fix();
    long atMs = recording.atMs();
    Figures figures = recording.north(40, 0).fold(out).figures();
    assertThat(out.verdicts)
        .extracting(Verdict::reason)
        .containsExactly(Reason.STANDING_STILL, Reason.STANDING_STILL);
    Verdict strayed = out.verdicts.get(1);
    assertThat(strayed.atEpochMs()).isEqualTo(atMs);
    assertThat(strayed.value()).isCloseTo(12 / 60.0, within(0.05));
    assertThat(strayed.confidence()).isEqualTo(0.95);
    assertThat(strayed.limit()).isZero();
    assertThat(figures.distanceM()).isCloseTo(59 * 1.4, within(2.0));
    assertThat(figures.estimatedM()).isZero();
    assertThat(figures.timerS()).isEqualTo(180);
    assertThat(out.points)
        .filteredOn(point -> point.flags() == TrackPoint.BREAK)
        .extracting(TrackPoint::atEpochMs)
        .containsExactly(Recording.START + 1_000, atMs);
  }

  /** A minute of standing, so that not all of the time is moving time. */
  @Test
  void aSilenceThatWasGoneThrough_isMovingTime_asLongAsItWas() {
    Figures figures = recording("run")
        .north(100, 3)
        .north(60, 0)
        .silence(119, 3, 0)
        .north(1, 3)
        .fold(out)
        .figures();
    assertThat(out.verdicts).extracting(Verdict::reason).containsExactly(Reason.GAP_BRIDGED);
    assertThat(out.verdicts.get(0).confidence()).isEqualTo(0.5);
    assertThat(figures.timerS()).isEqualTo(280);
    assertThat(figures.movingS()).isCloseTo(100 + 120, within(8.0));
  }

  /** 40 m in two minutes are too many for a rest, and too few to have moved all the time. */
  @Test
  void aSilenceThatWasDawdledThrough_isNoMovingTime() {
    Figures figures = recording("run")
        .north(100, 3)
        .silence(120, 1 / 3.0, 0)
        .north(100, 3)
        .fold(out)
        .figures();
    assertThat(out.verdicts).extracting(Verdict::reason).containsExactly(Reason.GAP_BRIDGED);
    assertThat(figures.timerS()).isEqualTo(320);
    assertThat(figures.movingS()).isCloseTo(199, within(3.0));
  }

  /** And a minute of standing, so that what were counted twice would be seen. */
  @Test
  void aTunnelWhoseWayAWheelTells_isMovingTimeOnce_andEstimatedOnce() {
    Recording recording = recording("ride")
        .north(100, 8)
        .north(60, 0)
        .sensorSpeed(800)
        .blind(60, 8)
        .north(100, 8);
    Figures figures = recording.fold(out).figures();
    assertThat(figures.movingS()).isCloseTo(100 + 60 + 100, within(5.0));
    assertThat(figures.timerS()).isEqualTo(320);
    assertThat(figures.estimatedM()).isCloseTo(61 * 8, within(3.0));
  }

  /**
   * A step is 1.2 m long. Half a minute at a stroll, of which the accelerometer says nothing, must not
   * be taken for the length of the steps around it.
   */
  @Test
  void wayThroughASilence_doesNotLengthenTheSteps() {
    Recording recording = recording("run").steps(2.5).north(60, 3);
    recording.steps(Double.NaN).silence(31, 1, 0).steps(2.5).north(15, 3).blind(100, 3);
    Figures figures = recording.fold(out).figures();
    assertThat(figures.distanceM()).isCloseTo(59 * 3 + 31 + 15 * 3 + 100 * 3, within(9.0));
  }

  /** Twenty metres in forty seconds: more than one fix could be off by, but a climb by then. */
  @Test
  void aClimbThroughASilence_counts() {
    Recording recording = recording("hike").climb(100, 1.2, 0.1).silence(40, 1.2, 0);
    recording.altitude(180).north(1, 1.2).climb(100, 1.2, 0.1);
    assertThat(recording.fold(out).figures().ascentM()).isCloseTo(10 + 20 + 10, within(2.5));
  }

  /** Of a line that moved sideways by what one can go it is even; by more, the receiver was wrong. */
  @Test
  void aTrackThatMoved_isDoubtedByHowFarItMoved() {
    recording("run").accuracyCm(400).north(60, 3).shifted(0, 45).north(60, 3).fold(out);
    assertThat(moved(out).confidence()).isEqualTo(0.5);
    Outputs far = new Outputs();
    recording("run").accuracyCm(400).north(60, 3).shifted(0, 400).north(60, 3).fold(far);
    assertThat(moved(far).confidence()).isEqualTo(0.8);
    assertThat(moved(far).value()).isGreaterThan(moved(far).limit());
  }

  /** Less than a gap, so that the track is taken for wrong first; but the way there and back was gone. */
  @ParameterizedTest
  @CsvSource({"15, -3, 0", "25, -3, 0", "25, -4, 0", "25, -2, 3"})
  void whoTurnsBackInASilence_hasGoneThereAndBack(int silenceS, double north, double east) {
    Figures figures = recording("run")
        .north(100, 3)
        .silence(silenceS, north, east)
        .fix()
        .move(100, 1, north, east, 0)
        .fold(out)
        .figures();
    double mps = Math.hypot(north, east);
    assertThat(out.verdicts)
        .extracting(Verdict::reason)
        .containsExactly(
            Reason.OFF_TRACK,
            Reason.OFF_TRACK,
            Reason.OFF_TRACK,
            Reason.OFF_TRACK,
            Reason.TRACK_MOVED);
    assertThat(figures.distanceM()).isCloseTo(297 + (silenceS + 100) * mps, within(6.0));
    assertThat(figures.estimatedM()).isCloseTo((silenceS + 4) * mps, within(6.0));
  }

  /** Without a silence it is the receiver that strayed and came back, and nobody went there. */
  @ParameterizedTest
  @ValueSource(ints = {0, 5})
  void whereAReceiverComesBack_nobodyHasGoneThereAndBack(int silenceS) {
    Recording run = recording("run").north(100, 3).silence(silenceS, 3, 0).shifted(-90, 0);
    Figures figures = run.north(100, 3).fold(out).figures();
    assertThat(out.verdicts).extracting(Verdict::reason).contains(Reason.TRACK_MOVED);
    assertThat(figures.distanceM()).isLessThan((199 + silenceS) * 3);
  }

  @Test
  void aSilenceThatNobodyCouldHaveGoneThrough_isLikelyNone() {
    recording("run").north(100, 3).silence(600, 30, 0).north(100, 3).fold(out);
    assertThat(out.verdicts).hasSize(1);
    Verdict only = out.verdicts.get(0);
    assertThat(only.reason()).isEqualTo(Reason.GAP_NOT_BRIDGED);
    assertThat(only.confidence()).isEqualTo(0.8);
    assertThat(only.value()).isCloseTo(30, within(0.1));
    assertThat(only.limit()).isEqualTo(7); // sustained by runners
  }

  private static Verdict moved(Outputs told) {
    return told.verdicts.stream()
        .filter(verdict -> verdict.reason() == Reason.TRACK_MOVED)
        .findFirst()
        .orElseThrow();
  }
}
