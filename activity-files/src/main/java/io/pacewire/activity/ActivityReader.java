package io.pacewire.activity;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/**
 * Reads an activity of any kind it knows, told apart by content, gzipped or not. Streams: memory
 * does not grow with the file.
 */
public final class ActivityReader {
  private static final int LOOK_AHEAD = 4_096;

  private ActivityReader() {}

  /**
   * @throws MalformedActivityException where the content is no activity or breaks off
   * @throws IOException of the stream itself
   */
  public static void read(InputStream in, ActivitySink sink) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, 64 * 1024);
    byte[] head = peek(buffered);
    if (head.length >= 2 && (head[0] & 0xFF) == 0x1F && (head[1] & 0xFF) == 0x8B) {
      buffered = new BufferedInputStream(new GZIPInputStream(buffered), 64 * 1024);
      head = peek(buffered);
    }
    if (head.length >= 12 && new String(head, 8, 4, StandardCharsets.US_ASCII).equals(".FIT")) {
      new FitReader(buffered, sink).read();
      return;
    }
    String text = new String(head, StandardCharsets.UTF_8);
    if (text.contains("<gpx")) {
      GpxReader.read(buffered, sink);
    } else if (text.contains("<TrainingCenterDatabase")) {
      TcxReader.read(buffered, sink);
    } else {
      throw new MalformedActivityException("the file is no GPX, TCX or FIT");
    }
  }

  private static byte[] peek(BufferedInputStream in) throws IOException {
    in.mark(LOOK_AHEAD);
    byte[] head = in.readNBytes(LOOK_AHEAD);
    in.reset();
    return head;
  }
}
