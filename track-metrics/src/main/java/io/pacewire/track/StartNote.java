package io.pacewire.track;

import io.pacewire.wire.Mark;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What the start mark said. Texts are bounded, so that the state stays small. */
final class StartNote {
  private static final int MAX_BYTES = 32;
  private static final int MAX_SPORT_BYTES = 12;
  private static final int MAX_DEVICE_BYTES = 12;
  /** Three texts behind their lengths, and three bytes of an offset. */
  static final int MOST_BYTES = 3 + MAX_SPORT_BYTES + MAX_BYTES + 3 + MAX_DEVICE_BYTES;

  /** Nowhere are clocks a day apart. */
  private static final int MOST_OFFSET_S = 86_400;

  static final StartNote UNKNOWN = new StartNote("other", "UTC", 0, "");

  private final String sport;
  private final String timeZone;
  private final int utcOffsetS;
  private final String deviceName;

  StartNote(String sport, String timeZone, int utcOffsetS, String deviceName) {
    this.sport = bounded(sport.isEmpty() ? "other" : sport, MAX_SPORT_BYTES);
    this.timeZone = bounded(timeZone.isEmpty() ? "UTC" : timeZone, MAX_BYTES);
    this.utcOffsetS = Math.max(-MOST_OFFSET_S, Math.min(MOST_OFFSET_S, utcOffsetS));
    this.deviceName = bounded(deviceName, MAX_DEVICE_BYTES);
  }

  StartNote(Mark start) {
    this(start.sport(), start.timeZone(), start.utcOffsetS(), start.deviceName());
  }

  String sport() {
    return sport;
  }

  String timeZone() {
    return timeZone;
  }

  int utcOffsetS() {
    return utcOffsetS;
  }

  String deviceName() {
    return deviceName;
  }

  private static String bounded(String text, int most) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= most) {
      return text;
    }
    int end = most;
    while ((bytes[end] & 0xC0) == 0x80) {
      end--; // not in the middle of a character
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  void write(ByteBuffer out) {
    write(out, sport);
    write(out, timeZone);
    StateBytes.put24(out, utcOffsetS);
    write(out, deviceName);
  }

  static StartNote read(ByteBuffer in) {
    String sport = text(in);
    String timeZone = text(in);
    int utcOffsetS = StateBytes.get24(in);
    return new StartNote(sport, timeZone, utcOffsetS, text(in));
  }

  /**
   * Takes over the bytes of one, without making anything of them. Returns how many.
   *
   * @throws IllegalArgumentException where a text is too long
   */
  static int copy(ByteBuffer in, byte[] into) {
    int from = in.position();
    skip(in, MAX_SPORT_BYTES);
    skip(in, MAX_BYTES);
    pass(in, 3);
    skip(in, MAX_DEVICE_BYTES);
    int length = in.position() - from;
    in.position(from);
    in.get(into, 0, length);
    return length;
  }

  private static void skip(ByteBuffer in, int most) {
    pass(in, FoldState.count(in.get(), most, "bytes of a text"));
  }

  private static void pass(ByteBuffer in, int bytes) {
    if (bytes > in.remaining()) {
      throw new BufferUnderflowException();
    }
    in.position(in.position() + bytes);
  }

  private static void write(ByteBuffer out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.put((byte) bytes.length).put(bytes);
  }

  private static String text(ByteBuffer in) {
    int length = in.get();
    if (length < 0 || length > MAX_BYTES) {
      throw new IllegalArgumentException("text of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(Arrays.copyOf(bytes, length), StandardCharsets.UTF_8);
  }
}
