package io.pacewire.activity;

import java.io.InputStream;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Training Center Database 2: laps of tracks of points; a new track within a lap is a pause. */
final class TcxReader {
  private final ActivitySink sink;
  private final StringBuilder text = new StringBuilder();
  private @Nullable SampleBuilder point;
  private boolean inHeartRate;
  private boolean inTrack;
  private boolean inCreator;
  private int tracksOfLap;
  private boolean trackEnded;
  private long lastAtMs = Long.MIN_VALUE;
  private double lapsM;
  private double lapsS;
  private boolean hasTotals;

  private TcxReader(ActivitySink sink) {
    this.sink = sink;
  }

  static void read(InputStream in, ActivitySink sink) {
    try {
      new TcxReader(sink).read(XmlText.open(in));
    } catch (XMLStreamException e) {
      throw XmlText.malformed(e);
    }
  }

  private void read(XMLStreamReader xml) throws XMLStreamException {
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> start(xml);
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> XmlText.append(text, xml);
        case XMLStreamConstants.END_ELEMENT -> end(xml.getLocalName());
        default -> {}
      }
    }
    if (hasTotals) {
      sink.deviceTotals(lapsM, lapsS, Double.NaN);
    }
  }

  private void start(XMLStreamReader xml) {
    text.setLength(0);
    switch (xml.getLocalName()) {
      case "Activity" -> {
        String sport = xml.getAttributeValue(null, "Sport");
        if (sport != null) {
          sink.sport(Sports.of(sport));
        }
      }
      case "Lap" -> tracksOfLap = 0;
      case "Track" -> {
        inTrack = true;
        trackEnded = tracksOfLap++ > 0;
      }
      case "Trackpoint" -> point = new SampleBuilder();
      case "HeartRateBpm" -> inHeartRate = true;
      case "Creator" -> inCreator = true;
      default -> {}
    }
  }

  private void end(String name) {
    String value = text.toString();
    SampleBuilder open = point;
    if (open != null) {
      part(open, name, value);
      return;
    }
    switch (name) {
      case "Track" -> inTrack = false;
      case "HeartRateBpm" -> inHeartRate = false;
      case "Creator" -> inCreator = false;
      case "Name" -> {
        if (inCreator) {
          sink.device(XmlText.shortened(value.strip()));
        }
      }
      case "TotalTimeSeconds" -> total(value, 0);
      case "DistanceMeters" -> total("0", XmlText.number(value));
      case "Lap" -> {
        if (lastAtMs != Long.MIN_VALUE) {
          sink.lap(lastAtMs);
        }
      }
      default -> {}
    }
  }

  private void total(String seconds, double metres) {
    if (!inTrack) {
      hasTotals = true;
      lapsS += Math.max(0, zeroIfNaN(XmlText.number(seconds)));
      lapsM += Math.max(0, zeroIfNaN(metres));
    }
  }

  private void part(SampleBuilder open, String name, String value) {
    switch (name) {
      case "Time" -> open.atEpochMs = XmlText.time(value);
      case "LatitudeDegrees" -> open.latitudeDeg = XmlText.number(value);
      case "LongitudeDegrees" -> open.longitudeDeg = XmlText.number(value);
      case "AltitudeMeters" -> open.altitudeM = XmlText.number(value);
      case "DistanceMeters" -> open.deviceDistanceM = XmlText.number(value);
      case "Value" -> {
        if (inHeartRate) {
          open.heartRateBpm = XmlText.count(value);
        }
      }
      case "HeartRateBpm" -> inHeartRate = false;
      case "Cadence", "RunCadence" -> open.cadencePerMin = XmlText.count(value);
      case "Watts" -> open.powerW = XmlText.count(value);
      case "Speed" -> open.speedMps = XmlText.number(value);
      case "Trackpoint" -> finish(open);
      default -> {}
    }
  }

  private void finish(SampleBuilder done) {
    point = null;
    if (!done.hasTime()) {
      sink.warning("a point without a time was left out");
      return;
    }
    if (trackEnded && lastAtMs != Long.MIN_VALUE) {
      sink.pause(lastAtMs);
      sink.resume(done.atEpochMs);
    }
    trackEnded = false;
    lastAtMs = done.atEpochMs;
    sink.sample(done.build());
  }

  private static double zeroIfNaN(double value) {
    return Double.isNaN(value) ? 0 : value;
  }
}
