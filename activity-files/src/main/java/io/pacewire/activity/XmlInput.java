package io.pacewire.activity;

import java.io.IOException;
import java.io.Reader;

/**
 * Characters of an XML file with their line. One tag, comment or run of text may be long, but not
 * endless: what is never closed costs neither memory nor time.
 */
final class XmlInput {
  /** Of one tag, comment or run of text, give or take a buffer. */
  static final int MAX_RUN = 256 * 1024;

  static final int END = -1;

  private final Reader in;
  private final char[] buffer = new char[16 * 1024];
  private int at;
  private int limit;
  private long bufferPosition;
  private long runFrom;
  private int line = 1;
  private int linesCountedTo;

  XmlInput(Reader in) {
    this.in = in;
  }

  /** {@link #END} at the end. */
  int next() throws IOException {
    return at < limit || fill() ? buffer[at++] : END;
  }

  /**
   * What follows, as far as it stops nothing and has room, many characters at once: a file is little but
   * names and texts.
   *
   * @param length that {@code to} has already
   * @param stops by their code; what is beyond stops nothing
   * @return the length that {@code to} has then
   */
  int take(char[] to, int length, boolean[] stops) throws IOException {
    int taken = length;
    do {
      int end = Math.min(limit, at + to.length - taken);
      int stop = at;
      while (stop < end && (buffer[stop] >= stops.length || !stops[buffer[stop]])) {
        stop++;
      }
      System.arraycopy(buffer, at, to, taken, stop - at);
      taken += stop - at;
      at = stop;
    } while (at == limit && taken < to.length && fill());
    return taken;
  }

  /** The character that was read last comes again. */
  void back() {
    at--;
  }

  /** A piece begins here. */
  void mark() {
    runFrom = bufferPosition + at;
  }

  int line() {
    for (int i = linesCountedTo; i < at; i++) {
      if (buffer[i] == '\n') {
        line++;
      }
    }
    linesCountedTo = Math.max(linesCountedTo, at);
    return line;
  }

  MalformedActivityException broken(String how) {
    return new MalformedActivityException("XML breaks at line " + line() + ": " + how);
  }

  /** The last character stays, so that one step back is always there. */
  private boolean fill() throws IOException {
    int unused = line();
    if (bufferPosition + at - runFrom > MAX_RUN) {
      throw new MalformedActivityException(
          "XML has a piece of more than " + MAX_RUN + " characters at line " + line);
    }
    int kept = at > 0 ? 1 : 0;
    if (kept == 1) {
      buffer[0] = buffer[at - 1];
    }
    bufferPosition += at - kept;
    at = kept;
    limit = kept;
    linesCountedTo = kept;
    int count = in.read(buffer, kept, buffer.length - kept);
    limit += Math.max(0, count);
    return count > 0;
  }
}
