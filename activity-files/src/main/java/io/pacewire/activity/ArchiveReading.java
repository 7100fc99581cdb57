package io.pacewire.activity;

import io.pacewire.activity.ArchiveSink.Fault;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One archive on its way through: each entry is told once, as read, as faulty, or as skipped. */
final class ArchiveReading {
  private static final int MAX_DEPTH = 1;
  static final int MAX_NAME = 512;
  private static final int BUFFER_BYTES = 64 * 1024;

  private final ArchiveLimits limits;
  private final ArchiveSink sink;
  private final Metered.Budget budget;
  private int headers;
  private int entries;
  private int read;
  private int faults;
  private int skipped;
  private String endedEarly = "";

  ArchiveReading(ArchiveLimits limits, ArchiveSink sink) {
    this.limits = limits;
    this.sink = sink;
    this.budget = new Metered.Budget(limits);
  }

  ArchiveReport report() {
    return new ArchiveReport(entries, read, faults, skipped, endedEarly);
  }

  /** A file that is no zip. Its own length is its packed length. */
  void alone(CountedBytes in, String name) throws IOException {
    file(
        new ArchiveFile(entries++, label("", name)),
        name,
        new Metered(in, budget, in::count),
        MAX_DEPTH);
  }

  /**
   * @param within name of the archive that holds this one, empty for the outermost
   * @param depth 0 for the outermost
   */
  void zip(InputStream in, String within, int depth) throws IOException {
    try (ZipEntries zip = new ZipEntries(in)) {
      for (ZipEntries.Entry entry = next(zip); entry != null; entry = next(zip)) {
        if (++headers > limits.maxEntries()) {
          end(within, "more than " + limits.maxEntries() + " entries");
          return;
        }
        if (!entry.isDirectory()) {
          entry(entry, new ArchiveFile(entries++, label(within, entry.name)), depth);
        } else if (!entry.statesLength()) { // nothing, which some programs pack all the same
          toTheEnd(new Metered(entry, budget, entry::packedBytes));
        }
        if (budget.isSpent()) {
          end(within, "more than " + limits.maxTotalBytes() + " bytes unpacked");
          return;
        }
      }
    } catch (ZipEntries.Broken e) {
      end(within, String.valueOf(e.getMessage()));
    }
  }

  private static ZipEntries.@Nullable Entry next(ZipEntries zip) throws IOException {
    return guarded(() -> Optional.ofNullable(zip.next())).orElse(null);
  }

  private void entry(ZipEntries.Entry entry, ArchiveFile file, int depth) throws IOException {
    Fault fault = entry.fault();
    if (fault == Fault.ENCRYPTED) {
      fault(file, fault, "the file is encrypted");
    } else if (fault == Fault.DAMAGED) {
      fault(file, fault, "the file states a length below zero");
    } else if (fault != null) {
      fault(file, fault, "the file is not packed by deflate, or states no length");
    } else {
      Metered content = new Metered(entry, budget, entry::packedBytes);
      file(file, entry.name, content, depth);
      if (!entry.statesLength()) {
        toTheEnd(content);
      }
    }
  }

  /** What breaks within a file is that file's; an archive that breaks is the caller's to tell. */
  private void file(ArchiveFile file, String name, Metered metered, int depth) throws IOException {
    try {
      BufferedInputStream content = new BufferedInputStream(metered, BUFFER_BYTES);
      FileKind kind = guarded(() -> FileKind.of(content, name));
      switch (kind) {
        case ACTIVITY -> activity(file, content, content);
        case GZIP -> packed(file, name, content, metered);
        case ZIP -> nested(file, content, metered, depth);
        case OTHER -> other(file, content);
      }
    } catch (MalformedActivityException e) {
      fault(file, Fault.MALFORMED, String.valueOf(e.getMessage()));
    } catch (ZipEntries.Broken e) {
      fault(file, e.fault, String.valueOf(e.getMessage()));
    }
  }

  private void packed(ArchiveFile file, String name, InputStream packed, Metered metered)
      throws IOException {
    InputStream unpacked = guarded(() -> new Unpacked(packed, limits.maxEntryBytes()));
    BufferedInputStream content =
        new BufferedInputStream(metered.unpackedBy(unpacked), BUFFER_BYTES);
    String within = name.replaceFirst("(?i)\\.gz$", "");
    if (guarded(() -> FileKind.of(content, within)) == FileKind.ACTIVITY) {
      activity(file, content, packed);
    } else {
      skip(file);
    }
  }

  private void nested(ArchiveFile file, InputStream content, Metered metered, int depth)
      throws IOException {
    if (depth >= MAX_DEPTH) {
      fault(file, Fault.NESTED_TOO_DEEP, "archives are read one within another, no deeper");
    } else {
      skip(file);
      metered.isArchive();
      zip(content, file.name(), depth + 1);
    }
  }

  private void other(ArchiveFile file, InputStream content) throws IOException {
    skip(file);
    if (file.name().toLowerCase(Locale.ROOT).endsWith("activities.csv")) {
      StravaTable.read(content, sink);
    }
  }

  /** It was read only if what holds it is sound to its end, too. */
  private void activity(ArchiveFile file, InputStream content, InputStream packed)
      throws IOException {
    ActivitySink to = sink.open(file);
    int activities = guarded(() -> {
      int count = activities(content, to);
      drain(content);
      drain(packed);
      return count;
    });
    if (activities == 0) {
      skipped++;
    } else {
      read++;
    }
    sink.read(file, activities);
  }

  private static int activities(InputStream content, ActivitySink to) throws IOException {
    CountedActivities counted = new CountedActivities(to);
    try {
      ActivityReader.read(content, counted);
      return counted.count();
    } catch (MalformedActivityException e) {
      if (e.holdsSomethingElse()) {
        return 0;
      }
      throw e;
    }
  }

  private static void drain(InputStream content) throws IOException {
    byte[] unused = new byte[8_192];
    while (content.read(unused, 0, unused.length) >= 0) {
      // to the end, where sums are checked
    }
  }

  /** Where the next entry begins; if that cannot be found, looking for that entry tells. */
  private static void toTheEnd(InputStream content) throws IOException {
    try {
      boolean unused = guarded(() -> {
        drain(content);
        return true;
      });
    } catch (ZipEntries.Broken e) {
      return; // its fault was told
    }
  }

  private interface Step<T> {
    T take() throws IOException;
  }

  /**
   * What is thrown of a file's bytes is a fault of that file, whatever it is: no reader is without faults
   * of its own. The sink of the archive is not asked here, so that what it throws goes on. So does an
   * {@link IOException}, which the archive's own stream throws when its bytes cannot be had.
   */
  private static <T> T guarded(Step<T> step) throws IOException {
    try {
      return step.take();
    } catch (MalformedActivityException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      ZipEntries.Broken broken =
          new ZipEntries.Broken(Fault.DAMAGED, "the file could not be read: " + e);
      broken.initCause(e);
      throw broken;
    }
  }

  private void skip(ArchiveFile file) {
    skipped++;
    sink.skipped(file);
  }

  private void fault(ArchiveFile file, Fault fault, String text) {
    faults++;
    sink.fault(file, fault, text);
  }

  private void end(String within, String text) {
    if (endedEarly.isEmpty()) {
      endedEarly = within.isEmpty() ? text : within + ": " + text;
    }
  }

  /** A name is only ever shown: several files may have the same. */
  private static String label(String within, String name) {
    String whole = (within.isEmpty() ? "" : within + "!/") + name.replaceAll("\\p{Cntrl}", " ");
    return whole.length() <= MAX_NAME ? whole : whole.substring(0, MAX_NAME);
  }
}
