package io.pacewire.track;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * All that the fold keeps of a writer's samples: at most one KiB, however long the recording. A
 * cache of what its chunks say; its bytes carry a format and may be thrown away. Not thread-safe.
 */
public final class FoldState {
  private static final byte FORMAT = 14;
  /** No state has more bytes. */
  public static final int MAX_BYTES = 1_024;

  private static final int NOTED = 1;
  private static final int STARTED = 2;
  private static final int FINISHED = 4;

  /** Above the flags stands the sport's number. */
  private static final int SPORT_SHIFT = 3;

  private AthleteParameters athlete;
  private final SessionTimer timer = new SessionTimer();
  private final HeartRateMeter heartRate = new HeartRateMeter();
  private final UsualMotion usual = new UsualMotion();
  private final PositionFilter filter = new PositionFilter();
  private final ElevationMeter elevation = new ElevationMeter();
  private final DistanceMeter distance = new DistanceMeter();
  private final PaceWindow pace = new PaceWindow();
  private final MotionMeter motion = new MotionMeter();
  private final StrideMeter stride = new StrideMeter();
  private final GapWalk gapWalk = new GapWalk();
  private final SpeedSensorMeter speedSensor = new SpeedSensorMeter();
  private final CadenceMeter cadence = new CadenceMeter();
  private final PowerMeter power = new PowerMeter();
  private final SensorParts sensors = new SensorParts(heartRate, speedSensor, cadence, power);
  private final GradeMeter grade = new GradeMeter();
  /** The start mark as bytes: texts of a million sessions are made for who wants to read them. */
  private final byte[] note = new byte[StartNote.MOST_BYTES];

  private int noteLength;
  private boolean noted;
  private boolean started;
  private SportProfile sport = SportProfile.OTHER;
  private final SampleOrder order = new SampleOrder();
  final FixMemory fixes = new FixMemory();
  private final SpikeCheck spikes = new SpikeCheck();
  private long movingMs;
  private int pointCount;
  private int verdictCount;
  private int gapCount;
  private boolean finished;
  private int finishBatchCount = -1;

  private FoldState(AthleteParameters athlete) {
    this.athlete = athlete;
    keep(StartNote.UNKNOWN);
  }

  /** Before the first sample. */
  public static FoldState start(AthleteParameters athlete) {
    return new FoldState(athlete);
  }

  /** Whether the finish mark was folded. */
  public boolean finished() {
    return finished;
  }

  /** Whether there was a start mark. */
  public boolean started() {
    return hasStartNote();
  }

  /** Batches of the writer as the finish mark says; -1 before. */
  public int finishBatchCount() {
    return finishBatchCount;
  }

  /** Stretches of batches that were refused or dropped. */
  public int gapCount() {
    return gapCount;
  }

  /** What was folded so far; up to two seconds of samples may wait for their turn. */
  public Figures figures() {
    return new Figures(this);
  }

  SampleOrder order() {
    return order;
  }

  AthleteParameters athlete() {
    return athlete;
  }

  SessionTimer timer() {
    return timer;
  }

  HeartRateMeter heartRate() {
    return heartRate;
  }

  PositionFilter filter() {
    return filter;
  }

  SpikeCheck spikes() {
    return spikes;
  }

  UsualMotion usual() {
    return usual;
  }

  ElevationMeter elevation() {
    return elevation;
  }

  DistanceMeter distance() {
    return distance;
  }

  PaceWindow pace() {
    return pace;
  }

  MotionMeter motion() {
    return motion;
  }

  StrideMeter stride() {
    return stride;
  }

  GapWalk gapWalk() {
    return gapWalk;
  }

  SpeedSensorMeter speedSensor() {
    return speedSensor;
  }

  CadenceMeter cadence() {
    return cadence;
  }

  PowerMeter power() {
    return power;
  }

  GradeMeter grade() {
    return grade;
  }

  StartNote startNote() {
    return noted ? StartNote.read(ByteBuffer.wrap(note, 0, noteLength)) : StartNote.UNKNOWN;
  }

  SportProfile sport() {
    return sport;
  }

  long movingMs() {
    return movingMs;
  }

  /** Whether a start mark came; the first counts, and its turn may still be to come. */
  boolean hasStartNote() {
    return noted;
  }

  /** What the start mark says, once its turn comes. */
  void note(StartNote start) {
    keep(start);
    noted = true;
  }

