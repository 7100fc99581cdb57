package io.pacewire.launcher;

import io.pacewire.track.AthleteParameters;
import io.pacewire.track.FoldSink;
import io.pacewire.track.FoldState;
import io.pacewire.track.TrackFold;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What one writer of a session sealed, and what becomes of it: which batches it had to drop, which are
 * broken, which go astray. The same seed seals the same samples, whatever the session's id.
 */
final class SealedWriter {
  static final int SAMPLES_A_BATCH = 5;
  private static final int NONE = SampleBatch.ABSENT;
  private static final int NORTH_E7_A_SECOND = 270; // 3 m

  final int number;
  final int batches;
  final boolean led;
  final boolean finished;
  /** Batches by sequence number as devices send them, broken ones as they are. */
  final TreeMap<Integer, byte[]> sealed = new TreeMap<>();

  /** Said to be dropped, and never sent. */
  final TreeSet<Integer> dropped = new TreeSet<>();
  /** Said to be dropped, and sent at last all the same. */
  final TreeSet<Integer> found = new TreeSet<>();

  final TreeSet<Integer> broken = new TreeSet<>();
  /** Never sent, and nobody says so. */
  final TreeSet<Integer> lost = new TreeSet<>();
  /** Sent when everything else was. */
  final TreeSet<Integer> late = new TreeSet<>();
  /** Sent when the session was given up. */
  final TreeSet<Integer> veryLate = new TreeSet<>();

  private final UUID session;
  private final long startMs;
  private final Random random;
  private int skipFrom = -1;
  private int skipTo = -1;

  /**
   * @param led whether somebody starts it; a hub only says what it hears
   * @param finished whether somebody finishes it
   */
  SealedWriter(
      UUID session,
      int number,
      int batches,
      boolean led,
      boolean finished,
      long startMs,
      Random random) {
    this.session = session;
    this.number = number;
    this.batches = batches;
    this.led = led;
    this.finished = finished;
    this.startMs = startMs;
    this.random = random;
    decide();
    for (int seq = 0; seq < batches; seq++) {
      byte[] bytes = BatchCodec.encode(batch(seq));
      if (broken.contains(seq)) {
        bytes[bytes.length - 1] ^= 0x55;
      }
      sealed.put(seq, bytes);
    }
  }

  private void decide() {
    if (random.nextInt(5) == 0) {
      skipFrom = 2 + random.nextInt(batches - 8);
      skipTo = skipFrom + random.nextInt(3);
      for (int seq = skipFrom; seq <= skipTo; seq++) {
        dropped.add(seq);
      }
      if (random.nextInt(3) == 0) {
        dropped.remove(skipFrom);
        found.add(skipFrom);
      }
    }
    if (random.nextInt(8) == 0) {
      oneOf(broken);
    }
    switch (random.nextInt(8)) {
      case 0 -> oneOf(lost);
      case 1 -> oneOf(late);
      case 2 -> oneOf(veryLate);
      default -> {}
    }
  }

  /** Of those that are nothing special; never the last, which says what was before it. */
  private void oneOf(Set<Integer> set) {
    int seq = random.nextInt(batches - 1);
    boolean says = skipTo >= 0 && seq == skipTo + 1;
    if (!says && !dropped.contains(seq) && !found.contains(seq) && !broken.contains(seq)) {
      set.add(seq);
    }
  }

  private SampleBatch batch(int seq) {
    SampleBatch batch = new SampleBatch();
    batch.header(session, number, 0, seq);
    long first = startMs + 1_000L * seq * SAMPLES_A_BATCH;
    if (led && seq == 0) {
      batch.addMark(Mark.start(first, 0, "run", "Europe/Berlin", 7_200, "Phone", "1.0", 1));
    }
    for (int i = 0; i < SAMPLES_A_BATCH; i++) {
      int second = seq * SAMPLES_A_BATCH + i;
      sample(batch, first + i * 1_000L, second);
    }
    long last = first + 1_000L * (SAMPLES_A_BATCH - 1);
    if (skipTo >= 0 && seq == skipTo + 1) {
      batch.addMark(Mark.skip(last, last - startMs, skipFrom, skipTo));
    }
    if (led && seq % 17 == 9) {
      batch.addMark(Mark.pause(last, last - startMs));
    }
    if (led && seq % 17 == 11) {
      batch.addMark(Mark.resume(last, last - startMs));
    }
    if (finished && seq == batches - 1) {
      batch.addMark(Mark.finish(last, last - startMs, batches));
    }
    return batch;
  }

  private void sample(SampleBatch batch, long at, int second) {
    if (led) {
      batch
          .fixes()
          .add(
              at,
              at - startMs,
              523_000_000 + second * NORTH_E7_A_SECOND + random.nextInt(41) - 20 + number * 50,
              134_000_000 + random.nextInt(61) - 30,
              3_000 + second % 40,
              400,
              NONE,
              NONE,
              NONE);
    }
    batch.heartRates().add(at, at - startMs, 130 + random.nextInt(40), NONE);
  }

  /** Says that it is batch {@code seq}, and holds something else. */
  byte[] forgery(int seq) {
    SampleBatch batch = new SampleBatch();
    batch.header(session, number, 0, seq);
    long at = startMs + 1_000L * seq * SAMPLES_A_BATCH;
    batch.heartRates().add(at, at - startMs, 77, NONE);
    return BatchCodec.encode(batch);
  }

  /** What is to be stored in the end. */
  SortedMap<Integer, byte[]> stored() {
    SortedMap<Integer, byte[]> stored = new TreeMap<>(sealed);
    stored.keySet().removeAll(dropped);
    stored.keySet().removeAll(lost);
    return stored;
  }

  boolean isComplete() {
    return dropped.isEmpty() && lost.isEmpty() && broken.isEmpty() && (finished || !led);
  }

  /**
   * Every stored batch below {@code position} once, in order, and nothing else: what the platform's
   * state must be, bit for bit.
   */
  FoldState fold(int position, FoldSink sink) {
    FoldState state = FoldState.start(AthleteParameters.defaults());
    SampleBatch scratch = new SampleBatch();
    int expected = 0;
    for (var one : stored().headMap(position).entrySet()) {
      int seq = one.getKey();
      if (seq > expected) {
        TrackFold.gap(state, expected, seq - 1, sink);
      }
      if (broken.contains(seq)) {
        TrackFold.gap(state, seq, seq, sink);
      } else {
        BatchCodec.decode(one.getValue(), 0, one.getValue().length, scratch);
        TrackFold.step(state, scratch, sink);
      }
      expected = seq + 1;
    }
    return state;
  }
}
