package io.pacewire.track;

import java.nio.ByteBuffer;

/** How long a step is, learnt while fixes say how far the steps went. Metres. */
final class StrideMeter {
  /** So many steps make a stride; half a minute's. */
  private static final int STEPS = 60;

  /** A shuffle, and a sprinter's longest step. */
  private static final double LEAST_M = 0.3;

  private static final double LONGEST_M = 2.5;
  private static final float NEWEST_SHARE = 0.3f;

  private float strideM;
  private long fromUm = -1;
  private int steps;

  void stepped(int count) {
    steps = Math.min(Short.MAX_VALUE, steps + count);
  }

  /** The way is measured up to here. */
  void measured(long distanceUm) {
    if (fromUm >= 0 && steps >= STEPS) {
      double measured = (distanceUm - fromUm) / 1e6 / steps;
      if (measured >= LEAST_M && measured <= LONGEST_M) {
        strideM += (strideM == 0 ? 1 : NEWEST_SHARE) * ((float) measured - strideM);
      }
      fromUm = -1;
    }
    if (fromUm < 0) {
      fromUm = distanceUm;
      steps = 0;
    }
  }

  /** What follows does not belong to the steps before. */
  void interrupt() {
    fromUm = -1;
  }

  /** 0 where it is not known yet. */
  double strideM() {
    return strideM;
  }

  void write(ByteBuffer out) {
    out.putFloat(strideM);
    StateBytes.put48(out, fromUm);
    out.putShort((short) steps);
  }

  void read(ByteBuffer in) {
    strideM = in.getFloat();
    fromUm = StateBytes.get48(in);
    steps = in.getShort();
  }
}
