package io.pacewire.track;

import io.pacewire.wire.AccelColumn;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the accelerometer says, second by second. Its samples go through the {@link StepDetector} as
 * they come, which keeps their own order; only the seconds that come out wait for other sensors, so
 * that the state stays small at any rate.
 */
final class MotionLane implements SensorLane, StepDetector.Frames {
  private static final int CAPACITY = 3;
  private static final int RANK = 1;

  /** Arrays that a long batch made are not kept for ever. */
  private static final int KEPT_ROOM = 64;

  /** Of the byte that says how many seconds wait. */
  private static final int COUNT = 0x3;

  private static final int LEAPT = 0x4;
  private static final int HEARD = 0x8;

  private static final int STILL = 0x80;
  private static final int FELT = 0x40;
  private static final int MOST_STEPS = 0x3F;

  private StepDetector detector = new StepDetector();
  private @Nullable AccelColumn fresh;
  private boolean spoke;
  private long[] frameAtMs = new long[CAPACITY];
  private byte[] frame = new byte[CAPACITY];
  private int size;
  private int next;
  private long takenAtMs = BEFORE_ALL;
  private long heardAtMs = BEFORE_ALL;
  private long headAtMs = NEVER;
  /** Whether the sample before the next was left out as long as nothing confirms its time. */
  private boolean leapt;

  /** The lower half of that time. */
  private int leaptAtMs;

  void attach(AccelColumn column) {
    fresh = column;
  }

  @Override
  public long firstAtMs() {
    if (size > 0) {
      return frameAtMs[0];
    }
    AccelColumn column = fresh;
    return column != null && column.size() > 0 ? Lane.bounded(column.atEpochMs(0)) : NEVER;
  }

  @Override
  public void open(long originMs) {
    AccelColumn column = fresh;
    spoke = column != null && column.size() > 0;
    if (column != null) {
      detect(column);
    }
    fresh = null;
  }

  /**
   * A time that is ahead or behind has to come twice: one such sample tells nothing. The second that a
   * silence leaves begun ends with the least silence there is, whenever that is noticed.
   */
  private void detect(AccelColumn column) {
    int samples = column.size();
    float[] lengthsMg = column.lengthsMg(StepDetector.HIGHEST_MG);
    long heard = heardAtMs;
    for (int i = 0; i < samples; i++) {
      long at = Lane.bounded(column.atEpochMs(i));
      boolean leads = Turn.leads(at, heard);
      if (leads || Turn.straggles(at, heard)) {
        boolean twice = leapt && Math.abs((long) ((int) at - leaptAtMs)) <= SampleOrder.PATIENCE_MS;
        leapt = true;
        leaptAtMs = (int) at;
        if (!twice) {
          continue;
        }
        if (leads) {
          fallSilent(heard);
        }
      }
      leapt &= !leads && Turn.straggles(at, heard);
      heard = Math.max(heard, at);
      detector.add(at, lengthsMg[i], this);
    }
    heardAtMs = heard;
  }

  private void fallSilent(long heard) {
    if (heard != BEFORE_ALL) {
      detector.endSilent(heard + Turn.LEAD_MS, this);
    }
  }

  @Override
  public void reach(long tailMs) {
    head();
  }

  /** All sensors have got there: who has not spoken for longer than a silence takes is silent. */
  void listen(long epochMs) {
    if (heardAtMs != BEFORE_ALL && epochMs != BEFORE_ALL && epochMs - heardAtMs > Turn.LEAD_MS) {
      detector.tellBegun(heardAtMs + Turn.LEAD_MS, this);
      head();
    }
  }

  @Override
  public void close(long untilMs) {
    if (heardAtMs != BEFORE_ALL) {
      detector.close(heardAtMs, this);
      head();
    }
  }

  @Override
  public void frame(long atMs, int steps, boolean still, boolean felt) {
    if (size == frameAtMs.length) {
      frameAtMs = Arrays.copyOf(frameAtMs, 2 * size);
      frame = Arrays.copyOf(frame, 2 * size);
    }
    frameAtMs[size] = atMs;
    frame[size++] = (byte) (Math.min(MOST_STEPS, steps) | (still ? STILL : 0) | (felt ? FELT : 0));
  }

  private void head() {
    headAtMs = left() > 0 ? Math.max(takenAtMs, frameAtMs[next]) : NEVER;
  }

  @Override
  public boolean spoke() {
    return spoke;
  }

  @Override
  public int left() {
    return size - next;
  }

  @Override
  public int capacity() {
    return CAPACITY;
  }

  @Override
  public long headAtMs() {
    return headAtMs;
  }

  @Override
  public int headRank() {
    return RANK;
  }

  @Override
  public long tailAtMs() {
    return heardAtMs;
  }

  @Override
  public long firstWaitingMs() {
    return size > 0 ? frameAtMs[0] : NEVER;
  }

  @Override
  public void take(FoldState state, FoldSink out) {
    int what = frame[next++];
    takenAtMs = headAtMs;
    head();
    boolean felt = (what & FELT) != 0;
    SensorFold.motion(state, takenAtMs, what & MOST_STEPS, (what & STILL) != 0, felt, out);
  }

  @Override
  public void keep() {
    int kept = 0;
    long at = takenAtMs;
    for (int i = next; i < size; i++, kept++) {
      at = Math.max(at, frameAtMs[i]);
      frameAtMs[kept] = at;
      frame[kept] = frame[i];
    }
    size = kept;
    next = 0;
    if (frameAtMs.length > KEPT_ROOM) {
      frameAtMs = Arrays.copyOf(frameAtMs, CAPACITY);
      frame = Arrays.copyOf(frame, CAPACITY);
    }
  }

  void write(ByteBuffer out, long baseMs) {
    boolean heard = heardAtMs != BEFORE_ALL;
    out.put((byte) (size | (leapt ? LEAPT : 0) | (heard ? HEARD : 0)));
    if (heard) {
      detector.write(out);
      StateBytes.put48(out, takenAtMs);
      StateBytes.put48(out, heardAtMs);
    }
    if (leapt) {
      out.putInt(leaptAtMs);
    }
    for (int i = 0; i < size; i++) {
      out.putShort((short) (frameAtMs[i] - baseMs)).put(frame[i]);
    }
  }

  void read(ByteBuffer in, long baseMs) {
    int what = FoldState.count(in.get(), COUNT | LEAPT | HEARD, "waiting seconds");
    size = what & COUNT;
    if ((what & HEARD) != 0) {
      detector.read(in);
      takenAtMs = StateBytes.get48(in);
      heardAtMs = StateBytes.get48(in);
    } else if (heardAtMs != BEFORE_ALL) {
      detector = new StepDetector();
      takenAtMs = BEFORE_ALL;
      heardAtMs = BEFORE_ALL;
    }
    leapt = (what & LEAPT) != 0;
    leaptAtMs = leapt ? in.getInt() : 0;
    for (int i = 0; i < size; i++) {
      frameAtMs[i] = baseMs + (in.getShort() & 0xFFFF);
      frame[i] = in.get();
    }
  }
}
