package io.pacewire.activity;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Everything of an athlete as one zip, streamed: a file an activity, and others beside them. A file
 * gets into the zip once its activity has ended, so one that fails amid it can be taken back. Names
 * begin with the start in UTC, so that they sort by it, and hold letters, digits, dots and dashes
 * alone: {@code 2026-01-01T10-00-00Z-run-morning-round.fit}. Not for several threads.
 */
public final class ActivityZip implements Closeable {
  private static final int MAX_NAME = 60;

  private final ZipOutputStream zip;
  private final Set<String> names = new HashSet<>();
  private @Nullable Begun begun;

  /** An activity whose file waits for its end. */
  private record Begun(
      ActivityWriter writer, Spool spool, String stem, String extension, Instant at) {}

  /** Leaves the stream open when closed. */
  public ActivityZip(OutputStream out) {
    this.zip = new ZipOutputStream(out);
  }

  /**
   * The next activity, whose sink's {@code end} ends its file and puts it into the zip.
   *
   * @throws IllegalStateException where the one before has not ended
   */
  public ActivitySink begin(ExportFormat format, ActivityOutline outline) throws IOException {
    if (begun != null) {
      throw new IllegalStateException("the activity before has not ended");
    }
    Instant start = Instant.ofEpochMilli(outline.startAtEpochMs() / 1_000 * 1_000);
    String stem = start.toString().replace(':', '-') + "-" + safe(outline.sport());
    String name = safe(outline.name());
    String whole = name.isEmpty() ? stem : stem + "-" + name;
    Spool spool = new Spool();
    ActivityWriter opened = ActivityWriter.open(format, spool);
    begun = new Begun(opened, spool, whole, format.extension(), start);
    return new EndingFile(opened.begin(outline), this);
  }

  /** Nothing of the activity that was begun and has not ended comes into the zip; none is no fault. */
  public void takeBack() throws IOException {
    Begun back = begun;
    begun = null;
    if (back != null) {
      try {
        back.writer().close();
      } finally {
        back.spool().close();
      }
    }
  }

  /** Another file, such as a profile; written by the caller, closed by what follows. */
  public OutputStream file(String name, String extension, long atEpochMs) throws IOException {
    if (begun != null) {
      throw new IllegalStateException("the activity before has not ended");
    }
    entry(safe(name), safe(extension), Instant.ofEpochMilli(atEpochMs));
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        zip.write(b);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        zip.write(bytes, offset, length);
      }
    };
  }

  /** Ends the archive, unless an activity in it did not end: then it stays broken off. */
  @Override
  public void close() throws IOException {
    if (begun == null) {
      zip.finish();
      zip.flush();
    } else {
      takeBack();
    }
  }

  private void entry(String stem, String extension, Instant at) throws IOException {
    String name = stem + "." + extension;
    for (int i = 2; !names.add(name); i++) {
      name = stem + "-" + i + "." + extension;
    }
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(at.atOffset(ZoneOffset.UTC).toLocalDateTime());
    zip.putNextEntry(entry);
  }

  private void ended() {
    Begun ended = begun;
    if (ended == null) {
      throw new IllegalStateException("the activity was taken back");
    }
    try (Spool spool = ended.spool()) {
      ended.writer().close();
      entry(ended.stem(), ended.extension(), ended.at());
      spool.drainTo(zip);
      zip.closeEntry();
      begun = null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** No path, no device of any system, nothing that a shell knows. */
  private static String safe(String text) {
    String plain = java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFC)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}]+", "-");
    String cut = plain.codePointCount(0, plain.length()) <= MAX_NAME
        ? plain
        : plain.substring(0, plain.offsetByCodePoints(0, MAX_NAME));
    return cut.replaceAll("^-+|-+$", "");
  }

  /** Ends the file with the activity. */
  private static final class EndingFile extends ForwardingSink {
    private final ActivityZip zip;

    EndingFile(ActivitySink sink, ActivityZip zip) {
      super(sink);
      this.zip = zip;
    }

    @Override
    public void end() {
      super.end();
      zip.ended();
    }
  }
}
