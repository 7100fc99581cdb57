package io.pacewire.bench.imports;

import io.pacewire.activity.ActivityFigures;
import io.pacewire.activity.ActivityOutline;
import io.pacewire.activity.ActivitySample;
import io.pacewire.activity.ActivitySink;
import io.pacewire.activity.ActivityWriter;
import io.pacewire.activity.ExportFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * An archive of runs, a third each GPX, TCX and FIT, an hour with a sample a second: position, height,
 * heart rate and cadence with a receiver's noise. Made as it is written, kept nowhere.
 */
final class MadeArchive {
  static final int SECONDS = 3_600;
  private static final long FIRST_START_MS = 1_300_000_000_000L;

  /** Two a day and a bit: none is near another. */
  private static final long APART_MS = 30_000_000;

  private static final double NORTH_DEG_A_SECOND = 2.7e-5; // 3.0 m
  private static final double NOISE_DEG = 3e-6;

  /** An athlete has a few dozen ways, and goes each of them again and again. */
  private static final int WAYS = 40;

  private static final double WAYS_APART_DEG = 0.02;
  private static final ExportFormat[] FORMATS = {
    ExportFormat.GPX, ExportFormat.TCX, ExportFormat.FIT
  };

  private MadeArchive() {}

  /** Leaves the stream open. */
  static void write(OutputStream out, int activities) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.setLevel(Deflater.BEST_SPEED); // who packs is not measured
    for (int i = 0; i < activities; i++) {
      ExportFormat format = FORMATS[i % FORMATS.length];
      zip.putNextEntry(new ZipEntry("activities/" + i + "." + format.extension()));
      try (ActivityWriter writer = ActivityWriter.open(format, zip)) {
        run(writer, FIRST_START_MS + i * APART_MS, 13 + i % WAYS * WAYS_APART_DEG, new Random(i));
      }
      zip.closeEntry();
    }
    zip.finish();
  }

  private static void run(ActivityWriter writer, long startMs, double eastDeg, Random noise) {
    ActivitySink sink = writer.begin(new ActivityOutline(
        "",
        "run",
        "Watch",
        startMs,
        startMs + (SECONDS - 1) * 1_000L,
        0,
        ActivityFigures.of(3.0 * SECONDS, SECONDS),
        List.of()));
    for (int second = 0; second < SECONDS; second++) {
      sink.sample(new ActivitySample(
          startMs + second * 1_000L,
          52.3 + NORTH_DEG_A_SECOND * second + NOISE_DEG * noise.nextGaussian(),
          eastDeg + NOISE_DEG * noise.nextGaussian(),
          40 + 10 * Math.sin(second / 300.0),
          Double.NaN,
          135 + noise.nextInt(25),
          84 + noise.nextInt(4),
          -1,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          3.0 * second));
    }
    sink.end();
  }
}
