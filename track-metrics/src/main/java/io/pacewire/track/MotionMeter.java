package io.pacewire.track;

import java.nio.ByteBuffer;

/** Steps, and whether the device lies still, by its accelerometer. */
final class MotionMeter {
  /** What was said longer ago says nothing of now; seconds come a little after they end. */
  private static final long FRESH_MS = 2_500;

  private static final long FRAME_MS = 1_000;

  /** So many fixes in a row that go on fast are no stray ones. */
  private static final int CARRIED_FIXES = 10;

  /** So many fixes in a row on which one went begin another stretch. */
  private static final int TOLD_FIXES = 10;

  /** What two bytes of the state hold. */
  private static final int LONGEST_HEARD_S = 65_535;

  /** What three hold; 97 days. */
  private static final int LONGEST_STEPPING_S = (1 << 23) - 1;

  /** So many seconds without a step are no walk. */
  private static final int STEPLESS_S = 5;

  /** Of the byte that holds both counts and whether one stands. */
  private static final int STEPLESS_SHIFT = 4;

  private static final int STANDING_SHIFT = 7;

  /** Of the byte that holds the fixes on which one went. */
  private static final int OVERRULED = 0x10;

  private int carriedInARow;
  private int steplessS;
  private boolean standing;
  private int toldFixes;
  private boolean overruled;
  private int steps;
  private int steppingS;
  private int heardS;
  private long heardAtMs = StateBytes.NONE;
  private long stillSinceMs = StateBytes.NONE;

  /** @param counts whether the stopwatch runs */
  void frame(long endMs, int stepped, boolean still, boolean felt, boolean counts) {
    boolean heardBefore = heardAtMs != StateBytes.NONE && endMs - heardAtMs <= FRESH_MS;
    if (!still) {
      stillSinceMs = StateBytes.NONE;
    } else if (stillSinceMs == StateBytes.NONE || !heardBefore) {
      stillSinceMs = endMs - FRAME_MS;
    }
    heardAtMs = endMs;
    heardS = Math.min(LONGEST_HEARD_S, heardS + (counts && felt ? 1 : 0));
    steplessS = stepped > 0 || !heardBefore || !felt ? 0 : Math.min(STEPLESS_S, steplessS + 1);
    if (counts && stepped > 0) {
      steps = Math.min(StateBytes.HIGHEST_24, steps + stepped);
      steppingS = Math.min(LONGEST_STEPPING_S, steppingS + 1);
    }
  }

  /** All steps; whether it lies still is true all the same. */
  void forget() {
    steps = 0;
    steppingS = 0;
    heardS = 0;
  }

  /** Whether it lies still at this time. */
  boolean isStillAt(long epochMs) {
    return stillSinceMs != StateBytes.NONE && epochMs - heardAtMs <= FRESH_MS;
  }

  /**
   * Whether who wears it has made no step for seconds; he may sway. Said only of whose steps were felt
   * before: deep in a rucksack nothing is felt, however far one goes.
   */
  boolean isSteplessAt(long epochMs) {
    return steps > 0 && steplessS == STEPLESS_S && epochMs - heardAtMs <= FRESH_MS;
  }

  /** True for the first fix of a stretch on which nobody goes; who fidgets is in one. */
  boolean beginsToStand() {
    boolean first = toldFixes == 0;
    standing = true;
    toldFixes = TOLD_FIXES;
    return first;
  }

  boolean stands() {
    return standing;
  }

  void goes() {
    standing = false;
    toldFixes = Math.max(0, toldFixes - 1);
  }

  /** It went, though the accelerometer said that it lies: it may feel too little. */
  void overrule() {
    overruled = true;
  }

  boolean isOverruled() {
    return overruled;
  }

  /** A fix says whether the device goes fast for sure: it may sit in something that does not shake. */
  void carried(boolean fast) {
    carriedInARow = fast ? Math.min(CARRIED_FIXES, carriedInARow + 1) : 0;
  }

  /** Whether fixes are not to be believed that say that it moves. */
  boolean isStandingAt(long epochMs) {
    return isStillAt(epochMs) && carriedInARow < CARRIED_FIXES;
  }

  /** Whether it has been lying still from a time on. */
  boolean isStillFrom(long fromMs, long untilMs) {
    return isStillAt(untilMs) && stillSinceMs <= fromMs;
  }

  boolean isHeard() {
    return heardAtMs != StateBytes.NONE;
  }

  /** So many seconds of the stopwatch it was heard through, up to 18 hours. */
  int heardS() {
    return heardS;
  }

  int steps() {
    return steps;
  }

  /** Steps a minute while stepping; NaN without a step. */
  double cadencePerMin() {
    return steppingS == 0 ? Double.NaN : 60.0 * steps / steppingS;
  }

  void write(ByteBuffer out) {
    int standingBits = (standing ? 1 : 0) << STANDING_SHIFT | steplessS << STEPLESS_SHIFT;
    out.put((byte) (standingBits | carriedInARow))
        .put((byte) (toldFixes | (overruled ? OVERRULED : 0)));
    StateBytes.put24(out, steps);
    StateBytes.put24(out, steppingS);
    StateBytes.put48(out, heardAtMs);
    StateBytes.put48(out, stillSinceMs);
    out.putShort((short) heardS);
  }

  void read(ByteBuffer in) {
    int packed = in.get();
    carriedInARow = packed & 0xF;
    steplessS = packed >> STEPLESS_SHIFT & 0x7;
    standing = packed < 0;
    int told = in.get();
    overruled = (told & OVERRULED) != 0;
    toldFixes = FoldState.count(told & ~OVERRULED, TOLD_FIXES, "fixes since standing");
    steps = StateBytes.get24(in);
    steppingS = StateBytes.get24(in);
    heardAtMs = StateBytes.get48(in);
    stillSinceMs = StateBytes.get48(in);
    heardS = in.getShort() & 0xFFFF;
  }
}
