package io.pacewire.track;

import java.nio.ByteBuffer;

/**
 * The way through a silence of the receiver by what other sensors say: a wheel or foot sensor's
 * speed, or steps of the length learnt before. It counts once the silence is a gap, or ends with the
 * stopwatch, and at once where there never was a fix, as indoors; and says so.
 */
final class GapWalk {
  /** A longer silence of that sensor is no movement. */
  private static final long LONGEST_STEP_MS = 10_000;

  private static final double SILENT_SENSOR_S = 10;

  private long sinceMs = StateBytes.NONE;
  private long latestMs = StateBytes.NONE;
  private long pendingUm;
  private int pendingMovedMs;
  private boolean walked;
  private int heard;

  /**
   * There is a fix, or the stopwatch starts: what follows is measured from here. Where the sensor had
   * got further by then, its clock is ahead or it is sooner heard, and silences count by what it said.
   */
  void restart(long epochMs) {
    long fromMs = Math.max(epochMs, latestMs);
    if (sinceMs == fromMs) {
      return;
    }
    sinceMs = fromMs;
    latestMs = fromMs;
    pendingUm = 0;
    pendingMovedMs = 0;
    walked = false;
    heard = 0;
  }

  /** A fix is taken. Where it waited before, what was gone meanwhile goes on from it. */
  void restart(Fix fix) {
    if (!fix.waited || fix.atMs > sinceMs) {
      restart(fix.atMs);
    }
  }

  /** A sensor other than the receiver said something. */
  void hear() {
    heard = Math.min(Short.MAX_VALUE, heard + 1);
  }

  /** Whether somebody listened through these seconds: a sensor speaks more than every tenth. */
  boolean isHeard(double seconds) {
    return heard > seconds / SILENT_SENSOR_S;
  }

  /** @param fromMs when the way began; what lies before the latest fix was measured by that */
  void go(long wholeUm, long fromMs, long atMs, FoldState state, FoldSink out) {
    if (sinceMs == StateBytes.NONE) {
      restart(fromMs > 0 ? fromMs : atMs);
    }
    if (atMs <= sinceMs) {
      return;
    }
    long um = fromMs >= sinceMs
        ? wholeUm
        : Math.round((double) wholeUm * (double) (atMs - sinceMs) / (double) (atMs - fromMs));
    pendingUm += um;
    if (um > 0) {
      pendingMovedMs += (int) Math.min(LONGEST_STEP_MS, Math.max(0, atMs - latestMs));
    }
    latestMs = atMs;
    if (!state.fixes.hasAccepted() || atMs - sinceMs > TrackFold.GAP_S * 1_000L) {
      count(atMs, state, out);
    }
  }

  /** The stopwatch stops: no fix will say how far it was since the last. */
  void stop(FoldState state, FoldSink out) {
    if (latestMs != StateBytes.NONE) {
      count(latestMs, state, out);
    }
  }

  private void count(long atMs, FoldState state, FoldSink out) {
    if (pendingUm > 0) {
      walked = true;
      state.distance().walk(pendingUm, state.timer().timerMs(atMs), atMs, state, out);
      state.moved(pendingMovedMs);
      pendingUm = 0;
      pendingMovedMs = 0;
      TrackOutputs.walked(state, atMs, out);
    }
  }

  /** Whether a sensor tells of way since the latest fix. */
  boolean isGoing() {
    return walked || pendingUm > 0;
  }

  /** Whether a part of the way since the latest fix is counted. */
  boolean hasWalked() {
    return walked;
  }

  void write(ByteBuffer out) {
    StateBytes.put48(out, sinceMs);
    StateBytes.put48(out, latestMs);
    StateBytes.put48(out, pendingUm);
    out.putInt(pendingMovedMs);
    StateBytes.putFlag(out, walked);
    out.putShort((short) heard);
  }

  void read(ByteBuffer in) {
    sinceMs = StateBytes.get48(in);
    latestMs = StateBytes.get48(in);
    pendingUm = StateBytes.get48(in);
    pendingMovedMs = in.getInt();
    walked = StateBytes.getFlag(in);
    heard = in.getShort();
  }
}
