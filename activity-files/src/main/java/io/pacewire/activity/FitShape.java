package io.pacewire.activity;

/**
 * What a message that is written consists of. Values are given in the fields' own steps; those that
 * are NaN or that the type has no room for become the type's invalid pattern (FIT protocol, "Base
 * Types").
 *
 * @param fields number, base type and how often, for each
 */
record FitShape(int global, int[][] fields) {
  static final int ENUM = 0x00;
  static final int SINT8 = 0x01;
  static final int UINT8 = 0x02;
  static final int STRING = 0x07;
  static final int UINT16 = 0x84;
  static final int SINT32 = 0x85;
  static final int UINT32 = 0x86;

  /** With the final zero. */
  static final int STRING_BYTES = 64;

  static int[] field(int number, int type) {
    return new int[] {number, type, 1};
  }

  static int[] field(int number, int type, int count) {
    return new int[] {number, type, count};
  }

  static int size(int[] field) {
    return width(field[1]) * field[2];
  }

  static int width(int type) {
    return switch (type) {
      case UINT16 -> 2;
      case SINT32, UINT32 -> 4;
      case STRING -> STRING_BYTES;
      default -> 1;
    };
  }

  /** In the steps of the type. */
  static long coded(int type, double value) {
    long rounded = Math.round(value); // 0 for NaN, which is asked for below
    return switch (type) {
      case SINT8 -> value >= -128 && rounded < 127 ? rounded : 127;
      case SINT32 ->
        value >= Integer.MIN_VALUE && rounded < Integer.MAX_VALUE ? rounded : Integer.MAX_VALUE;
      default -> {
        long invalid = (1L << (8 * width(type))) - 1;
        yield value > -0.5 && rounded < invalid ? rounded : invalid;
      }
    };
  }
}
