package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.track.AthleteParameters;
import io.pacewire.track.FoldSink;
import io.pacewire.track.FoldState;
import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.SeqRanges;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TailFoldTest {
  private static final double SPEED_MPS = 3;

  private final RecordedRun run = RecordedRun.of(40);
  private final SampleBatch scratch = new SampleBatch();
  private final SequenceFold waiting =
      new SequenceFold(FoldState.start(AthleteParameters.defaults()), 0, new SeqRanges());
  private TailFold tail;

  @BeforeEach
  void foldTheFirstTen() {
    for (int seq = 0; seq < 10; seq++) {
      boolean unused = waiting.take(seq, run.record(seq).bytes(), false, scratch, FoldSink.NONE);
    }
    tail = new TailFold(new WriterKey(run.key(), 0), waiting.state(), waiting.position());
  }

  private void take(int fromSeq, int toSeq) {
    for (int seq = fromSeq; seq <= toSeq; seq++) {
      tail.take(seq, run.record(seq).bytes(), false, scratch);
    }
  }

  @Test
  void behindAGap_figuresAreThoseOfARecordingThatLacksIt_andWhatWaitsIsLeftAsItIs() {
    byte[] before = waiting.state().encode();
    take(15, 20);
    assertThat(tail.figures().elapsedS()).isCloseTo(209, within(3.0));
    assertThat(tail.figures().distanceM()).isCloseTo(207 * SPEED_MPS, within(6.0));
    assertThat(waiting.state().encode()).isEqualTo(before);
    waiting.giveUp(15, FoldSink.NONE);
    for (int seq = 15; seq <= 20; seq++) {
      boolean unused = waiting.take(seq, run.record(seq).bytes(), false, scratch, FoldSink.NONE);
    }
    assertThat(tail.figures().distanceM()).isEqualTo(waiting.state().figures().distanceM());
    assertThat(tail.isOutdated()).isFalse();
  }

  @Test
  void whatWasGivenUp_andComes_makesItOutdated() {
    take(15, 20);
    take(12, 12);
    assertThat(tail.isOutdated()).isTrue();
  }

  @Test
  void whatComesTwice_changesNothing() {
    take(15, 20);
    double distanceM = tail.figures().distanceM();
    take(16, 20);
    take(3, 5);
    assertThat(tail.figures().distanceM()).isEqualTo(distanceM);
    assertThat(tail.isOutdated()).isFalse();
  }
}
