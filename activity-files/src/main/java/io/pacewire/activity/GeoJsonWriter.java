package io.pacewire.activity;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * GeoJSON (RFC 7946): a FeatureCollection, a feature an activity. The geometry is a MultiLineString
 * with a line each time the timer ran, {@code null} where there are no positions; {@code coordTimes}
 * of the properties holds the time of each position, line by line. A line has two positions at least,
 * so one that stands alone is written twice. Figures are members of the properties as in {@link
 * JsonWriter}.
 */
final class GeoJsonWriter implements FormatWriter {
  private final TextOut out;
  private final JsonFigures figures;
  private final Spool spool = new Spool();
  private final TextOut times = new TextOut(spool);
  private String featureSeparator = "";
  private @Nullable ActivitySample last;
  private boolean hasLines;
  private int positions;
  private ActivityOutline outline =
      new ActivityOutline("", "other", "", 0, 0, 0, ActivityFigures.NONE, java.util.List.of());

  GeoJsonWriter(TextOut out) {
    this.out = out;
    this.figures = new JsonFigures(out);
    out.raw("{\"type\":\"FeatureCollection\",\"features\":[");
  }

  @Override
  public void begin(ActivityOutline of) {
    outline = of;
    hasLines = false;
    positions = 0;
    out.raw(featureSeparator).raw("\n{\"type\":\"Feature\",\"geometry\":");
    featureSeparator = ",";
  }

  @Override
  public void sample(ActivitySample sample) {
    if (!sample.hasPosition() || !TextOut.canSay(sample.atEpochMs())) {
      return;
    }
    if (positions == 0) {
      out.raw(hasLines ? ",\n[" : "{\"type\":\"MultiLineString\",\"coordinates\":[\n[");
      times.raw(hasLines ? ",\n[" : "[");
      hasLines = true;
    }
    position(sample);
    last = sample;
  }

  @Override
  public void pause(long atEpochMs) {
    endLine();
  }

  @Override
  public void resume(long atEpochMs) {
    endLine();
  }

  @Override
  public void end() {
    endLine();
    out.raw(hasLines ? "]}" : "null").raw(",\"properties\":{");
    figures.outline(outline);
    out.raw(",\"coordTimes\":[");
    times.flush();
    out.drain(spool);
    out.raw("]}}");
  }

  @Override
  public void finish() {
    out.raw("\n]}\n").flush();
  }

  @Override
  public void close() {
    try {
      spool.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void endLine() {
    if (positions == 1 && last != null) {
      position(last);
    }
    if (positions > 0) {
      out.raw("]");
      times.raw("]");
      positions = 0;
    }
  }

  private void position(ActivitySample sample) {
    String separator = positions == 0 ? "" : ",";
    out.raw(separator).raw("[").fixed(sample.longitudeDeg(), 7);
    out.raw(",").fixed(sample.latitudeDeg(), 7);
    if (Double.isFinite(sample.altitudeM())) {
      out.raw(",").fixed(sample.altitudeM(), 2);
    }
    out.raw("]");
    times.raw(separator).raw("\"").time(sample.atEpochMs()).raw("\"");
    positions++;
  }
}
