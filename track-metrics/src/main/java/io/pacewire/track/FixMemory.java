package io.pacewire.track;

import io.pacewire.wire.SampleBatch;
import java.nio.ByteBuffer;

/** What the checks remember of the fixes before. */
final class FixMemory {
  private static final long NONE = Long.MIN_VALUE;

  /** What three bytes hold: 97 days at one a second. */
  private static final int MOST_COUNTED = (1 << 23) - 1;

  /** Of the errors of two places, beyond which they are two. */
  private static final double SURE_SIGMAS = 3;

  /** Nobody asks whether there were more. */
  private static final int MOST_IN_A_ROW = 100;

  /** More than it takes to give the track up. */
  private static final int MOST_REJECTED_IN_A_ROW = 7;

  /** Those that may wait from before lost batches, and the first after. */
  private static final int FIXES_AROUND_LOSS = FixLane.CAPACITY + 2;

  private static final int LOSS_SHIFT = 3;
  private static final int INTERRUPTED = 0x40;

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
  /** So many of the next fixes may be the first one after lost batches. */
  private int aroundLoss;

  /** A fix that waits for the next. */
  private long waitingAtMs = NONE;

  private int waitingLatitudeE7;
  private int waitingLongitudeE7;
  private int waitingAccuracyCm;
  private int waitingVerticalCm;
  private int waitingAltitudeCm;

  /** A fix was looked at. The newest time is the track's, unless the clock was set back for good. */
  void seen(Fix fix, boolean accepted, boolean isPlace) {
    count = Math.min(MOST_COUNTED, count + 1);
    boolean backward = fix.atMs < seenAtMs;
    boolean again = backward && fix.atMs > backwardAtMs;
    backwardInARow = again ? Math.min(MOST_IN_A_ROW, backwardInARow + 1) : backward ? 1 : 0;
    backwardAtMs = backward ? fix.atMs : NONE;
    if (accepted || (!backward && fix.aheadMs == 0)) {
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

  /** Whether a fix lies further from the one taken last than both err. */
  boolean isBeyondErrors(Fix fix) {
    return wayM(fix) > SURE_SIGMAS * (fix.sigmaM + acceptedSigmaM());
  }

  /** Whether the fix taken last was all there was, and this one lies within its error. */
  boolean isFromCoarse(Fix fix) {
    return acceptedAccuracyCm > Fix.COARSE_M * Fix.CM_A_M && !isBeyondErrors(fix);
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

  /** The fix, which was seen, is neither taken nor refused before the next one tells. */
  void await(Fix fix) {
    waitingAtMs = fix.atMs;
    waitingLatitudeE7 = (int) Math.round(fix.latitudeDeg * Fix.E7);
    waitingLongitudeE7 = (int) Math.round(fix.longitudeDeg * Fix.E7);
    waitingAccuracyCm = fix.accuracyCm;
    waitingVerticalCm = fix.verticalAccuracyCm;
    waitingAltitudeCm = fix.hasAltitude() ? fix.altitudeCm : FixLane.NO_ALTITUDE;
  }

  long waitingAtMs() {
    return waitingAtMs;
  }

  boolean isWaiting() {
    return waitingAtMs != NONE;
  }

  /** Puts the waiting fix into {@code into}. */
  void look(Fix into) {
    into.load(
        waitingAtMs,
        0,
        waitingLatitudeE7,
        waitingLongitudeE7,
        waitingAltitudeCm == FixLane.NO_ALTITUDE ? SampleBatch.ABSENT : waitingAltitudeCm,
        waitingAccuracyCm,
        waitingVerticalCm);
    into.waited = true;
  }

  void waitNoMore() {
    waitingAtMs = NONE;
  }

  /** Whether the way to the next fix is not to be counted. */
  boolean isInterrupted() {
    return interrupted;
  }

  void interrupt() {
    interrupted = true;
  }

  /** Batches are missing somewhere about here. */
  void lose() {
    aroundLoss = FIXES_AROUND_LOSS;
  }

  /** Whether a silence up to the next fix may be due to batches that are missing. */
  boolean mayHaveLost() {
    return aroundLoss > 0;
  }

  void accept(Fix fix) {
    aroundLoss = Math.max(0, aroundLoss - 1);
    acceptedAtMs = fix.atMs;
    acceptedLatitudeDeg = fix.latitudeDeg;
    acceptedLongitudeDeg = fix.longitudeDeg;
    acceptedAccuracyCm = fix.accuracyCm;
    rejectedInARow = 0;
    interrupted = false;
  }

  /** @param inARow whether it speaks against the track, or only against the fix itself */
  void reject(boolean inARow) {
    rejected = Math.min(MOST_COUNTED, rejected + 1);
    if (inARow) {
      rejectedInARow = Math.min(MOST_REJECTED_IN_A_ROW, rejectedInARow + 1);
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
    int flags = interrupted ? INTERRUPTED : 0;
    out.put((byte) (flags | aroundLoss << LOSS_SHIFT | rejectedInARow)).put((byte) backwardInARow);
    StateBytes.put48(out, backwardAtMs);
    StateBytes.put24(out, count);
    StateBytes.put24(out, rejected);
    StateBytes.put48(out, waitingAtMs);
    out.putInt(waitingLatitudeE7).putInt(waitingLongitudeE7);
    out.putShort((short) waitingAccuracyCm).putShort((short) waitingVerticalCm);
    StateBytes.put24(out, waitingAltitudeCm);
  }

  void read(ByteBuffer in) {
    seenAtMs = StateBytes.get48(in);
    seenLatitudeE7 = in.getInt();
    seenLongitudeE7 = in.getInt();
    acceptedAtMs = StateBytes.get48(in);
    acceptedLatitudeDeg = in.getInt() / Fix.E7;
    acceptedLongitudeDeg = in.getInt() / Fix.E7;
    acceptedAccuracyCm = in.getShort() & 0xFFFF;
    int packed = in.get();
    interrupted = (packed & INTERRUPTED) != 0;
    aroundLoss = packed >> LOSS_SHIFT & MOST_REJECTED_IN_A_ROW;
    rejectedInARow = packed & MOST_REJECTED_IN_A_ROW;
    backwardInARow = in.get();
    backwardAtMs = StateBytes.get48(in);
    count = StateBytes.get24(in);
    rejected = StateBytes.get24(in);
    waitingAtMs = StateBytes.get48(in);
    waitingLatitudeE7 = in.getInt();
    waitingLongitudeE7 = in.getInt();
    waitingAccuracyCm = in.getShort() & 0xFFFF;
    waitingVerticalCm = in.getShort() & 0xFFFF;
    waitingAltitudeCm = StateBytes.get24(in);
  }
}
