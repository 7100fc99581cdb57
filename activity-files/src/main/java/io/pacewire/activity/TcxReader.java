package io.pacewire.activity;

import io.pacewire.activity.ActivityWarning.Kind;
import java.io.IOException;
import java.util.Locale;

/**
 * Training Center Database 2: activities of laps of tracks of points. A new track within a lap means
 * that the timer stood still in between; a new lap means nothing of that. Courses and workouts are left
 * out.
 */
final class TcxReader {
  private final XmlCursor xml;
  private final Delivery delivery;
  private final SampleBuilder point = new SampleBuilder();
  private final TcxLaps laps;
  private boolean inActivity;
  private boolean inPoint;
  private boolean inTrack;
  private boolean inSeries;
  private boolean hasActivity;
  private boolean trackEnded;

  TcxReader(XmlCursor xml, Delivery delivery) {
    this.xml = xml;
    this.delivery = delivery;
    this.laps = new TcxLaps(delivery);
  }

  /** From the root element, which the cursor stands at. */
  void read() throws IOException {
    while (xml.next()) {
      if (xml.isStart()) {
        start();
      } else if (inPoint) {
        part();
      } else if (inActivity) {
        end();
      } else if (xml.name().equals("multisportsession")) {
        inSeries = false;
        delivery.end();
      }
    }
    if (!hasActivity) {
      throw MalformedActivityException.ofSomethingElse(
          "line " + xml.line() + ": TCX without an activity");
    }
    delivery.end();
  }

  private void start() {
    switch (xml.name()) {
      case "multisportsession" -> inSeries = true;
      case "activity" -> activity();
      case "lap" -> {
        trackEnded = false;
        String startTime = inActivity ? xml.attribute("starttime") : null;
        laps.begin(
            startTime != null && xml.readTime(startTime) ? xml.time().epochMs() : TcxLaps.NEVER);
      }
      case "track" -> inTrack = true;
      case "tpx" -> extension();
      case "trackpoint" -> {
        inPoint = inActivity;
        point.clear();
      }
      default -> {}
    }
  }

  /** Which sensor counts the cadence (ActivityExtension v2, CadenceSensorType_t); a bike's is no wheel's. */
  private void extension() {
    if ("footpod".equalsIgnoreCase(xml.attribute("cadencesensor")) && delivery.isOpen()) {
      delivery.speedSensor(SpeedSensor.FOOT);
    }
  }

  /** Those of a multisport session are legs of one. */
  private void activity() {
    inActivity = true;
    hasActivity = true;
    if (!inSeries || !delivery.isOpen()) {
      delivery.end();
      delivery.begin(ActivityFormat.TCX);
    }
    String sport = xml.attribute("sport");
    String named = sport == null ? "" : Texts.shortened(sport).toLowerCase(Locale.ROOT);
    delivery.sport(Sports.of(named));
    laps.beginLeg(named);
  }

  private void end() {
    switch (xml.name()) {
      case "activity" -> {
        laps.endLeg();
        inActivity = false;
        if (!inSeries) {
          delivery.end();
        }
      }
      case "name" -> {
        if (xml.parent().equals("creator")) {
          delivery.device(xml.text());
        }
      }
      case "track" -> {
        inTrack = false;
        trackEnded = true;
      }
      case "lap" -> laps.end();
      default -> figure();
    }
  }

  /** The lap's own, not those of its extensions. */
  private void figure() {
    if (inTrack || !xml.parent().equals("lap")) {
      return;
    }
    switch (xml.name()) {
      case "totaltimeseconds" -> laps.timerS(number());
      case "distancemeters" -> laps.distanceM(number());
      case "triggermethod" -> laps.trigger(Texts.shortened(xml.text()).toLowerCase(Locale.ROOT));
      default -> {}
    }
  }

  private void part() {
    switch (xml.name()) {
      case "trackpoint" -> finish();
      case "time" -> time();
      case "latitudedegrees" -> point.latitudeDeg = number();
      case "longitudedegrees" -> point.longitudeDeg = number();
      case "altitudemeters" -> point.altitudeM = number();
      case "distancemeters" -> point.deviceDistanceM = number();
      case "value" -> {
        if (xml.parent().equals("heartratebpm")) {
          point.heartRateBpm = number();
        }
      }
      case "cadence", "runcadence" -> point.cadencePerMin = number();
      case "watts" -> point.powerW = number();
      case "speed" -> point.speedMps = number();
      default -> {}
    }
  }

  private void time() {
    if (xml.readTime()) {
      point.atEpochMs = xml.time().epochMs();
      if (xml.time().isZoned()) {
        delivery.utcOffset(xml.time().offsetS());
      }
    } else {
      delivery.warn(Kind.UNREADABLE_VALUE, xml.line(), "time " + Texts.shortened(xml.text()));
    }
  }

  private void finish() {
    inPoint = false;
    if (point.isDated()) {
      long atMs = point.atEpochMs;
      long lastMs = delivery.hasSamples() ? delivery.lastAtMs() : atMs;
      if (atMs > lastMs && (trackEnded || laps.stoodStillBetween(lastMs, atMs))) {
        delivery.timerStopped(lastMs);
        delivery.timerStarted(atMs);
        laps.stoodStill(lastMs, atMs);
      } else {
        laps.ran(atMs - lastMs);
      }
      trackEnded = false;
      laps.saw(point.atEpochMs);
    }
    delivery.sample(point, xml.line());
  }

  private double number() {
    String text = xml.text();
    double value = Texts.number(text);
    if (Double.isNaN(value) && !text.isEmpty() && !text.equalsIgnoreCase("NaN")) {
      delivery.warn(Kind.UNREADABLE_VALUE, xml.line(), xml.name() + " " + Texts.shortened(text));
    }
    return value;
  }
}
