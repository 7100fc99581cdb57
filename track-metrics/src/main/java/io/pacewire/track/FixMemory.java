package io.pacewire.track;

import java.nio.ByteBuffer;

/** What the checks remember of the fixes before. */
final class FixMemory {
  private static final long NONE = Long.MIN_VALUE;

  /** Nobody asks whether there were more. */
  private static final int MOST_IN_A_ROW = 100;

  private long seenAtMs = NONE;
  private int seenLatitudeE7;
  private int seenLongitudeE7;
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
  void seen(Fix fix, boolean accepted, boolean isPlace) {
    count++;
    boolean backward = fix.atMs < seenAtMs;
    boolean again = backward && fix.atMs > backwardAtMs;
    backwardInARow = again ? Math.min(MOST_IN_A_ROW, backwardInARow + 1) : backward ? 1 : 0;
    backwardAtMs = backward ? fix.atMs : NONE;
    if (accepted || (!backward && !fix.aheadOfTime)) {
      seenAtMs = fix.atMs;
      if (isPlace) {
        seenLatitudeE7 = (int) Math.round(fix.latitudeDeg * Fix.E7);
        seenLongitudeE7 = (int) Math.round(fix.longitudeDeg * Fix.E7);
      }
      backwardInARow = 0;
      backwardAtMs = NONE;
    }
  }

  /** How many fixes in a row were older than the track, each newer than the one before. */
  int backwardInARow() {
    return backwardInARow;
  }

  boolean hasSeen() {
    return seenAtMs != NONE;
  }

  long seenAtMs() {
    return seenAtMs;
  }

  /** Since the newest fix that was looked at, taken or not. */
  double speedSinceSeenMps(Fix fix) {
    double way = Geodesy.distanceM(
        seenLatitudeE7 / Fix.E7, seenLongitudeE7 / Fix.E7, fix.latitudeDeg, fix.longitudeDeg);
    return way / ((fix.atMs - seenAtMs) / 1e3);
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
      rejectedInARow = Math.min(MOST_IN_A_ROW, rejectedInARow + 1);
    }
  }

  void write(ByteBuffer out) {
    StateBytes.put48(out, seenAtMs);
    out.putInt(seenLatitudeE7).putInt(seenLongitudeE7);
    StateBytes.put48(out, acceptedAtMs);
    // As they came, in whole units of the wire: dividing again gives the same bits.
    out.putInt((int) Math.round(acceptedLatitudeDeg * Fix.E7));
    out.putInt((int) Math.round(acceptedLongitudeDeg * Fix.E7));
    out.putShort((short) acceptedAccuracyCm);
    out.put((byte) (interrupted ? ~rejectedInARow : rejectedInARow)).put((byte) backwardInARow);
    StateBytes.put48(out, backwardAtMs);
    out.putInt(count).putInt(rejected);
  }

  void read(ByteBuffer in) {
    seenAtMs = StateBytes.get48(in);
    seenLatitudeE7 = in.getInt();
    seenLongitudeE7 = in.getInt();
    acceptedAtMs = StateBytes.get48(in);
    acceptedLatitudeDeg = in.getInt() / Fix.E7;
    acceptedLongitudeDeg = in.getInt() / Fix.E7;
    acceptedAccuracyCm = in.getShort() & 0xFFFF;
    int inARow = in.get();
    interrupted = inARow < 0;
    rejectedInARow = interrupted ? ~inARow : inARow;
    backwardInARow = in.get();
    backwardAtMs = StateBytes.get48(in);
    count = in.getInt();
    rejected = in.getInt();
  }
}
