package io.pacewire.track;

import java.nio.ByteBuffer;

/** What the checks remember of the fixes before. */
final class FixMemory {
  private static final long NONE = Long.MIN_VALUE;

  private long seenAtMs = NONE;
  private long acceptedAtMs = NONE;
  private double acceptedLatitudeDeg;
  private double acceptedLongitudeDeg;
  private int acceptedAccuracyCm;
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

  double acceptedSigmaM() {
    return Fix.sigmaM(acceptedAccuracyCm);
  }

  /** From the fix that was taken last. */
  double wayM(Fix fix) {
    return Geodesy.distanceM(
        acceptedLatitudeDeg, acceptedLongitudeDeg, fix.latitudeDeg, fix.longitudeDeg);
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

  void accept(Fix fix) {
    acceptedAtMs = fix.atMs;
    acceptedLatitudeDeg = fix.latitudeDeg;
    acceptedLongitudeDeg = fix.longitudeDeg;
    acceptedAccuracyCm = fix.accuracyCm;
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
    StateBytes.put48(out, seenAtMs);
    StateBytes.put48(out, acceptedAtMs);
    // As they came, in whole units of the wire: dividing again gives the same bits.
    out.putInt((int) Math.round(acceptedLatitudeDeg * Fix.E7));
    out.putInt((int) Math.round(acceptedLongitudeDeg * Fix.E7));
    out.putShort((short) acceptedAccuracyCm);
    out.put((byte) rejectedInARow).put((byte) backwardInARow);
    StateBytes.put48(out, backwardAtMs);
    out.putInt(count).putInt(rejected);
    StateBytes.putFlag(out, interrupted);
  }

  void read(ByteBuffer in) {
    seenAtMs = StateBytes.get48(in);
    acceptedAtMs = StateBytes.get48(in);
    acceptedLatitudeDeg = in.getInt() / Fix.E7;
    acceptedLongitudeDeg = in.getInt() / Fix.E7;
    acceptedAccuracyCm = in.getShort() & 0xFFFF;
    rejectedInARow = in.get();
    backwardInARow = in.get();
    backwardAtMs = StateBytes.get48(in);
    count = in.getInt();
    rejected = in.getInt();
    interrupted = in.get() == 1;
  }
}
