package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.wire.SampleBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where another writer's fixes are taken for those that the line lacks, and where they are not. */
class GapFillsTest {
  private static Recording run() {
    return recording("run");
  }

  private static Recording recording(String sport) {
    return Recording.of(sport).accuracyCm(SampleBatch.ABSENT).heartRate(0);
  }

  /** Thirty seconds between two fixes are no gap; in thirty-one the other one's are asked for. */
  @ParameterizedTest
  @CsvSource({"30, 0", "31, 1"})
  void aGap_isLongerThanThirtySeconds(int seconds, int fills) {
    Recording phone = run().north(100, 3).silence(seconds - 1, 3, 0).north(200, 3);
    Recording watch = run().silence(100, 3, 0).north(seconds - 1, 3);
    assertThat(JoinedRun.of(phone, watch).who.fills()).hasSize(fills);
  }

  /** Its fix of the same second as the line's last is none that the line lacks. */
  @Test
  void aFill_liesBetweenTheLinesFixes() {
    Recording phone = run().north(100, 3).silence(59, 3, 0).north(200, 3);
    Recording watch = run().silence(90, 3, 0).north(90, 3);
    JoinedRun all = JoinedRun.of(phone, watch);
    assertThat(all.who.fills()).hasSize(1);
    GapFills.Fill fill = all.who.fills().get(0);
    assertThat(fill.writer()).isEqualTo(1);
    assertThat(fill.fromMs()).isEqualTo(Recording.START + 101_000);
    assertThat(fill.holds(Recording.START + 101_000)).isTrue();
    assertThat(fill.holds(Recording.START + 159_000)).isTrue();
    assertThat(fill.holds(Recording.START + 160_000)).isFalse();
    assertThat(fill.holds(Recording.START + 100_999)).isFalse();
    assertThat(all.out.points).hasSize(359);
  }

  /** What is missing before the first fix or after the last is bridged by nothing: five seconds do. */
  @ParameterizedTest
  @CsvSource({"4, 0, 0", "5, -1, 0", "5, 0, 1", "10, 0, 1"})
  void whatIsMissingAtTheBeginning_isAskedForAfterFiveSeconds(int seconds, int lagMs, int fills) {
    Recording phone = run().fixLag(lagMs).silence(seconds - 1, 3, 0).north(200, 3);
    Recording watch = run().north(50, 3);
    assertThat(JoinedRun.of(phone, watch).who.fills()).hasSize(fills);
  }

  @Test
  void whatIsMissingAtTheEnd_isAskedForAfterFiveSeconds_butNotAmidTheLine() {
    Recording watch = run().silence(150, 3, 0).north(160, 3);
    Recording amid = run().north(200, 3).silence(9, 3, 0).north(101, 3);
    assertThat(JoinedRun.of(amid, watch).who.fills()).isEmpty();
    Recording early = run().north(300, 3).silence(10, 3, 0);
    JoinedRun all = JoinedRun.of(early, watch);
    assertThat(all.who.fills()).hasSize(1);
    assertThat(all.distanceM()).isCloseTo(309 * 3, within(2.0));
  }

  /** The later part has more fixes, and is found first. */
  @Test
  void fillsOfSeveral_standInTheOrderOfTime_andAreAllTaken() {
    Recording phone = run().north(500, 3).silence(400, 3, 0).north(100, 3);
    Recording earlier = run().silence(500, 3, 0).north(150, 3);
    Recording later = run().silence(650, 3, 0).north(249, 3);
    JoinedRun all = JoinedRun.of(phone, earlier, later);
    assertThat(all.who.fills()).extracting(GapFills.Fill::writer).containsExactly(1, 2);
    assertThat(all.who.fills())
        .extracting(GapFills.Fill::fromMs)
        .containsExactly(Recording.START + 501_000, Recording.START + 651_000);
    assertThat(all.figures.estimatedM()).isZero();
    assertThat(all.out.points).hasSize(999);
  }

  @Test
  void whoHasMostFixesThere_isAskedFirst_whateverItsNumber() {
    Recording phone = run().north(300, 3).silence(100, 3, 0).north(300, 3);
    Recording few = run().silence(300, 3, 0).sparse(4, 20, 3);
    Recording many = run().silence(300, 3, 0).north(99, 3);
    assertThat(JoinedRun.of(phone, few, many).who.fillers()).containsExactly(2);
    assertThat(JoinedRun.of(phone, many, few).who.fillers()).containsExactly(1);
  }

  /**
   * There and back by the wheel, 4.8 km, while the other receiver saw ten seconds somewhere near, far
   * from both ends of the gap: those would take way.
   */
  @Test
  void aFewFixes_takeNothingOfTheWayThatAWheelTells() {
    Recording phone =
        recording("ride").sensorSpeed(800).north(400, 8).blind(300, 8).blind(300, -8);
    phone.north(200, 8);
    Recording watch = recording("ride").north(300, 8).silence(300, 3, 0).north(10, 8);
    JoinedRun all = JoinedRun.of(phone, watch);
    assertThat(all.who.fills()).isEmpty();
    assertThat(all.distanceM()).isCloseTo(1_199 * 8, within(20.0));
  }

  /** A wheel that is set too large says 9 m/s where fixes of the whole gap say 8. */
  @Test
  void fixesThatCloseTheGap_areTaken_thoughTheirWayIsShorter() {
    Recording phone = recording("ride").sensorSpeed(900).north(400, 8).blind(150, 8);
    phone.sensorSpeed(-1).north(200, 8);
    Recording watch = recording("ride").silence(400, 8, 0).north(150, 8);
    JoinedRun all = JoinedRun.of(phone, watch);
    assertThat(JoinedRun.of(phone).distanceM()).isCloseTo(749 * 8 + 150, within(12.0));
    assertThat(all.who.fills()).hasSize(1);
    assertThat(all.distanceM()).isCloseTo(749 * 8, within(10.0));
  }

  /** Two receivers on one body may be twenty metres apart, but no fifty. */
  @ParameterizedTest
  @CsvSource({"25, 1", "50, 0"})
  void whereTheOtherBegins_mustBeWithinReach(double besideM, int fills) {
    Recording phone = run().north(300, 3).silence(100, 3, 0).north(300, 3);
    Recording watch = run().silence(300, 3, 0).shifted(0, besideM).north(99, 3);
    assertThat(JoinedRun.of(phone, watch).who.fills()).hasSize(fills);
  }

  /** A watch that lost its receiver for two minutes amid the phone's gap fills two parts of it. */
  @Test
  void whatTheOtherLacksItself_isNotFilled() {
    Recording phone = run().north(500, 3).silence(300, 3, 0).north(100, 3);
    Recording watch = run().silence(500, 3, 0).north(100, 3).silence(119, 3, 0).north(80, 3);
    JoinedRun all = JoinedRun.of(phone, watch);
    assertThat(all.who.fills())
        .extracting(GapFills.Fill::fromMs)
        .containsExactly(Recording.START + 501_000, Recording.START + 720_000);
    assertThat(all.figures.estimatedM()).isCloseTo(120 * 3, within(2.0));
    assertThat(all.distanceM()).isCloseTo(899 * 3, within(5.0));
  }
}
