package io.pacewire.track;

import java.nio.ByteBuffer;

/** Distance by a wheel or foot sensor: its speed over time by the trapezoidal rule, whole micrometres. */
final class SpeedSensorMeter implements SensorPart {
  /** A longer silence is no movement: a wheel that stands says nothing. */
  private static final long LONGEST_MS = 10_000;

  /** (cm/s + cm/s) ms / 2 in micrometres. */
  private static final long UM = 5;

  private static final long LONGEST_UM = 100_000_000_000_000L;

  private long atMs = StateBytes.NONE;
  private int speedCms;
  private int highestCms;
  private long distanceUm;

  /** @return micrometres since the value before */
  long add(long epochMs, int cms, boolean counts) {
    long ms = atMs == StateBytes.NONE ? 0 : epochMs - atMs;
    long um = counts && ms > 0 && ms <= LONGEST_MS ? (speedCms + cms) * ms * UM : 0;
    atMs = epochMs;
    speedCms = cms;
    if (counts) {
      distanceUm = Math.min(LONGEST_UM, distanceUm + um);
      highestCms = Math.max(highestCms, cms);
    }
    return um;
  }

  /** All of it. */
  void forget() {
    atMs = StateBytes.NONE;
    speedCms = 0;
    highestCms = 0;
    distanceUm = 0;
  }

  /** The stopwatch stopped or started: no way leads from the value before to the next. */
  void interrupt() {
    if (isHeard()) {
      atMs = 0;
    }
  }

  /** Of the value before; long ago where there is none. */
  long atMs() {
    return atMs;
  }

  /** As it said last. */
  double speedMps() {
    return speedCms / 100.0;
  }

  boolean isHeard() {
    return atMs != StateBytes.NONE;
  }

  boolean isFreshAt(long epochMs) {
    return isHeard() && epochMs - atMs <= LONGEST_MS;
  }

  /** NaN without a sensor. */
  double distanceM() {
    return isHeard() ? distanceUm / 1e6 : Double.NaN;
  }

  double highestMps() {
    return isHeard() ? highestCms / 1e2 : Double.NaN;
  }

  @Override
  public boolean isTouched() {
    return atMs != StateBytes.NONE;
  }

  @Override
  public void write(ByteBuffer out) {
    StateBytes.put48(out, atMs);
    out.putShort((short) speedCms).putShort((short) highestCms);
    StateBytes.put48(out, distanceUm);
  }

  @Override
  public void read(ByteBuffer in) {
    atMs = StateBytes.get48(in);
    speedCms = in.getShort();
    highestCms = in.getShort();
    distanceUm = StateBytes.get48(in);
  }
}
