package io.pacewire.activity;

import java.io.InputStream;
import java.util.Locale;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** GPX 1.0 and 1.1, with the usual extensions for heart rate, cadence, power and temperature. */
final class GpxReader {
  private final ActivitySink sink;
  private final StringBuilder text = new StringBuilder();
  private @Nullable SampleBuilder point;
  private boolean inTrack;
  private long lastAtMs = Long.MIN_VALUE;
  private boolean segmentEnded;
  private boolean undated;

  private GpxReader(ActivitySink sink) {
    this.sink = sink;
  }

  static void read(InputStream in, ActivitySink sink) {
    try {
      new GpxReader(sink).read(XmlText.open(in));
    } catch (XMLStreamException e) {
      throw XmlText.malformed(e);
    }
  }

  private void read(XMLStreamReader xml) throws XMLStreamException {
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> start(xml);
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> XmlText.append(text, xml);
        case XMLStreamConstants.END_ELEMENT -> end(xml.getLocalName().toLowerCase(Locale.ROOT));
        default -> {}
      }
    }
    if (undated) {
      sink.warning("points without a time were left out");
    }
  }

  private void start(XMLStreamReader xml) {
    text.setLength(0);
    switch (xml.getLocalName()) {
      case "gpx" -> device(xml.getAttributeValue(null, "creator"));
      case "trk" -> inTrack = true;
      case "trkpt" -> {
        SampleBuilder begun = new SampleBuilder();
        begun.latitudeDeg = attribute(xml, "lat");
        begun.longitudeDeg = attribute(xml, "lon");
        point = begun;
      }
      default -> {}
    }
  }

  private void device(@Nullable String creator) {
    if (creator != null) {
      sink.device(XmlText.shortened(creator));
    }
  }

  private void end(String name) {
    SampleBuilder open = point;
    if (open == null) {
      if (name.equals("type") && inTrack) {
        sink.sport(Sports.of(text.toString()));
      } else if (name.equals("trkseg") || name.equals("trk")) {
        segmentEnded = true; // the timer stood still until the next segment begins
      }
      return;
    }
    switch (name) {
      case "ele" -> open.altitudeM = XmlText.number(text.toString());
      case "time" -> open.atEpochMs = XmlText.time(text.toString());
      case "hr", "heartrate" -> open.heartRateBpm = XmlText.count(text.toString());
      case "cad", "cadence" -> open.cadencePerMin = XmlText.count(text.toString());
      case "power", "powerinwatts", "watts" -> open.powerW = XmlText.count(text.toString());
      case "atemp", "temp" -> open.temperatureC = XmlText.number(text.toString());
      case "trkpt" -> finish(open);
      default -> {}
    }
  }

  private void finish(SampleBuilder done) {
    point = null;
    if (!done.hasTime()) {
      undated = true;
      return;
    }
    if (segmentEnded && lastAtMs != Long.MIN_VALUE) {
      sink.pause(lastAtMs);
      sink.resume(done.atEpochMs);
    }
    segmentEnded = false;
    lastAtMs = done.atEpochMs;
    sink.sample(done.build());
  }

  private static double attribute(XMLStreamReader xml, String name) {
    String value = xml.getAttributeValue(null, name);
    return value == null ? Double.NaN : XmlText.number(value);
  }
}
