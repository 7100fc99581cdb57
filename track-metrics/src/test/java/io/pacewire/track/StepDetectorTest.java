package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Made swings, whose steps are known. */
class StepDetectorTest {
  private static final long START = 1_760_000_000_000L;
  private static final int G_MG = 1_000;

  private record Frame(long atMs, int steps, boolean still, boolean felt) {}

  private final StepDetector detector = new StepDetector();
  private final List<Frame> frames = new ArrayList<>();
  private long atMs = START;

  private void sample(int mg) {
    detector.add(
        atMs, mg, (at, steps, still, felt) -> frames.add(new Frame(at, steps, still, felt)));
  }

  private void close() {
    detector.close(atMs, (at, steps, still, felt) -> frames.add(new Frame(at, steps, still, felt)));
  }

  /** A sine of so many steps a second, on top of the Earth's pull. */
  private StepDetectorTest walk(double seconds, double stepsASecond, int swingMg, int hz) {
    long from = atMs;
    for (int i = 0; i < Math.round(seconds * hz); i++) {
      atMs = from + Math.round(i * 1_000.0 / hz);
      double phase = 2 * Math.PI * stepsASecond * (atMs - START) / 1e3;
      sample(G_MG + (int) Math.round(swingMg * Math.sin(phase)));
    }
    atMs = from + Math.round(seconds * 1_000);
    return this;
  }

  private int steps() {
    return frames.stream().mapToInt(Frame::steps).sum();
  }

  @ParameterizedTest
  @CsvSource({"25, 1.5", "25, 2", "50, 2", "100, 2", "50, 3", "50, 3.6", "200, 2.5", "12, 2"})
  void everySwingIsAStep_atAnyRate(int hz, double stepsASecond) {
    walk(60, stepsASecond, 250, hz);
    close();
    assertThat((double) steps()).isBetween(60 * stepsASecond - 2, 60 * stepsASecond + 1);
    assertThat(frames).hasSizeBetween(60, 61).noneMatch(Frame::still);
    assertThat(frames.subList(1, frames.size() - 1)).allMatch(Frame::felt);
  }

  /** In the band a swing keeps about half of itself; its threshold is 15 mg. */
  @Test
  void whatHardlySwings_isNoStep() {
    walk(60, 2, 20, 50);
    assertThat(steps()).isZero();
    assertThat(frames).noneMatch(Frame::still);
    walk(60, 2, 60, 50);
    assertThat(steps()).isBetween(115, 121);
  }

