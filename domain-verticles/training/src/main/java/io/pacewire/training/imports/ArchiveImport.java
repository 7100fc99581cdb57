package io.pacewire.training.imports;

import io.pacewire.activity.ActivityArchive;
import io.pacewire.activity.ActivitySample;
import io.pacewire.activity.ActivitySink;
import io.pacewire.activity.ArchiveDescription;
import io.pacewire.activity.ArchiveFile;
import io.pacewire.activity.ArchiveLimits;
import io.pacewire.activity.ArchiveReport;
import io.pacewire.activity.ArchiveSink;
import java.io.IOException;
import java.io.InputStream;
import java.util.BitSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads an archive and hands on what each file holds. Files that were settled before, by whoever worked on
 * it and died, are passed over. Used by one thread, which may wait.
 */
final class ArchiveImport implements ArchiveSink {
  /** A decade of training has 5,000 files, its pictures not counted. */
  private static final ArchiveLimits LIMITS =
      new ArchiveLimits(100_000, 256L << 20, 64L << 30, 250);

  private static final ActivitySink NOBODY = new ActivitySink() {
    @Override
    public void sample(ActivitySample sample) {}
  };

  private final ImportJob job;
  private final BitSet settled;
  private final RecordingSender sender;
  private final BooleanSupplier unwanted;
  private final DescribedSports described = new DescribedSports();
  private @Nullable FileTapes tapes;

  ArchiveImport(ImportJob job, BitSet settled, RecordingSender sender, BooleanSupplier unwanted) {
    this.job = job;
    this.settled = settled;
    this.sender = sender;
    this.unwanted = unwanted;
  }

  /** Nobody wants the rest of it; what was read by then is whole. */
  static final class Unwanted extends RuntimeException {
    private Unwanted() {
      super("cancelled", null, false, false);
    }
  }

  /** @throws Unwanted ahead of a file, where it became so */
  ArchiveReport read(InputStream in) throws IOException {
    return ActivityArchive.read(in, job.name(), LIMITS, this);
  }

  @Override
  public ActivitySink open(ArchiveFile file) {
    tapes = null;
    askWhetherWanted();
    if (settled.get(file.index())) {
      return NOBODY;
    }
    FileTapes fresh = new FileTapes();
    tapes = fresh;
    return fresh;
  }

  @Override
  public void read(ArchiveFile file, int activities) {
    FileTapes read = tapes;
    tapes = null;
    if (read == null) {
      return; // settled before
    }
    if (activities == 0) {
      tell(file, FileReport.SKIPPED, "holds no activity: a course, a workout or settings");
      return;
    }
    FileReport report = new FileReport(file.index(), file.name());
    report.note(read.faults());
    String sport = described.of(file.name());
    for (ActivityTape tape : read.tapes()) {
      for (Recording one : RecordingRules.cut(tape, sport, job.zone())) {
        sender.send(report, one);
      }
    }
    sender.add(report);
  }

  @Override
  public void fault(ArchiveFile file, Fault fault, String text) {
    tapes = null;
    tell(file, FileReport.REFUSED, text);
  }

  @Override
  public void skipped(ArchiveFile file) {
    askWhetherWanted();
    tell(file, FileReport.SKIPPED, "is no activity file");
  }

  @Override
  public void described(ArchiveDescription description) {
    described.add(description);
  }

  private void askWhetherWanted() {
    if (unwanted.getAsBoolean()) {
      throw new Unwanted();
    }
  }

  private void tell(ArchiveFile file, String outcome, String reason) {
    if (!settled.get(file.index())) {
      sender.add(new FileReport(file.index(), file.name()).became(outcome, reason));
    }
  }
}
