package io.pacewire.activity;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Walks through hostile XML in bounded memory: no document types or entities, bounded depth, names
 * and texts. Names come without their prefix and in lower case, for writers differ in both; prefixes
 * need no declaration, for some writers forget it.
 */
final class XmlCursor {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_NAMES = 4_096;
  private static final int MAX_TEXT = 4_096;

  private final XMLStreamReader xml;
  private final Map<String, String> names = new HashMap<>();
  private final String[] path = new String[MAX_DEPTH];
  private final StringBuilder text = new StringBuilder();
  private final IsoTime time = new IsoTime();
  private int depth;
  private int rootEndsAt;
  private boolean started = true;

  private XmlCursor(XMLStreamReader xml) {
    this.xml = xml;
  }

  static XmlCursor open(InputStream in) throws IOException {
    // The JDK's own: another one on the class path may know other properties.
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    try {
      XmlGuard guard = new XmlGuard(new InputStreamReader(in, XmlEncoding.of(in)));
      return new XmlCursor(factory.createXMLStreamReader(guard));
    } catch (XMLStreamException e) {
      throw refused(e);
    }
  }

  /** Moves to the next start or end of an element; false at the end of the document. */
  boolean next() throws IOException {
    if (!started) {
      depth--; // the element that ended last is left
    }
    while (true) {
      switch (step()) {
        case XMLStreamConstants.START_ELEMENT -> {
          enter();
          return true;
        }
        case XMLStreamConstants.END_ELEMENT -> {
          started = false;
          rootEndsAt = depth == 1 ? line() : 0;
          return true;
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> append();
        case XMLStreamConstants.END_DOCUMENT -> {
          return false;
        }
        default -> {}
      }
    }
  }

  /** Whether an element starts here; otherwise one ends. */
  boolean isStart() {
    return started;
  }

  String name() {
    return path[depth - 1];
  }

  /** The element around this one; empty for the root. */
  String parent() {
    return depth > 1 ? path[depth - 2] : "";
  }

  @Nullable
  String attribute(String name) {
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      if (name.equals(known(xml.getAttributeLocalName(i)))) {
        return xml.getAttributeValue(i);
      }
    }
    return null;
  }

  /** Text since the last start of an element, stripped. */
  String text() {
    return text.toString().strip();
  }

  /** Whether the text is a time, which is then in {@link #time}. */
  boolean readTime() {
    return time.read(text());
  }

  boolean readTime(String of) {
    return time.read(of.strip());
  }

  IsoTime time() {
    return time;
  }

  /** Behind the end of the document: where the root ended. */
  int line() {
    return Math.max(rootEndsAt, xml.getLocation().getLineNumber());
  }

  private void enter() {
    if (depth == MAX_DEPTH) {
      throw new MalformedActivityException(
          "XML is nested deeper than " + MAX_DEPTH + " at line " + line());
    }
    path[depth++] = known(xml.getLocalName());
    text.setLength(0);
    started = true;
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      String unused = known(xml.getAttributeLocalName(i));
    }
  }

  /** The parser keeps every name it ever saw, so their number is bounded here. */
  private String known(String name) {
    String known = names.get(name);
    if (known == null) {
      if (names.size() == MAX_NAMES) {
        throw new MalformedActivityException(
            "XML has more than " + MAX_NAMES + " names at line " + line());
      }
      known = name.substring(name.indexOf(':') + 1).toLowerCase(Locale.ROOT);
      names.put(name, known);
    }
    return known;
  }

  private void append() {
    int room = MAX_TEXT - text.length();
    if (room > 0) {
      text.append(xml.getTextCharacters(), xml.getTextStart(), Math.min(room, xml.getTextLength()));
    }
  }

  private int step() throws IOException {
    try {
      return xml.hasNext() ? xml.next() : XMLStreamConstants.END_DOCUMENT;
    } catch (XMLStreamException e) {
      throw refused(e);
    } catch (MalformedActivityException e) {
      throw e;
    } catch (RuntimeException e) {
      // The JDK's parser has states in which broken input trips it.
      throw new MalformedActivityException("XML breaks at line " + line(), e);
    }
  }

  /** What the stream itself threw goes on as it is. */
  private static MalformedActivityException refused(XMLStreamException e) throws IOException {
    if (e.getNestedException() instanceof IOException ofStream) {
      throw ofStream;
    }
    int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
    return new MalformedActivityException("XML breaks at line " + line, e);
  }
}
