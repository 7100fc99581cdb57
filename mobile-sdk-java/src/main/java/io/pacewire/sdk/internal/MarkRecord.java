package io.pacewire.sdk.internal;

import io.pacewire.wire.Mark;

/** A mark on its way through the journal: up to two numbers, and the texts of a start, joined. */
final class MarkRecord {
  /** What a mark says, and its number in the journal. */
  enum Kind {
    START(1),
    PAUSE(2),
    RESUME(3),
    LAP(4),
    FINISH(5),
    SKIP(6);

    final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }

    static Kind of(byte code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IllegalStateException("unknown mark in the journal: " + code);
    }
  }

  private static final char JOINT = '\u001f';

  private final Kind kind;
  private final long atEpochMs;
  private final long monotonicMs;
  private final int first;
  private final int second;
  private final String text;

  MarkRecord(Kind kind, long atEpochMs, long monotonicMs, int first, int second, String text) {
    this.kind = kind;
    this.atEpochMs = atEpochMs;
    this.monotonicMs = monotonicMs;
    this.first = first;
    this.second = second;
    this.text = text;
  }

  static MarkRecord plain(Kind kind, long atEpochMs, long monotonicMs) {
    return new MarkRecord(kind, atEpochMs, monotonicMs, 0, 0, "");
  }

  static MarkRecord start(
      long atEpochMs, long monotonicMs, int utcOffsetS, int consentVersion, String... texts) {
    String[] clean = new String[texts.length];
    for (int i = 0; i < texts.length; i++) {
      clean[i] = texts[i].replace(JOINT, ' ');
    }
    String joined = String.join(String.valueOf(JOINT), clean);
    return new MarkRecord(Kind.START, atEpochMs, monotonicMs, utcOffsetS, consentVersion, joined);
  }

  Kind kind() {
    return kind;
  }

  long atEpochMs() {
    return atEpochMs;
  }

  long monotonicMs() {
    return monotonicMs;
  }

  int first() {
    return first;
  }

  int second() {
    return second;
  }

  String text() {
    return text;
  }

  Mark toWire() {
    switch (kind) {
      case START:
        return startToWire();
      case PAUSE:
        return Mark.pause(atEpochMs, monotonicMs);
      case RESUME:
        return Mark.resume(atEpochMs, monotonicMs);
      case LAP:
        return Mark.lap(atEpochMs, monotonicMs);
      case FINISH:
        return Mark.finish(atEpochMs, monotonicMs, first);
      default:
        return Mark.skip(atEpochMs, monotonicMs, first, second);
    }
  }

  private Mark startToWire() {
    String[] texts = text.split(String.valueOf(JOINT), -1);
    return Mark.start(
        atEpochMs, monotonicMs, texts[0], texts[1], first, texts[2], texts[3], second);
  }
}