  /** Faster than anybody's feet, and slower than a gait. */
  @Test
  void whatSwingsOutsideTheBand_isNoWalk() {
    walk(60, 10, 250, 100);
    assertThat(steps()).isLessThan(20);
    frames.clear();
    walk(60, 0.2, 250, 50);
    assertThat(steps()).isLessThan(6);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aKnockOrTwo_areNoSteps_andTheFourthStepBringsThemAll(int knocks) {
    walk(5, 0, 0, 50).walk(knocks / 2.0, 2, 250, 50).walk(5, 0, 0, 50);
    close();
    assertThat(steps()).isZero();
    walk(5, 0, 0, 50).walk((StepDetector.CONFIRMED + 1) / 2.0, 2, 250, 50).walk(5, 0, 0, 50);
    close();
    assertThat(steps()).isBetween(StepDetector.CONFIRMED, StepDetector.CONFIRMED + 2);
  }

  /** Two seconds without a step end a walk; what follows has to be confirmed anew. */
  @Test
  void afterARest_theFirstStepsAreConfirmedAnew() {
    walk(10, 2, 250, 50).walk(4, 0, 0, 50);
    int before = steps();
    assertThat(before).isBetween(18, 21);
    walk(1, 2, 250, 50).walk(4, 0, 0, 50);
    assertThat(steps()).isEqualTo(before);
  }

  @Test
  void aTable_isStill_andATremblingHandIsNot() {
    walk(10, 0, 0, 50);
    assertThat(frames).hasSize(10);
    assertThat(frames.subList(1, 10)).allMatch(Frame::still);
    frames.clear();
    for (int i = 0; i < 500; i++) {
      sample(G_MG + (i % 4 < 2 ? 12 : -12));
      atMs += 20;
    }
    assertThat(frames).hasSize(10);
    assertThat(frames.subList(1, 10)).noneMatch(Frame::still);
    assertThat(steps()).isZero();
  }

  /** Ten of a second's 25 bins are enough to feel a step, five to see that nothing moves. */
  @ParameterizedTest
  @CsvSource({"4, false, false", "5, true, false", "9, true, false", "10, true, true"})
  void howMuchASecondSays_isByHowOftenItWasMeasured(int hz, boolean still, boolean felt) {
    walk(8, 0, 0, hz);
    assertThat(frames.subList(1, frames.size() - 1))
        .isNotEmpty()
        .allMatch(frame -> frame.still() == still && frame.felt() == felt);
  }

  /** Seconds end half a second off the clock's; a frame is told by the sample that ends it. */
  @Test
  void aSecondIsTold_whenTheNextBegins() {
    walk(3, 0, 0, 50);
    assertThat(frames)
        .extracting(Frame::atMs)
        .containsExactly(START + 480, START + 1_480, START + 2_480);
    close();
    assertThat(frames).hasSize(4);
    assertThat(frames.get(3).atMs()).isEqualTo(START + 3_000);
  }

  @Test
  void aSampleALittleLate_countsWithTheNewest_andOneFarBackBeginsAnew() {
    walk(2.2, 0, 0, 50);
    atMs -= 900;
    sample(5_000);
    atMs += 920;
    walk(1, 0, 0, 50);
    assertThat(frames).hasSize(3);
    assertThat(frames.get(2).still()).isFalse();
    atMs -= 60_000;
    sample(G_MG);
    assertThat(frames).hasSize(4);
    assertThat(frames.get(3).still()).isFalse();
    walk(2, 0, 0, 50);
    assertThat(frames.get(frames.size() - 1).still()).isTrue();
  }

  @Test
  void aSilenceOfMoreThanASecond_endsWhatWasBegun() {
    walk(5.2, 2, 250, 50);
    int told = frames.size();
    atMs += 1_200;
    sample(G_MG);
    assertThat(frames).hasSize(told + 1);
    assertThat(frames.get(told).still()).isFalse();
    walk(1.5, 2, 250, 50); // three steps, which nobody has confirmed
    int before = steps();
    close();
    assertThat(steps()).isEqualTo(before);
  }

  @Test
  void aWildSample_isBounded() {
    walk(5, 0, 0, 50);
    sample(Integer.MAX_VALUE);
    atMs += 20;
    sample(Integer.MIN_VALUE);
    walk(20, 2, 250, 50);
    close();
    assertThat(steps()).isBetween(30, 41);
  }

  @Test
  void itsBytes_goOnAsItWould() {
    walk(7.3, 2.2, 200, 50);
    ByteBuffer bytes = ByteBuffer.allocate(128);
    detector.write(bytes);
    StepDetector other = new StepDetector();
    other.read(bytes.flip());
    assertThat(bytes.hasRemaining()).isFalse();
    List<Frame> others = new ArrayList<>();
    long from = atMs;
    int told = frames.size();
    walk(5, 2.2, 200, 50);
    for (int i = 0; i < 250; i++) {
      long at = from + i * 20L;
      double phase = 2 * Math.PI * 2.2 * (at - START) / 1e3;
      other.add(
          at,
          G_MG + (int) Math.round(200 * Math.sin(phase)),
          (when, steps, still, felt) -> others.add(new Frame(when, steps, still, felt)));
    }
    assertThat(others).isEqualTo(frames.subList(told, frames.size())).isNotEmpty();
  }
}
