package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.track.AthleteParameters;
import io.pacewire.track.FoldSink;
import io.pacewire.track.FoldState;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.SeqRanges;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Chunks that come in any order, some more than once, some never: the bits of those in order. */
class SequenceFoldTest {
  private static final long START = 1_760_000_000_000L;
  private static final int BATCHES = 24;

  private final SampleBatch scratch = new SampleBatch();

  @Property(tries = 100)
  void inAnyOrder_andRepeated_givesEqualBits(@ForAll long seed) {
    Random random = new Random(seed);
    Map<Integer, byte[]> chunks = recording(random);
    SeqRanges dropped = new SeqRanges();
    if (random.nextBoolean()) {
      int from = 1 + random.nextInt(BATCHES - 4);
      dropped.add(from, from + random.nextInt(3));
      for (int seq = dropped.from(0); seq <= dropped.to(0); seq++) {
        chunks.remove(seq);
      }
    }
    assertThat(delivered(arrivals(random, chunks), chunks, dropped))
        .isEqualTo(delivered(new ArrayList<>(chunks.keySet()), chunks, dropped));
  }

  private static List<Integer> arrivals(Random random, Map<Integer, byte[]> chunks) {
    List<Integer> arrivals = new ArrayList<>(chunks.keySet());
    chunks.keySet().stream().filter(seq -> random.nextInt(3) == 0).forEach(arrivals::add);
    Collections.shuffle(arrivals, random);
    return arrivals;
  }

  /** Stores first, and folds what is stored as far as its turn has come. */
  private byte[] delivered(List<Integer> arrivals, Map<Integer, byte[]> chunks, SeqRanges dropped) {
    SequenceFold fold = new SequenceFold(FoldState.start(AthleteParameters.defaults()), 0, dropped);
    Map<Integer, byte[]> stored = new TreeMap<>();
    for (int seq : arrivals) {
      stored.put(seq, chunks.get(seq));
      stored.forEach((waiting, body) -> fold.take(waiting, body, false, scratch, FoldSink.NONE));
      assertThat(fold.take(seq, chunks.get(seq), false, scratch, FoldSink.NONE))
          .as("folded once")
          .isFalse();
    }
    assertThat(fold.position()).isEqualTo(BATCHES);
    return fold.state().encode();
  }

  private static Map<Integer, byte[]> recording(Random random) {
    Map<Integer, byte[]> chunks = new TreeMap<>();
    int second = 0;
    for (int seq = 0; seq < BATCHES; seq++) {
      SampleBatch batch = new SampleBatch();
      batch.header(new UUID(0, 1), 0, 0, seq);
      if (seq == 0) {
        batch.addMark(Mark.start(START, 0, "run", "UTC", 0, "Phone", "1", 1));
      }
      for (int left = 1 + random.nextInt(20); left > 0; left--, second++) {
        long at = START + 1_000L * second;
        int latitudeE7 = 557_500_000 + 270 * second + random.nextInt(40);
        batch.fixes().add(at, 0, latitudeE7, 376_000_000, 15_000, 400, -1, -1, -1);
        batch.heartRates().add(at, 0, 130 + random.nextInt(20), SampleBatch.ABSENT);
      }
      if (seq == BATCHES - 1) {
        batch.addMark(Mark.finish(START + 1_000L * second, 0, BATCHES));
      }
      chunks.put(seq, BatchCodec.encode(batch));
    }
    return chunks;
  }
}
