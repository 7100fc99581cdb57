package io.pacewire.activity;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads an activity of any kind it knows, told apart by content, gzipped or not. Streams: memory does
 * not grow with the file, and not with what the file claims.
 */
public final class ActivityReader {
  /** Unpacked. Longer content is refused, so that a small packed file cannot keep a reader busy. */
  static final long MAX_CONTENT_BYTES = 1L << 30;

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int HEAD_BYTES = 12;

  private ActivityReader() {}

  /**
   * Reads to the end and leaves the stream open.
   *
   * @throws MalformedActivityException where the content is no activity or cannot be read on
   * @throws IOException of the stream itself
   */
  public static void read(InputStream in, ActivitySink sink) throws IOException {
    BufferedInputStream plain = new BufferedInputStream(in, BUFFER_BYTES);
    byte[] head = peek(plain);
    if (head.length >= 2 && (head[0] & 0xFF) == 0x1F && (head[1] & 0xFF) == 0x8B) {
      plain = new BufferedInputStream(new Unpacked(plain, MAX_CONTENT_BYTES), BUFFER_BYTES);
      head = peek(plain);
    }
    Delivery delivery = new Delivery(sink);
    if (isFit(head)) {
      new FitReader(plain, delivery).read();
    } else if (isXml(head)) {
      xml(plain, delivery);
    } else {
      throw new MalformedActivityException("byte 0: the file is no GPX, TCX or FIT");
    }
  }

  private static void xml(InputStream in, Delivery delivery) throws IOException {
    XmlCursor cursor = XmlCursor.open(in);
    String root = cursor.next() ? cursor.name() : "";
    switch (root) {
      case "gpx" -> new GpxReader(cursor, delivery).read();
      case "trainingcenterdatabase" -> new TcxReader(cursor, delivery).read();
      default ->
        throw new MalformedActivityException(
            "line " + cursor.line() + ": XML of <" + Texts.shortened(root) + "> is no GPX or TCX");
    }
  }

  private static boolean isFit(byte[] head) {
    return head.length == HEAD_BYTES
        && new String(head, 8, 4, StandardCharsets.ISO_8859_1).equals(".FIT");
  }

  /** Begins with a tag, behind a byte order mark or blanks perhaps. */
  private static boolean isXml(byte[] head) {
    for (byte b : head) {
      boolean before = (b >= 0 && b <= ' ') || (b & 0xFF) >= 0xBB;
      if (!before) {
        return b == '<';
      }
    }
    return head.length > 0; // blanks; the parser will see
  }

  private static byte[] peek(BufferedInputStream in) throws IOException {
    in.mark(HEAD_BYTES);
    byte[] head = in.readNBytes(HEAD_BYTES);
    in.reset();
    return head;
  }
}
