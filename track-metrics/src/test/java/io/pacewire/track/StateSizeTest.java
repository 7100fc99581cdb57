package io.pacewire.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The state with everything in it that can wait, and the longest texts. */
class StateSizeTest {
  private static final long START = Recording.START;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 10})
  void everyLaneFull_isWithinOneKibibyte(int fixesASecond) {
    int most = 0;
    for (int laps = 0; laps <= 4; laps++) {
      for (int late = 0; late <= 3; late++) {
        FoldState state = full(fixesASecond, laps, late);
        byte[] bytes = state.encode();
        most = Math.max(most, bytes.length);
        assertThat(FoldState.decode(bytes).encode()).isEqualTo(bytes);
      }
    }
    System.out.println("fullest state at " + fixesASecond + " Hz: " + most + " bytes");
    assertThat(most).isBetween(900, 1_024);
  }

  private static FoldState full(int fixesASecond, int laps, int late) {
    SampleBatch batch = new SampleBatch();
    batch.header(new UUID(0, 1), 0, 0, 0);
    String text = "ы".repeat(127);
    batch.addMark(Mark.start(START, 0, text, text, 10_800, text, text, 1));
    for (int second = 0; second < 60; second++) {
      long at = START + second * 1_000L;
      for (int i = 0; i < fixesASecond; i++) {
        fix(batch, at + 1_000L * i / fixesASecond);
      }
      batch.heartRates().add(at, 0, 140, SampleBatch.ABSENT);
      scalars(batch, at);
      for (int i = 0; i < 25; i++) {
        batch.accels().add(at + i * 40L, 0, 0, 0, 1_000);
      }
    }
    long last = START + 59_000;
    for (int i = 0; i < laps; i++) {
      batch.addMark(Mark.lap(last + 960, 0));
    }
    if (late == 3) { // a clock that nothing confirms yet
      batch.heartRates().add(last + 86_400_000, 0, 140, SampleBatch.ABSENT);
      scalars(batch, last + 86_400_000);
    }
    for (int i = 1; i <= late % 3; i++) {
      fix(batch, last + 900 + 30L * i);
      batch.heartRates().add(last + 900 + 30L * i, 0, 140, SampleBatch.ABSENT);
      scalars(batch, last + 900 + 30L * i);
    }
    FoldState state = FoldState.start(AthleteParameters.defaults());
    TrackFold.step(state, batch, FoldSink.NONE);
    return state;
  }

  /** Whatever may wait at once, by the places that there are. */
  @Test
  void theFullestThatCanBe_isWithinOneKibibyte() {
    SampleBatch batch = new SampleBatch();
    String text = "ы".repeat(127);
    batch.addMark(Mark.start(START, 0, text, text, 10_800, text, text, 1));
    for (int second = 0; second < 5; second++) { // every sensor was heard
      batch.heartRates().add(START + second * 1_000L, 0, 140, SampleBatch.ABSENT);
      scalars(batch, START + second * 1_000L);
    }
    for (int i = 0;
        i < 20 * 25;
        i++) { // and what they said is taken, but for two seconds of motion
      batch.accels().add(START + i * 40L, 0, 0, 0, 1_000);
    }
    FoldState state = FoldState.start(AthleteParameters.defaults());
    TrackFold.step(state, batch, FoldSink.NONE);
    int startMark = 6 + 1;
    int others = state.encode().length - 2 * (2 + 1);
    int marks = 3 * startMark;
    int seconds = 3 * (2 + 1) + 4; // and a time that nothing confirms yet
    int scalars = 3 * (2 + 1) + 3 * 3 * (2 + 2) + 3 * (2 + 3) + 5 * (6 - 2);
    int fixes = FixLane.CAPACITY * (6 + 8 + 3 + 4);
    int pace = 11 * (2 + 3); // and the first, which is there
    assertThat(others + marks + seconds + scalars + fixes + pace)
        .isLessThanOrEqualTo(FoldState.MAX_BYTES);
  }

  /** Nothing of what it was before may show. */
  @Test
  void aStateThatWasAnother_goesOnAsThatOfTheBytes() {
    FoldState full = FoldState.start(AthleteParameters.defaults());
    SampleBatch rich = new SampleBatch();
    rich.addMark(Mark.start(START, 0, "run", "UTC", 0, "d", "1", 1));
    for (int second = 0; second < 90; second++) {
      long at = START + second * 1_000L;
      fix(rich, at);
      scalars(rich, at);
      rich.heartRates().add(at, 0, 150, SampleBatch.ABSENT);
      for (int i = 0; i < 25; i++) {
        rich.accels().add(at + i * 40L, 0, 0, 0, 900 + 100 * (i % 5));
      }
    }
    TrackFold.step(full, rich, FoldSink.NONE);
    FoldState young = FoldState.start(AthleteParameters.defaults());
    SampleBatch few = new SampleBatch();
    for (int second = 0; second < 9; second++) {
      fix(few, START + second * 1_000L);
    }
    TrackFold.step(young, few, FoldSink.NONE);
    byte[] bytes = new byte[7 + FoldState.MAX_BYTES];
    int length = young.encode(bytes, 7);
    full.load(bytes, 7, length);
    SampleBatch next = new SampleBatch();
    for (int second = 9; second < 70; second++) {
      fix(next, START + second * 1_000L);
      scalars(next, START + second * 1_000L);
    }
    TrackFold.step(young, next, FoldSink.NONE);
    TrackFold.step(full, next, FoldSink.NONE);
    assertThat(full.encode()).isEqualTo(young.encode());
  }

  private static void scalars(SampleBatch batch, long at) {
    batch.pressures().add(at, 0, 101_325);
    batch.powers().add(at, 0, 300);
    batch.cadences().add(at, 0, 90);
    batch.speeds().add(at, 0, 900);
  }

  private static void fix(SampleBatch batch, long at) {
    int absent = SampleBatch.ABSENT;
    int north = (int) ((at - START) / 4);
    batch.fixes().add(at, 0, 557_500_000 + north, 376_000_000, 15_000, 400, absent, absent, absent);
  }
}
