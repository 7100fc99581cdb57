package io.pacewire.training;

import io.pacewire.activity.ActivityOutline;
import io.pacewire.activity.ActivitySink;
import io.pacewire.activity.ExportFormat;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One training on its way into a file, batch by batch, part by part. Used by one worker at a time.
 */
final class ExportedTraining {
  private final Training training;
  private final StoredPoints line;
  private final ExportFormat format;
  private final Opening opening;
  private final SampleBatch scratch = new SampleBatch();
  private @Nullable BatchCut cut;
  private @Nullable BatchSamples samples;
  private @Nullable ActivitySink sink;
  private int part = -1;
  private final Set<ExportLack> lacks = EnumSet.noneOf(ExportLack.class);
  private long lastAtMs = Long.MIN_VALUE;

  /** Begins the file once is known what it begins with. */
  interface Opening {
    ActivitySink begin(ActivityOutline outline) throws IOException;
  }

  ExportedTraining(Training training, StoredPoints line, ExportFormat format, Opening opening) {
    this.training = training;
    this.line = line;
    this.format = format;
    this.opening = opening;
    if (training.findings().containsKey("missing")) {
      boolean unused = lacks.add(ExportLack.GAPS);
    }
  }

  /** The next part of its recipe follows; none of a recording as it is. */
  void beginPart() {
    part++;
    cut = training.recipe().isWhole() ? null : new BatchCut(training.recipe(), part);
    lastAtMs = Long.MIN_VALUE;
  }

  /** The next batch of the part's recording, as it was frozen. */
  void take(byte[] frozen) throws IOException {
    try {
      BatchCodec.decode(frozen, 0, frozen.length, scratch);
      take(scratch);
    } catch (UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) {
      throw FoldFault.of(e);
    }
  }

  /** The same; it is not kept. */
  void take(SampleBatch batch) throws IOException {
    if (!batch.isEmpty()) {
      lastAtMs = Math.max(lastAtMs, batch.lastAtEpochMs());
      tell(cut == null ? batch : cut.take(batch));
    }
  }

  void endPart() throws IOException {
    if (lastAtMs == Long.MIN_VALUE) {
      boolean unused = lacks.add(ExportLack.PART_GONE);
    }
    if (cut != null && lastAtMs != Long.MIN_VALUE) {
      tell(cut.close(lastAtMs));
    }
  }

  /** A batch of the part's recording is not there; it may be one that a cut leaves out anyway. */
  void misses() {
    if (cut == null) {
      boolean unused = lacks.add(ExportLack.GAPS);
    }
  }

  /** What the file does not have, once all was taken. */
  Set<ExportLack> lacks() {
    return lacks;
  }

  /** Whether there was anything to write. */
  boolean end() {
    if (sink != null) {
      sink.end();
    }
    return sink != null;
  }

  private void tell(SampleBatch batch) throws IOException {
    if (batch.isEmpty()) {
      return;
    }
    if (samples == null) {
      ActivityOutline outline = ExportOutline.of(training, start(batch));
      sink = opening.begin(outline);
      boolean fills = format == ExportFormat.GPX;
      samples =
          new BatchSamples(training.sport(), at -> ExportOutline.distanceM(line, at), fills, sink);
      if (format == ExportFormat.FIT) {
        samples.beginAt(outline.startAtEpochMs());
      }
    }
    samples.tell(batch);
  }

  private static @Nullable Mark start(SampleBatch batch) {
    for (Mark mark : batch.marks()) {
      if (mark.kind() == Mark.Kind.START) {
        return mark;
      }
    }
    return null;
  }
}
