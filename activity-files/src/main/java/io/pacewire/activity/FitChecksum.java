package io.pacewire.activity;

/** CRC-16 with the polynomial 0x8005, reflected, from 0 (FIT protocol, "CRC"). */
final class FitChecksum {
  private static final int REFLECTED_POLYNOMIAL = 0xA001;
  private static final int[] TABLE = table();

  private FitChecksum() {}

  static int update(int checksum, byte[] bytes, int from, int to) {
    int crc = checksum;
    for (int i = from; i < to; i++) {
      crc = (crc >>> 8) ^ TABLE[(crc ^ bytes[i]) & 0xFF];
    }
    return crc;
  }

  private static int[] table() {
    int[] table = new int[256];
    for (int i = 0; i < table.length; i++) {
      int crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ REFLECTED_POLYNOMIAL;
      }
      table[i] = crc;
    }
    return table;
  }
}
