package io.pacewire.activity;

import java.nio.charset.StandardCharsets;

/** One data message: values by field number, invalid ones as absent (FIT protocol, base types). */
final class FitMessage {
  /** Outside what any integer base type of up to 32 bits can hold. */
  static final long ABSENT = Long.MIN_VALUE;

  private final FitDefinition definition;
  private final byte[] content;

  FitMessage(FitDefinition definition, byte[] content) {
    this.definition = definition;
    this.content = content;
  }

  int global() {
    return definition.global;
  }

  long value(int number) {
    int at = 0;
    for (int i = 0; i < definition.numbers.length; i++) {
      if (definition.numbers[i] == number) {
        return integer(at, definition.sizes[i], definition.types[i] & 0x1F);
      }
      at += definition.sizes[i];
    }
    return ABSENT;
  }

  /** The value, or that of {@code otherwise} where it is absent. */
  long value(int number, int otherwise) {
    long value = value(number);
    return value == ABSENT ? value(otherwise) : value;
  }

  String text(int number) {
    int at = 0;
    for (int i = 0; i < definition.numbers.length; i++) {
      if (definition.numbers[i] == number) {
        int end = at;
        while (end < at + definition.sizes[i] && content[end] != 0) {
          end++;
        }
        return new String(content, at, end - at, StandardCharsets.UTF_8);
      }
      at += definition.sizes[i];
    }
    return "";
  }

  private long integer(int at, int size, int type) {
    int width = width(type);
    if (width == 0 || size < width) {
      return ABSENT;
    }
    long bits = 0;
    for (int i = 0; i < width; i++) {
      int shift = definition.bigEndian ? 8 * (width - 1 - i) : 8 * i;
      bits |= (content[at + i] & 0xFFL) << shift;
    }
    long all = width == 8 ? -1 : (1L << (8 * width)) - 1;
    return switch (type) {
      case 1, 3, 5 -> bits == all >>> 1 ? ABSENT : bits << (64 - 8 * width) >> (64 - 8 * width);
      case 10, 11, 12 -> bits == 0 ? ABSENT : bits;
      default -> bits == all ? ABSENT : bits;
    };
  }

  /** Bytes of an integer base type; 0 for floats, texts and what nobody knows. */
  private static int width(int type) {
    return switch (type) {
      case 0, 1, 2, 10, 13 -> 1;
      case 3, 4, 11 -> 2;
      case 5, 6, 12 -> 4;
      default -> 0;
    };
  }
}
