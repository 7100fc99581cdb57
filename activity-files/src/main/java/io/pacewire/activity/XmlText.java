package io.pacewire.activity;

import java.io.InputStream;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Hardened XML: no document types, no entities, nothing from elsewhere, bounded texts. */
final class XmlText {
  private static final int MAX_TEXT = 4_096;
  private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
      .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
      .optionalStart()
      .appendOffsetId()
      .optionalEnd()
      .parseDefaulting(ChronoField.OFFSET_SECONDS, ZoneOffset.UTC.getTotalSeconds())
      .toFormatter(java.util.Locale.ROOT);

  private XmlText() {}

  static XMLStreamReader open(InputStream in) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newInstance();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    return factory.createXMLStreamReader(in);
  }

  static void append(StringBuilder text, XMLStreamReader xml) {
    int room = MAX_TEXT - text.length();
    if (room > 0) {
      text.append(xml.getTextCharacters(), xml.getTextStart(), Math.min(room, xml.getTextLength()));
    }
  }

  /** ISO 8601 with any offset or none, which means UTC. */
  static long time(String text) {
    try {
      return OffsetDateTime.parse(text.strip(), TIME).toInstant().toEpochMilli();
    } catch (DateTimeException e) {
      throw new MalformedActivityException("time is " + shortened(text), e);
    }
  }

  /** NaN for what is no number. */
  static double number(String text) {
    try {
      double value = Double.parseDouble(text.strip());
      return Double.isInfinite(value) ? Double.NaN : value;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** -1 for what is no number that such a sensor gives. */
  static int count(String text) {
    double value = number(text);
    return value >= 0 && value < 100_000 ? (int) Math.round(value) : -1;
  }

  static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  static MalformedActivityException malformed(XMLStreamException e) {
    int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
    return new MalformedActivityException("XML breaks at line " + line, e);
  }
}
