package io.pacewire.activity;

/**
 * Heart rates that a strap kept under water and gave to its watch afterwards (FIT profile, "hr"). The
 * first message ties the strap's clock, in 1/1024 s, to time; those that follow state only its lower
 * twelve bits.
 */
final class FitHeartRates {
  private static final int TICKS_PER_S = 1_024;
  private static final int LOW_BITS = 0xFFF;

  private final Delivery delivery;
  private final SampleBuilder sample = new SampleBuilder();
  private double anchorEpochMs;
  private double anchorTicks;
  private long ticks;
  private boolean tied;

  FitHeartRates(Delivery delivery) {
    this.delivery = delivery;
  }

  void reset() {
    tied = false;
  }

  void take(FitMessage message, FitClock clock) {
    double stated = message.number(9);
    if (!Double.isNaN(message.number(253)) && !Double.isNaN(stated)) {
      double fraction = message.number(0) / 32_768;
      anchorEpochMs = clock.epochMs() + (Double.isNaN(fraction) ? 0 : fraction * 1_000);
      // The field is scaled by 1024 already: its number counts ticks.
      anchorTicks = stated;
      ticks = (long) stated;
      tied = true;
    }
    if (!tied) {
      return;
    }
    int whole = message.elements(9);
    for (int i = 0; i < whole; i++) {
      double at = message.element(9, i);
      ticks = Double.isNaN(at) ? ticks : (long) at;
      deliver(message.element(6, i));
    }
    if (whole == 0) {
      packed(message);
    }
  }

  /** Two times in three bytes. */
  private void packed(FitMessage message) {
    int count = Math.min(message.elements(6), message.elements(10) * 2 / 3);
    for (int i = 0; i < count; i++) {
      int at = i / 2 * 3;
      int low = bits(message, i % 2 == 0 ? at : at + 1);
      int high = bits(message, i % 2 == 0 ? at + 1 : at + 2);
      int stated = i % 2 == 0 ? low | ((high & 0xF) << 8) : (low >>> 4) | (high << 4);
      ticks += (stated - ticks) & LOW_BITS;
      deliver(message.element(6, i));
    }
  }

  /** A byte of an array has no invalid value of its own. */
  private static int bits(FitMessage message, int index) {
    double element = message.element(10, index);
    return Double.isNaN(element) ? 0xFF : (int) element;
  }

  private void deliver(double bpm) {
    if (bpm > 0) {
      sample.clear();
      sample.atEpochMs = Math.round(anchorEpochMs + (ticks - anchorTicks) * 1_000 / TICKS_PER_S);
      sample.heartRateBpm = bpm;
      delivery.late(sample);
    }
  }
}
