package io.pacewire.activity;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads an archive of many activities: a zip with GPX, TCX and FIT files, gzipped or not, also within
 * zips within it (exports of Strava and of Garmin are such), or one file alone. Streams, in memory
 * that does not grow with the archive but for the names of its entries. A fault of one file never ends the others,
 * unless nothing says where the next one begins; the report tells that.
 */
public final class ActivityArchive {
  private static final int BUFFER_BYTES = 64 * 1024;

  private ActivityArchive() {}

  /**
   * Reads to the last entry and leaves the stream open.
   *
   * @param name of the whole, for one file that is no archive
   * @throws IOException of the stream itself. What it throws unchecked is taken for a fault of the file
   *     that is being read
   */
  public static ArchiveReport read(
      InputStream in, String name, ArchiveLimits limits, ArchiveSink sink) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, BUFFER_BYTES);
    ArchiveReading reading = new ArchiveReading(limits, sink);
    if (FileKind.of(buffered, "") == FileKind.ZIP) {
      reading.zip(buffered, "", 0);
    } else {
      reading.alone(new CountedBytes(buffered), name);
    }
    return reading.report();
  }
}
