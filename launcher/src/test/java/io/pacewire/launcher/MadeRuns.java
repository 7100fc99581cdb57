package io.pacewire.launcher;

import io.pacewire.activity.ActivityFigures;
import io.pacewire.activity.ActivityOutline;
import io.pacewire.activity.ActivitySample;
import io.pacewire.activity.ActivitySink;
import io.pacewire.activity.ActivityWriter;
import io.pacewire.activity.ExportFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An archive of runs that nobody made: one a day, due north with a little noise, a sample a second. */
final class MadeRuns {
  private static final long START_MS = 1_700_000_000_000L;
  private static final long DAY_MS = 86_400_000;
  private static final double STEP_DEG = 2.7e-5;
  private static final double STEP_M = 3.0;
  private static final List<ExportFormat> FORMATS =
      List.of(ExportFormat.GPX, ExportFormat.TCX, ExportFormat.FIT);

  private MadeRuns() {}

  /** In equal parts GPX, TCX and FIT. */
  static byte[] archive(int files, int seconds) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < files; i++) {
        ExportFormat format = FORMATS.get(i % FORMATS.size());
        zip.putNextEntry(
            new ZipEntry("runs/" + i + "." + format.name().toLowerCase(java.util.Locale.ROOT)));
        zip.write(run(format, START_MS + i * DAY_MS, seconds));
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  private static byte[] run(ExportFormat format, long startMs, int seconds) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Random noise = new Random(startMs);
    long endMs = startMs + seconds * 1_000L;
    double none = Double.NaN;
    try (ActivityWriter writer = ActivityWriter.open(format, out)) {
      ActivitySink sink = writer.begin(new ActivityOutline(
          "",
          "run",
          "Watch",
          startMs,
          endMs,
          0,
          ActivityFigures.of(STEP_M * seconds, seconds),
          List.of()));
      for (int i = 0; i <= seconds; i++) {
        sink.sample(new ActivitySample(
            startMs + i * 1_000L,
            52.3 + i * STEP_DEG + noise.nextGaussian() * 2e-6,
            13 + noise.nextGaussian() * 3e-6,
            40,
            none,
            140,
            85,
            -1,
            STEP_M,
            none,
            none,
            STEP_M * i));
      }
      sink.end();
    }
    return out.toByteArray();
  }
}