  private void keep(StartNote start) {
    ByteBuffer into = ByteBuffer.wrap(note);
    start.write(into);
    noteLength = into.position();
  }

  /** The start mark's turn. False where there was one before: a recording starts once. */
  boolean begin() {
    boolean first = !started;
    started = true;
    sport = SportProfile.of(startNote().sport());
    return first;
  }

  /** Whether the start mark had its turn. */
  boolean hasBegun() {
    return started;
  }

  /** What sensors said before anybody set out is no part of it. */
  void forgetSensors() {
    heartRate.forget();
    power.forget();
    cadence.forget();
    speedSensor.forget();
    motion.forget();
  }

  void moved(long milliseconds) {
    movingMs += milliseconds;
  }

  int nextPoint() {
    return pointCount++;
  }

  int nextVerdict() {
    return verdictCount++;
  }

  void gap() {
    fixes.lose();
    gapCount++;
  }

  void finish(int batchCount) {
    finished = true;
    finishBatchCount = batchCount;
  }

  /** Raw bits of everything, so that a state that comes back goes on exactly as it would have. */
  public byte[] encode() {
    byte[] bytes = new byte[MAX_BYTES];
    return Arrays.copyOf(bytes, encode(bytes, 0));
  }

  /**
   * The same into a part of an array, for who keeps very many states and goes from one to another.
   *
   * @param from where {@value #MAX_BYTES} bytes are free
   * @return how many were written
   */
  public int encode(byte[] into, int from) {
    ByteBuffer out = ByteBuffer.wrap(into, from, MAX_BYTES);
    out.put(FORMAT).put((byte) TrackFold.ALGORITHM_VERSION);
    athlete.write(out);
    int flags = (noted ? NOTED : 0) | (started ? STARTED : 0) | (finished ? FINISHED : 0);
    out.put((byte) (flags | sport.number() << SPORT_SHIFT));
    out.put(note, 0, noteLength);
    timer.write(out);
    sensors.write(out);
    usual.write(out);
    filter.write(out);
    elevation.write(out);
    distance.write(out);
    pace.write(out);
    motion.write(out);
    stride.write(out);
    gapWalk.write(out);
    grade.write(out);
    fixes.write(out);
    order.write(out);
    StateBytes.put48(out, movingMs);
    out.putInt(pointCount).putInt(verdictCount);
    StateBytes.put24(out, gapCount);
    StateBytes.put24(out, finishBatchCount);
    return out.position() - from;
  }

  /**
   * What {@link #encode} made.
   *
   * @throws IllegalArgumentException where the bytes are none of this format and version
   */
  public static FoldState decode(byte[] bytes) {
    FoldState state = new FoldState(AthleteParameters.defaults());
    state.load(bytes, 0, bytes.length);
    return state;
  }

  /**
   * Becomes the state that {@link #encode} wrote; whatever it was before is forgotten.
   *
   * @throws IllegalArgumentException where the bytes are none of this format and version; nothing
   *     may be folded then until another is loaded
   */
  public void load(byte[] bytes, int from, int length) {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes, from, length);
      if (in.get() != FORMAT || in.get() != TrackFold.ALGORITHM_VERSION) {
        throw new IllegalArgumentException("state of another format or version");
      }
      athlete = AthleteParameters.read(in, athlete);
      int flags = in.get() & 0xFF;
      noted = (flags & NOTED) != 0;
      started = (flags & STARTED) != 0;
      finished = (flags & FINISHED) != 0;
      sport = SportProfile.of(flags >> SPORT_SHIFT);
      noteLength = StartNote.copy(in, note);
      timer.read(in);
      sensors.read(in);
      usual.read(in);
      filter.read(in);
      elevation.read(in);
      distance.read(in);
      pace.read(in);
      motion.read(in);
      stride.read(in);
      gapWalk.read(in);
      grade.read(in);
      fixes.read(in);
      order.read(in);
      movingMs = StateBytes.get48(in);
      pointCount = in.getInt();
      verdictCount = in.getInt();
      gapCount = StateBytes.get24(in);
      finishBatchCount = StateBytes.get24(in);
      if (in.hasRemaining()) {
        throw new IllegalArgumentException(in.remaining() + " bytes behind the state");
      }
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("state is cut off", e);
    }
  }

  /** What bytes say that there is, checked. */
  static int count(int value, int most, String what) {
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(what + ": " + value);
    }
    return value;
  }
}
