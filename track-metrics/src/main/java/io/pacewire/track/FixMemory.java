package io.pacewire.track;

import java.nio.ByteBuffer;

/** What the checks remember of the fixes before. */
final class FixMemory {
  private static final long NONE = Long.MIN_VALUE;

  private long seenAtMs = NONE;
  private long acceptedAtMs = NONE;
  private double acceptedLatitudeDeg;
  private double acceptedLongitudeDeg;
  private double acceptedSigmaM;
  private int rejectedInARow;
  private int backwardInARow;
  private long backwardAtMs = NONE;
  private int count;
  private int rejected;
  private boolean interrupted;

  /** A fix was looked at. The newest time is the track's, unless the clock was set back for good. */
  void seen(Fix fix, boolean accepted) {
    count++;
    boolean backward = fix.atMs < seenAtMs;
    backwardInARow = backward && fix.atMs > backwardAtMs ? backwardInARow + 1 : backward ? 1 : 0;
    backwardAtMs = backward ? fix.atMs : NONE;
    if (accepted || (!backward && !fix.aheadOfTime)) {
      seenAtMs = fix.atMs;
      backwardInARow = 0;
      backwardAtMs = NONE;
    }
  }

  /** How many fixes in a row were older than the track, each newer than the one before. */
  int backwardInARow() {
    return backwardInARow;
  }

  long seenAtMs() {
    return seenAtMs;
  }

  boolean hasAccepted() {
    return acceptedAtMs != NONE;
  }

  long acceptedAtMs() {
    return acceptedAtMs;
  }

  double acceptedLatitudeDeg() {
    return acceptedLatitudeDeg;
  }

  double acceptedLongitudeDeg() {
    return acceptedLongitudeDeg;
  }

  double acceptedSigmaM() {
    return acceptedSigmaM;
  }

  int rejectedInARow() {
    return rejectedInARow;
  }

  int count() {
    return count;
  }

  int rejected() {
    return rejected;
  }

  /** Whether the way to the next fix is not to be counted. */
  boolean isInterrupted() {
    return interrupted;
  }

  void interrupt() {
    interrupted = true;
  }

  void accept(long epochMs, double latitudeDeg, double longitudeDeg, double sigmaM) {
    acceptedAtMs = epochMs;
    acceptedLatitudeDeg = latitudeDeg;
    acceptedLongitudeDeg = longitudeDeg;
    acceptedSigmaM = sigmaM;
    rejectedInARow = 0;
    interrupted = false;
  }

  /** @param inARow whether it speaks against the track, or only against the fix itself */
  void reject(boolean inARow) {
    rejected++;
    if (inARow) {
      rejectedInARow++;
    }
  }

  void write(ByteBuffer out) {
    out.putLong(seenAtMs)
        .putLong(acceptedAtMs)
        .putDouble(acceptedLatitudeDeg)
        .putDouble(acceptedLongitudeDeg)
        .putDouble(acceptedSigmaM)
        .putInt(rejectedInARow)
        .putInt(backwardInARow)
        .putLong(backwardAtMs)
        .putInt(count)
        .putInt(rejected)
        .put((byte) (interrupted ? 1 : 0));
  }

  void read(ByteBuffer in) {
    seenAtMs = in.getLong();
    acceptedAtMs = in.getLong();
    acceptedLatitudeDeg = in.getDouble();
    acceptedLongitudeDeg = in.getDouble();
    acceptedSigmaM = in.getDouble();
    rejectedInARow = in.getInt();
    backwardInARow = in.getInt();
    backwardAtMs = in.getLong();
    count = in.getInt();
    rejected = in.getInt();
    interrupted = in.get() == 1;
  }
}
