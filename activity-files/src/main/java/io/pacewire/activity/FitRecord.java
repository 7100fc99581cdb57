package io.pacewire.activity;

import io.pacewire.activity.ActivityWarning.Kind;

/** Samples out of record messages (FIT profile, "record"). */
final class FitRecord {
  private final Delivery delivery;
  private final SampleBuilder sample = new SampleBuilder();
  private int lastCompactDistance;
  private long compactDistance;
  private boolean hasCompactDistance;

  FitRecord(Delivery delivery) {
    this.delivery = delivery;
  }

  void reset() {
    compactDistance = 0;
    hasCompactDistance = false;
  }

  void take(FitMessage message, FitClock clock, long at) {
    sample.clear();
    if (clock.isSet()) {
      sample.atEpochMs = clock.epochMs() + Math.round(fraction(message.number(48)) * 1_000);
      if (!clock.knowsTheDate()) {
        delivery.warn(Kind.CLOCK_NOT_SET, at, "a sample at " + clock.epochMs());
      }
    }
    sample.latitudeDeg = message.number(0) * FitProfile.SEMICIRCLE_DEG;
    sample.longitudeDeg = message.number(1) * FitProfile.SEMICIRCLE_DEG;
    sample.altitudeM =
        either(message, 78, 2, FitProfile.ALTITUDE_SCALE, FitProfile.ALTITUDE_OFFSET_M);
    sample.accuracyM = message.number(31);
    sample.heartRateBpm = message.scaled(3, 1, 0);
    sample.cadencePerMin = message.scaled(4, 1, 0) + fraction(message.number(53));
    sample.powerW = message.scaled(7, 1, 0);
    sample.speedMps = either(message, 73, 6, FitProfile.SPEED_SCALE, 0);
    sample.temperatureC = message.scaled(13, 1, 0);
    sample.pressurePa = message.scaled(91, 1, 0);
    sample.deviceDistanceM = message.scaled(5, FitProfile.DISTANCE_SCALE, 0);
    if (message.elements(8) == 3) {
      compact(message);
    }
    delivery.sample(sample, at);
  }

  /** The wider field, where a device writes it, and else the older one. */
  private static double either(
      FitMessage message, int enhanced, int plain, double scale, double offset) {
    double value = message.scaled(enhanced, scale, offset);
    return Double.isNaN(value) ? message.scaled(plain, scale, offset) : value;
  }

  private static double fraction(double of128) {
    return Double.isNaN(of128) ? 0 : of128 / FitProfile.FRACTION_SCALE;
  }

  /** Twelve bits of speed, twelve of a distance that wraps (compressed_speed_distance). */
  private void compact(FitMessage message) {
    double low = message.element(8, 0);
    double middle = message.element(8, 1);
    double high = message.element(8, 2);
    // Bytes have no invalid value of their own in an array, only all of them together.
    if (Double.isNaN(low) && Double.isNaN(middle) && Double.isNaN(high)) {
      return;
    }
    int bits = bits(low) | (bits(middle) << 8) | (bits(high) << 16);
    int distance = bits >>> 12;
    compactDistance += hasCompactDistance ? (distance - lastCompactDistance) & 0xFFF : distance;
    lastCompactDistance = distance;
    hasCompactDistance = true;
    if (Double.isNaN(sample.speedMps)) {
      sample.speedMps = (bits & 0xFFF) / 100.0;
    }
    if (Double.isNaN(sample.deviceDistanceM)) {
      sample.deviceDistanceM = compactDistance / 16.0;
    }
  }

  private static int bits(double element) {
    return Double.isNaN(element) ? 0xFF : (int) element;
  }
}
