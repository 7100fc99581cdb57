package io.pacewire.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/**
 * Samples that are sent, acknowledged and stored together: columns of one writer's sensors, and
 * marks. Mutable and meant to be used again ({@link #clear}); not thread-safe.
 */
public final class SampleBatch {
  /** Stands for an optional value that a sample lacks. */
  public static final int ABSENT = Integer.MIN_VALUE;

  private static final UUID NO_SESSION = new UUID(0, 0);

  private UUID sessionId = NO_SESSION;
  private int writer;
  private int installEpoch;
  private int seq;
  private final FixColumn fixes = new FixColumn();
  private final AccelColumn accels = new AccelColumn();
  private final HeartRateColumn heartRates = new HeartRateColumn();
  private final ScalarColumn rrIntervals = new ScalarColumn("rr_intervals");
  private final ScalarColumn cadences = new ScalarColumn("cadences");
  private final ScalarColumn powers = new ScalarColumn("powers");
  private final ScalarColumn speeds = new ScalarColumn("speeds");
  private final ScalarColumn temperatures = new ScalarColumn("temperatures");
  private final ScalarColumn pressures = new ScalarColumn("pressures");
  private final ScalarColumn altitudes = new ScalarColumn("altitudes");
  private final List<Mark> marks = new ArrayList<>();
  private final List<Mark> marksSeen = Collections.unmodifiableList(marks);
  private final Column[] columns = {
    fixes.column(),
    accels.column(),
    heartRates.column(),
    rrIntervals.column(),
    cadences.column(),
    powers.column(),
    speeds.column(),
    temperatures.column(),
    pressures.column(),
    altitudes.column()
  };
  private byte[] unknown = new byte[0];
  private int unknownLength;
  private long unknownFirstAtEpochMs;
  private long unknownLastAtEpochMs;

  /** Sets who sends this and its place in the writer's sequence. */
  public void header(UUID session, int writerNumber, int epoch, int sequence) {
    if (writerNumber < 0 || writerNumber >= WireLimits.MAX_WRITERS) {
      throw new IllegalArgumentException("writer out of range: " + writerNumber);
    }
    if (epoch < 0) {
      throw new IllegalArgumentException("installEpoch out of range: " + epoch);
    }
    if (sequence < 0 || sequence > WireLimits.MAX_SEQ) {
      throw new IllegalArgumentException("seq out of range: " + sequence);
    }
    this.sessionId = session;
    this.writer = writerNumber;
    this.installEpoch = epoch;
    this.seq = sequence;
  }

  public UUID sessionId() {
    return sessionId;
  }

  public int writer() {
    return writer;
  }

  public int installEpoch() {
    return installEpoch;
  }

  public int seq() {
    return seq;
  }

  /**
   * Time of the oldest sample or mark, by the device's wall clock.
   *
   * @throws IllegalStateException where the batch is empty
   */
  public long firstAtEpochMs() {
    requireContent();
    long first = unknownLength > 0 ? unknownFirstAtEpochMs : Long.MAX_VALUE;
    for (Column column : columns) {
      first = Math.min(first, column.clock().first());
    }
    for (Mark mark : marks) {
      first = Math.min(first, mark.atEpochMs());
    }
    return first;
  }

  /** As {@link #firstAtEpochMs}, of the newest. */
  public long lastAtEpochMs() {
    requireContent();
    long last = unknownLength > 0 ? unknownLastAtEpochMs : Long.MIN_VALUE;
    for (Column column : columns) {
      last = Math.max(last, column.clock().last());
    }
    for (Mark mark : marks) {
      last = Math.max(last, mark.atEpochMs());
    }
    return last;
  }

  public FixColumn fixes() {
    return fixes;
  }

  public AccelColumn accels() {
    return accels;
  }

  public HeartRateColumn heartRates() {
    return heartRates;
  }

  /** Time between heart beats, 1/1024 s. */
  public ScalarColumn rrIntervals() {
    return rrIntervals;
  }

  /** Steps or revolutions a minute. */
  public ScalarColumn cadences() {
    return cadences;
  }

  /** Watt. */
  public ScalarColumn powers() {
    return powers;
  }

  /** Centimetres a second, from a wheel or a foot sensor. */
  public ScalarColumn speeds() {
    return speeds;
  }

  /** Hundredths of a degree Celsius. */
  public ScalarColumn temperatures() {
    return temperatures;
  }

  /** Pascal. */
  public ScalarColumn pressures() {
    return pressures;
  }

  /** Centimetres above the sea, as an altimeter told them without a position; with one, {@link #fixes} has it. */
  public ScalarColumn altitudes() {
    return altitudes;
  }

  public List<Mark> marks() {
    return marksSeen;
  }

  int markCount() {
    return marks.size();
  }

  public void addMark(Mark mark) {
    if (marks.size() == WireLimits.MAX_MARKS) {
      throw new IllegalStateException("more than " + WireLimits.MAX_MARKS + " marks");
    }
    marks.add(mark);
  }

  /** Whether there is no sample, no mark and nothing that only a later version understands. */
  public boolean isEmpty() {
    for (Column column : columns) {
      if (column.size() > 0) {
        return false;
      }
    }
    return marks.isEmpty() && unknownLength == 0;
  }

  /** Forgets header, samples and marks; keeps the arrays. */
  public void clear() {
    sessionId = NO_SESSION;
    writer = 0;
    installEpoch = 0;
    seq = 0;
    for (Column column : columns) {
      column.clear();
    }
    marks.clear();
    unknownLength = 0;
  }

  /** By field number: 1 fixes, 2 accels, 3 heart rates, (4 marks), 5 and on the scalar columns. */
  Column[] columns() {
    return columns;
  }

  /** Writes the fields of a later version, as they came. */
  void writeUnknown(ProtoWriter out) {
    out.append(unknown, 0, unknownLength);
  }

  /** Doubles its room, so that a body of nothing but tiny unknown fields costs no more to keep. */
  void addUnknown(byte[] bytes, int from, int length) {
    if (length > unknown.length - unknownLength) {
      unknown = Arrays.copyOf(unknown, Math.max(2 * unknown.length, unknownLength + length));
    }
    System.arraycopy(bytes, from, unknown, unknownLength, length);
    unknownLength += length;
  }

  /** What is not understood has its times too: those of the header it came with are kept. */
  void unknownWithin(long firstMs, long lastMs) {
    unknownFirstAtEpochMs = firstMs;
    unknownLastAtEpochMs = lastMs;
  }

  private void requireContent() {
    if (isEmpty()) {
      throw new IllegalStateException("an empty batch has no time");
    }
  }
}
