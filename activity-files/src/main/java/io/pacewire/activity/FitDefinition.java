package io.pacewire.activity;

import java.io.IOException;
import java.util.Arrays;

/** What data messages of a local number are made of (FIT protocol, definition message). */
final class FitDefinition {
  private static final int NOT_THERE = -1;

  final int global;
  final boolean bigEndian;
  final int length;

  private final int[] offsets = new int[256];
  private final byte[] sizes = new byte[256];
  private final byte[] types = new byte[256];

  /** Of developer fields: number, size and developer index, as they stand in the file. */
  private final byte[] developer;

  private final int developerFrom;

  private FitDefinition(int global, boolean bigEndian, byte[] fields, byte[] developer) {
    this.global = global;
    this.bigEndian = bigEndian;
    this.developer = developer;
    Arrays.fill(offsets, NOT_THERE);
    int offset = 0;
    for (int i = 0; i < fields.length; i += 3) {
      int number = fields[i] & 0xFF;
      if (offsets[number] == NOT_THERE) {
        offsets[number] = offset;
        sizes[number] = fields[i + 1];
        types[number] = fields[i + 2];
      }
      offset += fields[i + 1] & 0xFF;
    }
    developerFrom = offset;
    for (int i = 0; i < developer.length; i += 3) {
      offset += developer[i + 1] & 0xFF;
    }
    length = offset;
  }

  static FitDefinition read(FitInput in, boolean hasDeveloperFields) throws IOException {
    in.skip(1);
    boolean big = (in.u8() & 1) == 1;
    int number = in.u16();
    byte[] fields = fields(in);
    byte[] developer = hasDeveloperFields ? fields(in) : new byte[0];
    return new FitDefinition(
        big ? Integer.reverseBytes(number) >>> 16 : number, big, fields, developer);
  }

  private static byte[] fields(FitInput in) throws IOException {
    byte[] fields = new byte[in.u8() * 3];
    in.read(fields, fields.length);
    return fields;
  }

  boolean has(int field) {
    return offsets[field] != NOT_THERE;
  }

  /** Only of a field that is there, likewise {@link #size} and {@link #type}. */
  int offset(int field) {
    return offsets[field];
  }

  int size(int field) {
    return sizes[field] & 0xFF;
  }

  int type(int field) {
    return types[field];
  }

  int developerCount() {
    return developer.length / 3;
  }

  int developerFrom() {
    return developerFrom;
  }

  int developerNumber(int i) {
    return developer[i * 3] & 0xFF;
  }

  int developerSize(int i) {
    return developer[i * 3 + 1] & 0xFF;
  }

  int developerIndex(int i) {
    return developer[i * 3 + 2] & 0xFF;
  }
}
