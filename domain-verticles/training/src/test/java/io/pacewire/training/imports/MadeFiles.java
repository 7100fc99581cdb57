package io.pacewire.training.imports;

import io.pacewire.activity.ActivityFigures;
import io.pacewire.activity.ActivityOutline;
import io.pacewire.activity.ActivitySample;
import io.pacewire.activity.ActivitySink;
import io.pacewire.activity.ActivityWriter;
import io.pacewire.activity.ExportFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files of runs and rides that nobody made: due north with a little noise, a sample a second. */
public final class MadeFiles {
  public static final long START_MS = 1_700_000_000_000L;

  private MadeFiles() {}

  public static byte[] run(ExportFormat format, long startMs, int seconds) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ActivityWriter writer = ActivityWriter.open(format, out)) {
      write(writer, "run", startMs, seconds);
    } catch (IOException e) {
      throw new UncheckedIOException("bytes have no failures of their own", e);
    }
    return out.toByteArray();
  }

  /** A sample each so often. */
  static byte[] sparse(ExportFormat format, long startMs, long stepMs, int samples) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long endMs = startMs + (samples - 1) * stepMs;
    try (ActivityWriter writer = ActivityWriter.open(format, out)) {
      ActivitySink sink = writer.begin(new ActivityOutline(
          "", "run", "Watch", startMs, endMs, 0, ActivityFigures.of(samples, 60), List.of()));
      for (int i = 0; i < samples; i++) {
        double none = Double.NaN;
        sink.sample(new ActivitySample(
            startMs + i * stepMs, 52 + i * 1e-5, 13, 40, none, 140, 85, 200, 3, 18, none, i));
      }
      sink.end();
    } catch (IOException e) {
      throw new UncheckedIOException("bytes have no failures of their own", e);
    }
    return out.toByteArray();
  }

  /**
   * A ride through a tunnel, of which the altimeter alone tells, as on a bike without a magnet on its
   * wheel: no position, no heart, no pedals.
   */
  public static byte[] tunnel(ExportFormat format, long startMs, int seconds) {
    double none = Double.NaN;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ActivityWriter writer = ActivityWriter.open(format, out)) {
      ActivitySink sink = writer.begin(outline("ride", "Computer", startMs, seconds, 6.0));
      for (int i = 0; i <= seconds; i++) {
        boolean dark = i > seconds / 3 && i < seconds / 2;
        sink.sample(new ActivitySample(
            startMs + i * 1_000L,
            dark ? none : 46.5 + i * 5.4e-5,
            dark ? none : 8.5,
            1_100 + 0.2 * i,
            none,
            -1,
            none,
            -1,
            none,
            none,
            none,
            none));
      }
      sink.end();
    } catch (IOException e) {
      throw new UncheckedIOException("bytes have no failures of their own", e);
    }
    return out.toByteArray();
  }

  /** A run with a strap that tells each heart beat, no two alike one after the other: a dozen a record. */
  public static byte[] beats(ExportFormat format, long startMs, int seconds) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    double none = Double.NaN;
    long beatAtMs = startMs;
    int beat = 0;
    try (ActivityWriter writer = ActivityWriter.open(format, out)) {
      ActivitySink sink = writer.begin(outline("run", "Watch", startMs, seconds, 3.0));
      for (int i = 0; i <= seconds; i += 4) {
        long at = startMs + i * 1_000L;
        for (int rr = 360 + beat % 50; beatAtMs + rr <= at; rr = 360 + ++beat % 50) {
          beatAtMs += rr;
          sink.beats(beatAtMs, new int[] {rr});
        }
        sink.sample(new ActivitySample(
            at, 52.3 + i * 2.7e-5, 13, 40, none, 150, 85, -1, 3, none, none, 3.0 * i));
      }
      sink.end();
    } catch (IOException e) {
      throw new UncheckedIOException("bytes have no failures of their own", e);
    }
    return out.toByteArray();
  }

  private static ActivityOutline outline(
      String sport, String device, long startMs, int seconds, double speedMS) {
    return new ActivityOutline(
        "",
        sport,
        device,
        startMs,
        startMs + seconds * 1_000L,
        3_600,
        ActivityFigures.of(speedMS * seconds, seconds),
        List.of());
  }

  /** Pauses for a minute after a third of it. */
  public static void write(ActivityWriter writer, String sport, long startMs, int seconds) {
    long endMs = startMs + (seconds + 60) * 1_000L;
    ActivitySink sink = writer.begin(new ActivityOutline(
        "",
        sport,
        "Watch",
        startMs,
        endMs,
        3_600,
        ActivityFigures.of(3.0 * seconds, seconds),
        List.of()));
    Random noise = new Random(startMs);
    double eastDeg = 13 + startMs / 30_000_000 % 40 * 0.02; // forty ways, again and again
    int pauseAfter = seconds / 3;
    for (int i = 0; i <= seconds; i++) {
      long at = startMs + i * 1_000L + (i > pauseAfter ? 60_000 : 0);
      sink.sample(new ActivitySample(
          at,
          52.3 + i * 2.7e-5 + noise.nextGaussian() * 2e-6,
          eastDeg + noise.nextGaussian() * 3e-6,
          40 + 10 * Math.sin(i / 300.0),
          Double.NaN,
          140 + noise.nextInt(20),
          85 + noise.nextInt(4),
          200 + noise.nextInt(50),
          3 + 0.01 * (i % 50),
          18,
          Double.NaN,
          3.0 * i));
      if (i == pauseAfter) {
        sink.pause(at);
        sink.resume(at + 61_000);
      }
    }
    sink.pause(endMs);
    sink.end();
  }

  public static byte[] gzip(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** In the order of the map. */
  public static byte[] zip(Map<String, byte[]> files) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  public static Map<String, byte[]> files(Object... namesAndContents) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < namesAndContents.length; i += 2) {
      files.put((String) namesAndContents[i], (byte[]) namesAndContents[i + 1]);
    }
    return files;
  }
}
