package io.pacewire.training.imports;

import io.vertx.core.buffer.Buffer;

/** What the first bytes of a file tell: enough to refuse at once what can be none of ours. */
final class Signature {
  /** Behind a byte order mark and the head of a FIT file. */
  static final int ENOUGH_BYTES = 16;

  private static final int FIT_AT = 8;

  private Signature() {}

  static boolean isKnown(Buffer head) {
    return begins(head, 0, "PK\3\4")
        || begins(head, 0, "PK\5\6")
        || begins(head, 0, "\37\u008b")
        || begins(head, FIT_AT, ".FIT")
        || isXml(head);
  }

  private static boolean isXml(Buffer head) {
    for (int i = 0; i < Math.min(ENOUGH_BYTES, head.length()); i++) {
      int one = head.getUnsignedByte(i);
      boolean before = one <= ' ' || one >= 0xBB; // blanks, or a byte order mark
      if (!before) {
        return one == '<';
      }
    }
    return head.length() >= ENOUGH_BYTES; // blanks; its reader will see
  }

  private static boolean begins(Buffer head, int at, String text) {
    if (head.length() < at + text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (head.getUnsignedByte(at + i) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
