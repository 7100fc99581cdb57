package io.pacewire.activity;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes FIT files byte by byte. A field is {number, size, base type}. */
final class FitBytes {
  static final int ENUM = 0x00;
  static final int SINT8 = 0x01;
  static final int UINT8 = 0x02;
  static final int STRING = 0x07;
  static final int BYTE = 0x0D;
  static final int UINT16 = 0x84;
  static final int SINT32 = 0x85;
  static final int UINT32 = 0x86;
  static final int FLOAT32 = 0x88;
  static final int TIMESTAMP = 253;

  /** 2026-01-01T10:00:00Z, of which the lower five bits are zero after rounding. */
  static final long START = 1_136_196_000L & ~0x1FL;

  static final long START_MS = (START + 631_065_600L) * 1_000;

  private final ByteArrayOutputStream records = new ByteArrayOutputStream();
  private final boolean[] big = new boolean[16];
  private final int[][][] fields = new int[16][][];

  static FitBytes activity() {
    return new FitBytes()
        .define(15, 0, false, new int[][] {{0, 1, ENUM}, {1, 2, UINT16}, {2, 2, UINT16}})
        .write(15, 4, 1, 3113);
  }

  FitBytes define(int local, int global, boolean bigEndian, int[][] of) {
    return define(local, global, bigEndian, of, new int[0][]);
  }

  /** Developer fields are {number, size, developer index}. */
  FitBytes define(int local, int global, boolean bigEndian, int[][] of, int[][] developer) {
    big[local] = bigEndian;
    fields[local] = new int[of.length + developer.length][];
    System.arraycopy(of, 0, fields[local], 0, of.length);
    System.arraycopy(developer, 0, fields[local], of.length, developer.length);
    records.write(0x40 | local | (developer.length > 0 ? 0x20 : 0));
    records.write(0);
    records.write(bigEndian ? 1 : 0);
    number(records, global, 2, bigEndian);
    list(of);
    if (developer.length > 0) {
      list(developer);
    }
    return this;
  }

  private void list(int[][] of) {
    records.write(of.length);
    for (int[] field : of) {
      for (int part : field) {
        records.write(part);
      }
    }
  }

  /** A value for each field, cut to its size. */
  FitBytes write(int local, long... values) {
    records.write(local);
    return content(local, values);
  }

  FitBytes writeCompressed(int local, int timeOffset, long... values) {
    records.write(0x80 | (local << 5) | timeOffset);
    return content(local, values);
  }

  FitBytes raw(int... bytes) {
    for (int b : bytes) {
      records.write(b);
    }
    return this;
  }

  FitBytes text(String text, int size) {
    byte[] bytes = java.util.Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), size);
    records.writeBytes(bytes);
    return this;
  }

  private FitBytes content(int local, long... values) {
    for (int i = 0; i < values.length; i++) {
      number(records, values[i], fields[local][i][1], big[local]);
    }
    return this;
  }

  byte[] file() {
    return file(14, records.size());
  }

  /** With a stated length that need not be true. */
  byte[] file(int headerLength, long statedLength) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(headerLength);
    file.write(0x20);
    number(file, 2_140, 2, false);
    number(file, statedLength, 4, false);
    file.writeBytes(".FIT".getBytes(StandardCharsets.US_ASCII));
    if (headerLength >= 14) {
      number(file, checksum(file.toByteArray()), 2, false);
    }
    file.writeBytes(records.toByteArray());
    number(file, checksum(file.toByteArray()), 2, false);
    return file.toByteArray();
  }

  /** As the protocol shows it, four bits at a time: another way than the reader's. */
  static int checksum(byte[] bytes) {
    int[] table = {
      0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401,
      0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400
    };
    int crc = 0;
    for (byte b : bytes) {
      crc = (crc >>> 4) ^ table[crc & 0xF] ^ table[b & 0xF];
      crc = (crc >>> 4) ^ table[crc & 0xF] ^ table[(b >>> 4) & 0xF];
    }
    return crc;
  }

  private static void number(ByteArrayOutputStream out, long value, int bytes, boolean bigEndian) {
    for (int i = 0; i < bytes; i++) {
      int shift = 8 * (bigEndian ? bytes - 1 - i : i);
      out.write((int) (shift > 63 ? 0 : value >>> shift));
    }
  }
}
