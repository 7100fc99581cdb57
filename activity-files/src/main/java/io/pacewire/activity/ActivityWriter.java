package io.pacewire.activity;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes activities as a file of any kind it knows; the counterpart of {@link ActivityReader}.
 * Streams: memory does not grow with the samples (FIT and GeoJSON put what must wait for the end of an activity into
 * a temporary file once it is larger than {@value Spool#MEMORY_BYTES} bytes).
 *
 * <p>Samples, pauses and beats are written in the order in which they are told. A sample's {@code
 * deviceDistanceM} is written as the distance so far. Samples whose time the format cannot say are
 * left out: before 1989-12-31 or after 2106 in FIT, outside of the years 1 to 9999 in the others.
 *
 * <p>Several activities become a chain (FIT), several activities (TCX, JSON), tracks (GPX), features
 * (GeoJSON), or rows with another number (CSV). An activity whose {@code end} was not told leaves the
 * file broken off, so that nobody takes it for whole. Not for several threads.
 */
public final class ActivityWriter implements Closeable {
  private final FormatWriter format;
  private final OutputStream out;
  private @Nullable Guarded current;
  private boolean closed;

  private ActivityWriter(FormatWriter format, OutputStream out) {
    this.format = format;
    this.out = out;
  }

  public static ActivityWriter open(ExportFormat format, OutputStream out) {
    FormatWriter writer = switch (format) {
      case GPX -> new GpxWriter(new TextOut(out));
      case TCX -> new TcxWriter(new TextOut(out));
      case FIT -> new FitWriter(out);
      case CSV -> new CsvWriter(new TextOut(out));
      case JSON -> new JsonWriter(new TextOut(out));
      case GEOJSON -> new GeoJsonWriter(new TextOut(out));
    };
    return new ActivityWriter(writer, out);
  }

  /**
   * The next activity; what the sink is told until its {@code end} is written. Its methods throw
   * {@link UncheckedIOException} of the stream's failures.
   *
   * @throws IllegalStateException where the one before has not ended
   */
  public ActivitySink begin(ActivityOutline outline) {
    if (closed || (current != null && current.open)) {
      throw new IllegalStateException(closed ? "closed" : "the activity before has not ended");
    }
    format.begin(outline);
    current = new Guarded(format);
    return current;
  }

  /** Ends the file, if its last activity ended; leaves the stream open. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (current == null || !current.open) {
        format.finish();
      }
      out.flush();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      format.close();
    }
  }

  /** Keeps an activity that is over from being written on. */
  private static final class Guarded implements ActivitySink {
    private final FormatWriter format;
    private boolean open = true;

    Guarded(FormatWriter format) {
      this.format = format;
    }

    @Override
    public void sample(ActivitySample sample) {
      writable().sample(sample);
    }

    @Override
    public void speedSensor(SpeedSensor sensor) {
      writable().speedSensor(sensor);
    }

    @Override
    public void beats(long atEpochMs, int[] rrMs) {
      writable().beats(atEpochMs, rrMs);
    }

    @Override
    public void pause(long atEpochMs) {
      writable().pause(atEpochMs);
    }

    @Override
    public void resume(long atEpochMs) {
      writable().resume(atEpochMs);
    }

    @Override
    public void end() {
      FormatWriter last = writable();
      last.end();
      open = false;
    }

    private FormatWriter writable() {
      if (!open) {
        throw new IllegalStateException("the activity has ended");
      }
      return format;
    }
  }
}
