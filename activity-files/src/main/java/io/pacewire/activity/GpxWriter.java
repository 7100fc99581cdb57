package io.pacewire.activity;

/**
 * GPX 1.1: a track an activity, a segment each time the timer ran; a sample while it stood still is a
 * segment of its own, for readers take the time within a segment as time that ran. Heart rate, cadence, temperature
 * and speed go into Garmin's TrackPointExtension v2, power into its PowerExtension v1, in the order of
 * their schemas; that is where others look for them.
 */
final class GpxWriter implements FormatWriter {
  private static final String HEAD = """
      <?xml version="1.0" encoding="UTF-8"?>
      <gpx version="1.1" creator="Pacewire" xmlns="http://www.topografix.com/GPX/1/1" \
      xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v2" \
      xmlns:pwr="http://www.garmin.com/xmlschemas/PowerExtension/v1">
      """;
  private static final int MOST_CADENCE = 254;
  private static final int MOST_BPM = 255;

  private final TextOut out;
  private boolean headWritten;
  private boolean inSegment;
  private boolean paused;

  GpxWriter(TextOut out) {
    this.out = out;
  }

  @Override
  public void begin(ActivityOutline outline) {
    head();
    inSegment = false;
    paused = false;
    out.raw("<trk>");
    text("name", outline.name());
    text("src", outline.deviceName());
    text("type", Sports.gpxName(outline.sport()));
    out.raw("\n");
  }

  @Override
  public void sample(ActivitySample sample) {
    if (!sample.hasPosition() || !TextOut.canSay(sample.atEpochMs())) {
      return;
    }
    if (!inSegment) {
      out.raw("<trkseg>\n");
      inSegment = true;
    }
    out.raw("<trkpt lat=\"").fixed(sample.latitudeDeg(), 7);
    out.raw("\" lon=\"").fixed(sample.longitudeDeg(), 7).raw("\">");
    number("ele", sample.altitudeM(), 2);
    out.raw("<time>").time(sample.atEpochMs()).raw("</time>");
    extensions(sample);
    out.raw("</trkpt>\n");
    if (paused) {
      endSegment();
    }
  }

  @Override
  public void pause(long atEpochMs) {
    paused = true;
    endSegment();
  }

  @Override
  public void resume(long atEpochMs) {
    paused = false;
    endSegment();
  }

  @Override
  public void end() {
    endSegment();
    out.raw("</trk>\n");
  }

  @Override
  public void finish() {
    head();
    out.raw("</gpx>\n").flush();
  }

  private void head() {
    if (!headWritten) {
      headWritten = true;
      out.raw(HEAD);
    }
  }

  private void endSegment() {
    if (inSegment) {
      out.raw("</trkseg>\n");
      inSegment = false;
    }
  }

  private void extensions(ActivitySample sample) {
    double bpm = sample.heartRateBpm() <= MOST_BPM ? atLeast(1, sample.heartRateBpm()) : Double.NaN;
    double cadence = Math.rint(sample.cadencePerMin());
    cadence = cadence <= MOST_CADENCE ? cadence : Double.NaN;
    double speedMps = atLeast(0, sample.speedMps());
    boolean point = isAny(sample.temperatureC(), bpm, cadence, speedMps);
    if (!point && sample.powerW() < 0) {
      return;
    }
    out.raw("<extensions>");
    number("pwr:PowerInWatts", atLeast(0, sample.powerW()), 0);
    if (point) {
      out.raw("<gpxtpx:TrackPointExtension>");
      number("gpxtpx:atemp", sample.temperatureC(), 2);
      number("gpxtpx:hr", bpm, 0);
      number("gpxtpx:cad", cadence, 0);
      number("gpxtpx:speed", speedMps, 3);
      out.raw("</gpxtpx:TrackPointExtension>");
    }
    out.raw("</extensions>");
  }

  private static double atLeast(double least, double value) {
    return value >= least ? value : Double.NaN;
  }

  private static boolean isAny(double a, double b, double c, double d) {
    return Double.isFinite(a) || Double.isFinite(b) || Double.isFinite(c) || Double.isFinite(d);
  }

  private void number(String name, double value, int decimals) {
    if (Double.isFinite(value)) {
      out.raw("<").raw(name).raw(">").fixed(value, decimals);
      out.raw("</").raw(name).raw(">");
    }
  }

  private void text(String name, String value) {
    if (!value.isBlank()) {
      out.raw("<").raw(name).raw(">").xml(value).raw("</").raw(name).raw(">");
    }
  }
}
