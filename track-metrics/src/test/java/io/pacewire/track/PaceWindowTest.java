package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Speed over the last 25 s that the stopwatch ran. */
class PaceWindowTest {
  private static final long UM_A_M = 1_000_000;
  private final PaceWindow window = new PaceWindow();
  private double metres;
  private int second;

  /** A fix a second. */
  private void go(int seconds, double mps) {
    for (int i = 0; i < seconds; i++) {
      second++;
      metres += mps;
      window.add(second * 1_000L, Math.round(metres * UM_A_M));
    }
  }

  private void begin(double atM) {
    metres = atM;
    window.add(0, Math.round(metres * UM_A_M));
  }

  private double speedMps() {
    return window.speedMps(second * 1_000L);
  }

  /** However long the way before was. */
  @Test
  void itIsTheMeanOfTheLast25Seconds_tenKilometresFromTheStart() {
    begin(10_000);
    go(60, 2);
    go(15, 5);
    assertThat(speedMps()).isCloseTo((10 * 2 + 15 * 5) / 25.0, within(1e-9));
    assertThat(window.speedMps(75_000, 10)).isCloseTo(5, within(1e-9));
    assertThat(window.speedMps(75_000, 20)).isCloseTo((5 * 2 + 15 * 5) / 20.0, within(1e-9));
  }

  @Test
  void before25Seconds_itIsTheMeanSinceTheFirst() {
    assertThat(window.speedMps(0)).isNaN();
    begin(0);
    assertThat(window.speedMps(0)).isNaN();
    go(4, 3);
    go(4, 5);
    assertThat(speedMps()).isCloseTo(4, within(1e-9));
  }

  /** 300 m in a minute: of it the last 25 s are taken, and not the minute. */
  @Test
  void betweenTwoFixesAMinuteApart_itIsTheirMean() {
    begin(0);
    window.add(20_000, 20 * UM_A_M);
    window.add(40_000, 120 * UM_A_M);
    // 15 s of the first 20 s have gone by, at 1 m/s.
    assertThat(window.speedMps(40_000)).isCloseTo((120 - 15) / 25.0, within(1e-9));
    PaceWindow sparse = new PaceWindow();
    sparse.add(0, 0);
    sparse.add(60_000, 300 * UM_A_M);
    assertThat(sparse.speedMps(60_000)).isCloseTo(5, within(1e-9));
  }

  @Test
  void twoFixesAtOneTimeOfTheStopwatch_loseNothing() {
    begin(0);
    go(10, 3);
    window.add(10_000, 30 * UM_A_M);
    assertThat(speedMps()).isCloseTo(3, within(1e-9));
  }

  @Test
  void aClockThatWasSetBack_beginsAnew() {
    begin(0);
    go(20, 3);
    window.add(5_000, 70 * UM_A_M);
    assertThat(window.speedMps(5_000)).isNaN();
    window.add(7_000, 72 * UM_A_M);
    assertThat(window.speedMps(7_000)).isCloseTo(1, within(1e-9));
  }

  @Test
  void thirtySecondsAfterTheLastFix_itIsStillKnown_andThenNot() {
    begin(0);
    go(40, 3);
    long silence = TrackFold.GAP_S * 1_000L;
    assertThat(window.speedMps(40_000 + silence)).isCloseTo(3, within(1e-9));
    assertThat(window.speedMps(40_001 + silence)).isNaN();
  }

  /** Over 8,388 m in 25 s, which is more than three bytes of millimetres hold. */
  @Test
  void whatIsFasterThanAnything_isStillMeasured_andFitsTheBytes() {
    begin(0);
    go(100, 350);
    assertThat(speedMps()).isCloseTo(350, within(1e-9));
    assertThat(copy().speedMps(100_000)).isEqualTo(speedMps());
  }

  @Test
  void theStatesBytes_holdAllOfIt() {
    begin(1_000);
    go(60, 2);
    go(15, 5);
    PaceWindow copy = copy();
    assertThat(copy.speedMps(75_000)).isEqualTo(speedMps());
    copy.add(85_000, Math.round((metres + 10) * UM_A_M));
    assertThat(copy.speedMps(85_000)).isCloseTo((15 * 5 + 10) / 25.0, within(1e-9));
  }

  private PaceWindow copy() {
    ByteBuffer bytes = ByteBuffer.allocate(200);
    window.write(bytes);
    PaceWindow copy = new PaceWindow();
    copy.read(bytes.flip());
    assertThat(bytes.remaining()).isZero();
    return copy;
  }
}
