package io.pacewire.activity;

import io.pacewire.activity.ActivityWarning.Kind;
import java.io.IOException;

/**
 * GPX 1.0 and 1.1, with what writers add for heart rate, cadence, power, temperature, by whatever
 * namespace. All tracks of a file are one activity. Between two segments the timer stood still.
 */
final class GpxReader {
  private final XmlCursor xml;
  private final Delivery delivery;
  private final SampleBuilder point = new SampleBuilder();
  private boolean inPoint;
  private boolean segmentEnded;
  private boolean hasTrack;
  private String nativeSport = "";
  private long legStartMs;
  private boolean legHasSamples;

  GpxReader(XmlCursor xml, Delivery delivery) {
    this.xml = xml;
    this.delivery = delivery;
  }

  /** From the root element, which the cursor stands at. */
  void read() throws IOException {
    delivery.begin(ActivityFormat.GPX);
    String creator = xml.attribute("creator");
    if (creator != null) {
      delivery.device(creator);
    }
    while (xml.next()) {
      if (xml.isStart()) {
        start();
      } else if (inPoint) {
        part();
      } else {
        end();
      }
    }
    if (!hasTrack) {
      throw MalformedActivityException.ofSomethingElse(
          "line " + xml.line() + ": GPX without a track");
    }
    leg();
    delivery.end();
  }

  private void start() {
    switch (xml.name()) {
      case "trk" -> hasTrack = true;
      case "trkpt" -> {
        inPoint = true;
        point.clear();
        point.latitudeDeg = attribute("lat");
        point.longitudeDeg = attribute("lon");
      }
      default -> {}
    }
  }

  private void end() {
    switch (xml.name()) {
      case "type" -> {
        if (xml.parent().equals("trk")) {
          sport(xml.text());
        }
      }
      case "src" -> {
        if (xml.parent().equals("trk")) {
          delivery.device(xml.text());
        }
      }
      case "trkseg" -> segmentEnded = true;
      default -> {}
    }
  }

  /** Another sport than so far begins another leg. */
  private void sport(String text) {
    String named = Texts.shortened(text).toLowerCase(java.util.Locale.ROOT);
    if (!named.equals(nativeSport)) {
      leg();
      nativeSport = named;
    }
    delivery.sport(Sports.of(named));
  }

  private void leg() {
    if (legHasSamples) {
      delivery.leg(new ActivityLeg(
          legStartMs, delivery.lastAtMs(), Sports.of(nativeSport), nativeSport, DeviceTotals.NONE));
    }
    legHasSamples = false;
  }

  private void part() {
    switch (xml.name()) {
      case "trkpt" -> finish();
      case "ele" -> point.altitudeM = number();
      case "time" -> time();
      case "hr", "heartrate" -> point.heartRateBpm = number();
      case "cad", "cadence", "runcadence" -> point.cadencePerMin = number();
      case "power", "powerinwatts", "watts" -> point.powerW = number();
      case "atemp", "temp", "temperature" -> point.temperatureC = number();
      case "speed" -> point.speedMps = number();
      case "distance" -> point.deviceDistanceM = number();
      case "accuracy", "hacc" -> point.accuracyM = number();
      default -> {}
    }
  }

  private void time() {
    if (!xml.parent().equals("trkpt")) {
      return;
    }
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
      if (segmentEnded && delivery.hasSamples() && point.atEpochMs > delivery.lastAtMs()) {
        delivery.timerStopped(delivery.lastAtMs());
        delivery.timerStarted(point.atEpochMs);
      }
      segmentEnded = false;
      if (!legHasSamples) {
        legStartMs = point.atEpochMs;
        legHasSamples = true;
      }
    }
    delivery.sample(point, xml.line());
  }

  private double attribute(String name) {
    String text = xml.attribute(name);
    return text == null ? Double.NaN : checked(text.strip());
  }

  private double number() {
    return checked(xml.text());
  }

  private double checked(String text) {
    double value = Texts.number(text);
    if (Double.isNaN(value) && !text.isEmpty() && !text.equalsIgnoreCase("NaN")) {
      delivery.warn(Kind.UNREADABLE_VALUE, xml.line(), xml.name() + " " + Texts.shortened(text));
    }
    return value;
  }
}
