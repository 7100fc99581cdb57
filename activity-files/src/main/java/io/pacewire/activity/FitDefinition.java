package io.pacewire.activity;

import java.io.IOException;

/** What a data message of a local number is made of (FIT protocol, definition message). */
final class FitDefinition {
  final int global;
  final boolean bigEndian;
  final int[] numbers;
  final int[] sizes;
  final int[] types;
  final int length;

  private FitDefinition(int global, boolean bigEndian, int[] numbers, int[] sizes, int[] types) {
    this.global = global;
    this.bigEndian = bigEndian;
    this.numbers = numbers;
    this.sizes = sizes;
    this.types = types;
    int sum = 0;
    for (int size : sizes) {
      sum += size;
    }
    this.length = sum;
  }

  static FitDefinition read(FitInput in, boolean developer) throws IOException {
    in.skip();
    boolean big = in.u8() == 1;
    int low = in.u8();
    int high = in.u8();
    int global = big ? low << 8 | high : high << 8 | low;
    int fields = in.u8();
    int[][] normal = fields(in, fields);
    int[][] own = developer ? fields(in, in.u8()) : new int[3][0];
    int[] numbers = join(normal[0], own[0].length);
    int[] types = join(normal[2], own[0].length);
    int[] sizes = new int[fields + own[0].length];
    System.arraycopy(normal[1], 0, sizes, 0, fields);
    System.arraycopy(own[1], 0, sizes, fields, own[1].length);
    return new FitDefinition(global, big, numbers, sizes, types);
  }

  /** Developer fields have numbers of their own world: they are skipped by size alone. */
  private static int[] join(int[] normal, int more) {
    int[] joined = new int[normal.length + more];
    java.util.Arrays.fill(joined, -1);
    System.arraycopy(normal, 0, joined, 0, normal.length);
    return joined;
  }

  private static int[][] fields(FitInput in, int count) throws IOException {
    int[][] fields = new int[3][count];
    for (int i = 0; i < count; i++) {
      fields[0][i] = in.u8();
      fields[1][i] = in.u8();
      fields[2][i] = in.u8();
    }
    return fields;
  }
}
