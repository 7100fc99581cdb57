package io.pacewire.activity;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * GeoJSON (RFC 7946): a FeatureCollection, a feature an activity. The geometry is a MultiLineString
 * with a line each time the timer ran, cut where it crosses the antimeridian, {@code null} where there are no positions; {@code coordTimes}
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
    if (positions > 0 && last != null && isAcross(last, sample)) {
      cut(last, sample);
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

  /** A line across the antimeridian is cut there (RFC 7946, 3.1.9). */
  private static boolean isAcross(ActivitySample from, ActivitySample to) {
    return Math.abs(to.longitudeDeg() - from.longitudeDeg()) > 180;
  }

  /** Ends the line where it reaches the edge of the map and goes on at the other. */
  private void cut(ActivitySample from, ActivitySample to) {
    double edgeDeg = from.longitudeDeg() < 0 ? -180 : 180;
    double toEdge = edgeDeg - from.longitudeDeg();
    double onwards = to.longitudeDeg() + edgeDeg; // from the other side of the edge
    double share = toEdge + onwards == 0 ? 0 : toEdge / (toEdge + onwards);
    double latitudeDeg = between(from.latitudeDeg(), to.latitudeDeg(), share);
    double altitudeM = between(from.altitudeM(), to.altitudeM(), share);
    long atEpochMs = from.atEpochMs() + Math.round(share * (to.atEpochMs() - from.atEpochMs()));
    position(edgeDeg, latitudeDeg, altitudeM, atEpochMs);
    endLine();
    position(-edgeDeg, latitudeDeg, altitudeM, atEpochMs);
  }

  private static double between(double from, double to, double share) {
    return from + share * (to - from);
  }

  private void position(ActivitySample at) {
    position(at.longitudeDeg(), at.latitudeDeg(), at.altitudeM(), at.atEpochMs());
  }

  /** Begins a line where none is open. */
  private void position(double longitudeDeg, double latitudeDeg, double altitudeM, long atEpochMs) {
    if (positions == 0) {
      out.raw(hasLines ? ",\n[" : "{\"type\":\"MultiLineString\",\"coordinates\":[\n[");
      times.raw(hasLines ? ",\n[" : "[");
      hasLines = true;
    }
    String separator = positions == 0 ? "" : ",";
    out.raw(separator).raw("[").fixed(longitudeDeg, 7);
    out.raw(",").fixed(latitudeDeg, 7);
    if (Double.isFinite(altitudeM)) {
      out.raw(",").fixed(altitudeM, 2);
    }
    out.raw("]");
    times.raw(separator).raw("\"").time(atEpochMs).raw("\"");
    positions++;
  }
}
