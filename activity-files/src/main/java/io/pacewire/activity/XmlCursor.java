package io.pacewire.activity;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the elements of hostile XML in bounded memory. Names come without their prefix and
 * in lower case.
 */
final class XmlCursor {
  private static final int MAX_DEPTH = 64;

  private final XmlInput in;
  private final XmlScanner xml;
  private final XmlNames.@Nullable Name[] path = new XmlNames.Name[MAX_DEPTH];
  private final IsoTime time = new IsoTime();
  private int depth;
  private int rootEndsAt;
  private boolean started = true;

  private XmlCursor(XmlInput in) {
    this.in = in;
    this.xml = new XmlScanner(in);
  }

  static XmlCursor open(InputStream in) throws IOException {
    return new XmlCursor(new XmlInput(new InputStreamReader(in, XmlEncoding.of(in))));
  }

  /** Moves to the next start or end of an element; false at the end of the document. */
  boolean next() throws IOException {
    if (!started) {
      depth--; // the element that ended last is left
    }
    switch (xml.next()) {
      case START -> enter();
      case END -> leave();
      case OVER -> {
        if (depth > 0 || rootEndsAt == 0) {
          throw in.broken("the file ends early");
        }
        return false;
      }
    }
    return true;
  }

  /** Whether an element starts here; otherwise one ends. */
  boolean isStart() {
    return started;
  }

  String name() {
    return local(depth - 1);
  }

  /** The element around this one; empty for the root. */
  String parent() {
    return depth > 1 ? local(depth - 2) : "";
  }

  @Nullable
  String attribute(String name) {
    return xml.attribute(name);
  }

  /** Text since the last start of an element, stripped. */
  String text() {
    return xml.text();
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
    return depth == 0 && rootEndsAt > 0 ? rootEndsAt : in.line();
  }

  private void enter() {
    if (depth == 0 && rootEndsAt > 0) {
      throw in.broken("a second root");
    }
    if (depth == MAX_DEPTH) {
      throw new MalformedActivityException(
          "XML is nested deeper than " + MAX_DEPTH + " at line " + line());
    }
    path[depth++] = xml.name();
    started = true;
  }

  private void leave() {
    if (depth == 0 || !xml.name().equals(path[depth - 1])) {
      throw in.broken("</" + Texts.shortened(xml.name().local()) + "> ends nothing");
    }
    started = false;
    rootEndsAt = depth == 1 ? in.line() : 0;
  }

  private String local(int index) {
    XmlNames.Name name = path[index];
    return name == null ? "" : name.local();
  }
}
