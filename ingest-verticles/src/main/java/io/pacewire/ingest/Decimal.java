package io.pacewire.ingest;

/** Decimal digits as ASCII, without a string on the way. */
final class Decimal {
  private Decimal() {}

  /** @param value not negative */
  static byte[] ascii(long value) {
    int length = 1;
    for (long rest = value / 10; rest > 0; rest /= 10) {
      length++;
    }
    byte[] digits = new byte[length];
    long rest = value;
    for (int at = length - 1; at >= 0; at--) {
      digits[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return digits;
  }
}
