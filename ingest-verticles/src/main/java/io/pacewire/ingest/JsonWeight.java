package io.pacewire.ingest;

/**
 * What JSON comes to weigh on the heap once it is parsed, estimated from its bytes without parsing it: a
 * body of empty objects weighs twenty times what it is long. Pure.
 */
final class JsonWeight {
  /** Of no JSON that can be a batch a byte weighs more. */
  static final int MOST_A_BYTE = 32;

  /** What the shortest may weigh, whatever it is. */
  static final int LEAST = 4_096;

  private static final int OBJECT = 64;
  private static final int ENTRY = 64;
  private static final int ARRAY = 80;
  private static final int SLOT = 8;
  private static final int NUMBER = 24;
  private static final int TEXT = 56;
  /** Numbers of one or two digits are shared. */
  private static final int SHARED_CHARS = 2;

  private long bytes;
  private int scalarChars;

  private JsonWeight() {}

  /** Bytes, about; of what is no JSON any number. */
  static long of(byte[] json) {
    JsonWeight weight = new JsonWeight();
    int at = 0;
    while (at < json.length) {
      at = json[at] == '"' ? weight.text(json, at) : weight.sign(json[at], at);
    }
    return weight.bytes;
  }

  /** Returns where it goes on. */
  private int sign(byte sign, int at) {
    switch (sign) {
      case '{' -> bytes += OBJECT;
      case '[' -> bytes += ARRAY;
      case ':' -> bytes += ENTRY;
      case ',', ']', '}' -> {
        bytes += scalarChars > SHARED_CHARS ? SLOT + NUMBER : SLOT;
        scalarChars = 0;
      }
      case ' ', '\t', '\r', '\n' -> {}
      default -> scalarChars++;
    }
    return at + 1;
  }

  private int text(byte[] json, int from) {
    int at = from + 1;
    while (at < json.length && json[at] != '"') {
      at += json[at] == '\\' ? 2 : 1;
    }
    bytes += TEXT + 2L * (at - from);
    return at + 1;
  }
}
