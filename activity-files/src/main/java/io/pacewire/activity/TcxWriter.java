package io.pacewire.activity;

import java.util.List;

/**
 * Training Center Database 2: laps with the caller's figures, a track each time the timer ran; a sample
 * while it stood still is a track of its own, for readers take the time within one as time that ran. Speed,
 * power and the cadence of steps go into ActivityExtension v2. Elements stand in the order of the
 * schemas, which is not a matter of taste there. Where a figure that the schema wants is unknown, it
 * is 0.
 */
final class TcxWriter implements FormatWriter {
  private static final String HEAD = """
      <?xml version="1.0" encoding="UTF-8"?>
      <TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2" \
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
      xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2">
      """;
  private static final int MOST_BYTE = 254;
  private static final int MOST_KCAL = 65_535;
  private static final int MOST_W = 65_535;

  private final TextOut out;
  private boolean headWritten;
  private String deviceName = "";
  private boolean onFoot;
  private List<ActivityLap> laps = List.of();
  private int lap;
  private boolean inTrack;
  private boolean paused;

  TcxWriter(TextOut out) {
    this.out = out;
  }

  @Override
  public void begin(ActivityOutline outline) {
    head();
    deviceName = outline.deviceName();
    onFoot = Sports.isOnFoot(outline.sport());
    laps = outline.lapsOrAll();
    lap = 0;
    paused = false;
    out.raw("<Activity Sport=\"").raw(Sports.tcxName(outline.sport())).raw("\">");
    out.raw("<Id>").time(outline.startAtEpochMs()).raw("</Id>\n");
    beginLap();
  }

  /** A sample belongs to the lap that its time says, but laps never go back. */
  @Override
  public void sample(ActivitySample sample) {
    if (!TextOut.canSay(sample.atEpochMs())) {
      return;
    }
    while (lap + 1 < laps.size() && sample.atEpochMs() >= laps.get(lap + 1).startAtEpochMs()) {
      nextLap();
    }
    if (!inTrack) {
      out.raw("<Track>\n");
      inTrack = true;
    }
    point(sample);
    if (paused) {
      endTrack();
    }
  }

  @Override
  public void pause(long atEpochMs) {
    paused = true;
    endTrack();
  }

  @Override
  public void resume(long atEpochMs) {
    paused = false;
    endTrack();
  }

  @Override
  public void end() {
    while (lap + 1 < laps.size()) {
      nextLap();
    }
    endLap();
    if (!deviceName.isBlank()) {
      out.raw("<Creator xsi:type=\"Device_t\"><Name>").xml(deviceName).raw("</Name>");
      out.raw("<UnitId>0</UnitId><ProductID>0</ProductID><Version><VersionMajor>0</VersionMajor>");
      out.raw("<VersionMinor>0</VersionMinor></Version></Creator>");
    }
    out.raw("</Activity>\n");
  }

  @Override
  public void finish() {
    head();
    out.raw("</Activities>\n</TrainingCenterDatabase>\n").flush();
  }

  private void head() {
    if (!headWritten) {
      headWritten = true;
      out.raw(HEAD).raw("<Activities>\n");
    }
  }

  private void nextLap() {
    endLap();
    lap++;
    beginLap();
  }

  private void beginLap() {
    ActivityLap of = laps.get(lap);
    ActivityFigures figures = of.figures();
    double elapsedS = (of.endAtEpochMs() - of.startAtEpochMs()) / 1_000.0;
    out.raw("<Lap StartTime=\"").time(of.startAtEpochMs()).raw("\">");
    number("TotalTimeSeconds", figures.timerS() >= 0 ? figures.timerS() : elapsedS, 3);
    number("DistanceMeters", figures.distanceM() >= 0 ? figures.distanceM() : 0, 2);
    number("MaximumSpeed", figures.maxSpeedMps(), 3);
    double kcal = Math.rint(figures.energyKcal());
    number("Calories", kcal >= 0 ? Math.min(kcal, MOST_KCAL) : 0, 0);
    beat("AverageHeartRateBpm", figures.averageHeartRateBpm());
    beat("MaximumHeartRateBpm", figures.maxHeartRateBpm());
    out.raw("<Intensity>Active</Intensity><TriggerMethod>");
    out.raw(Sports.tcxTrigger(of.trigger())).raw("</TriggerMethod>\n");
  }

  private void endLap() {
    endTrack();
    double watts = Math.rint(laps.get(lap).figures().averagePowerW());
    if (watts >= 0 && watts <= MOST_W) {
      out.raw("<Extensions><ns3:LX>");
      number("ns3:AvgWatts", watts, 0);
      out.raw("</ns3:LX></Extensions>");
    }
    out.raw("</Lap>\n");
  }

  private void endTrack() {
    if (inTrack) {
      out.raw("</Track>\n");
      inTrack = false;
    }
  }

  private void point(ActivitySample sample) {
    out.raw("<Trackpoint><Time>").time(sample.atEpochMs()).raw("</Time>");
    if (sample.hasPosition()) {
      out.raw("<Position>");
      number("LatitudeDegrees", sample.latitudeDeg(), 7);
      number("LongitudeDegrees", sample.longitudeDeg(), 7);
      out.raw("</Position>");
    }
    number("AltitudeMeters", sample.altitudeM(), 2);
    number("DistanceMeters", sample.deviceDistanceM(), 2);
    beat("HeartRateBpm", sample.heartRateBpm());
    double cadence = Math.rint(sample.cadencePerMin());
    cadence = cadence <= MOST_BYTE ? cadence : Double.NaN;
    if (!onFoot) {
      number("Cadence", cadence, 0);
    }
    extension(sample, onFoot ? cadence : Double.NaN);
    out.raw("</Trackpoint>\n");
  }

  private void extension(ActivitySample sample, double runCadence) {
    boolean powered = sample.powerW() >= 0 && sample.powerW() <= MOST_W;
    if (powered || sample.speedMps() >= 0 || runCadence >= 0) {
      out.raw("<Extensions><ns3:TPX>");
      number("ns3:Speed", sample.speedMps(), 3);
      number("ns3:RunCadence", runCadence, 0);
      number("ns3:Watts", powered ? sample.powerW() : Double.NaN, 0);
      out.raw("</ns3:TPX></Extensions>");
    }
  }

  private void beat(String name, double bpm) {
    double rounded = Math.rint(bpm);
    if (rounded >= 1 && rounded <= MOST_BYTE) {
      out.raw("<").raw(name).raw("><Value>").fixed(rounded, 0);
      out.raw("</Value></").raw(name).raw(">");
    }
  }

  private void number(String name, double value, int decimals) {
    if (Double.isFinite(value)) {
      out.raw("<").raw(name).raw(">").fixed(value, decimals);
      out.raw("</").raw(name).raw(">");
    }
  }
}
