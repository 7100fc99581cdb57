package io.pacewire.activity;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells tags from text in XML 1.0 with less work than a parser of all of it, and with less trust: no
 * document types, hence no entities but the five, names and texts of bounded length. Prefixes need no
 * declaration, for some writers forget it; what is not allowed as a character is taken as it is.
 */
final class XmlScanner {
  enum Event {
    START,
    END,
    OVER
  }

  private static final int MAX_NAME = 256;
  private static final int MAX_ATTRIBUTES = 64;
  private static final boolean[] NO_NAME = stops(" >/=<&\"'");
  private static final boolean[] NO_TEXT = stops("<&");

  private record Attribute(XmlNames.Name name, String value) {}

  private final XmlInput in;
  private final XmlNames names = new XmlNames();
  private final char[] chars = new char[MAX_NAME];
  private final XmlText text = new XmlText();
  private final XmlText value = new XmlText();
  private final List<Attribute> attributes = new ArrayList<>();
  private XmlNames.@Nullable Name name;
  private boolean closesAtOnce;

  XmlScanner(XmlInput in) {
    this.in = in;
  }

  /** Text on the way is gathered. */
  Event next() throws IOException {
    if (closesAtOnce) {
      closesAtOnce = false;
      return Event.END;
    }
    while (true) {
      in.mark();
      if (!toTag()) {
        return Event.OVER;
      }
      in.mark();
      int c = in.next();
      switch (c) {
        case '/' -> {
          name = name(in.next());
          close(blanks(in.next()));
          return Event.END;
        }
        case '?' -> until('?', '?', false);
        case '!' -> declaration();
        default -> {
          start(c);
          return Event.START;
        }
      }
    }
  }

  /** Of the element that starts or ends. */
  XmlNames.Name name() {
    if (name == null) {
      throw new IllegalStateException("before the first element");
    }
    return name;
  }

  @Nullable
  String attribute(String local) {
    for (Attribute one : attributes) {
      if (one.name().local().equals(local)) {
        return one.value();
      }
    }
    return null;
  }

  /** Since the last start of an element, stripped. */
  String text() {
    return text.stripped();
  }

  /** False where there is none any more. */
  private boolean toTag() throws IOException {
    text.take(in, NO_TEXT);
    for (int c = in.next(); c != XmlInput.END; c = in.next()) {
      if (c == '<') {
        return true;
      }
      text.append(c == '&' ? reference() : c);
      text.take(in, NO_TEXT);
    }
    return false;
  }

  private void start(int first) throws IOException {
    text.clear();
    attributes.clear();
    name = name(first);
    int c = blanks(in.next());
    while (c != '>' && c != '/') {
      attribute(c);
      c = blanks(in.next());
    }
    if (c == '/') {
      close(in.next());
      closesAtOnce = true;
    }
  }

  private void attribute(int first) throws IOException {
    XmlNames.Name of = name(first);
    int equal = blanks(in.next());
    int quote = blanks(in.next());
    if (equal != '=' || (quote != '"' && quote != '\'')) {
      throw in.broken("an attribute without a value");
    }
    value.clear();
    for (int c = in.next(); c != quote; c = in.next()) {
      if (c == XmlInput.END || c == '<') {
        throw in.broken("an attribute without an end");
      }
      value.append(c == '&' ? reference() : c);
    }
    if (attributes.size() < MAX_ATTRIBUTES) {
      attributes.add(new Attribute(of, value.whole()));
    }
  }

  private XmlNames.Name name(int first) throws IOException {
    int length = 0;
    if (first != XmlInput.END) {
      in.back();
      length = in.take(chars, 0, NO_NAME);
    }
    if (!endsName(in.next())) {
      throw in.broken("no name of an element or attribute");
    }
    if (length == 0) {
      throw in.broken("a name is missing");
    }
    in.back();
    return names.of(chars, length, in);
  }

  private static boolean endsName(int c) {
    return (c <= ' ' && c >= 0) || c == '>' || c == '/' || c == '=';
  }

  /** By their code; blanks and what else has no form stop with the blank. */
  private static boolean[] stops(String chars) {
    boolean[] stops = new boolean[128];
    chars.chars().forEach(c -> stops[c] = true);
    if (stops[' ']) {
      Arrays.fill(stops, 0, ' ', true);
    }
    return stops;
  }

  private int blanks(int first) throws IOException {
    int c = first;
    while (c <= ' ' && c >= 0) {
      c = in.next();
    }
    return c;
  }

  private void close(int c) {
    if (c != '>') {
      throw in.broken("a tag without an end");
    }
  }

  /** The five of XML and numbers; others would need a document type. */
  private int reference() throws IOException {
    int length = 0;
    for (int c = in.next(); c != ';'; c = in.next()) {
      if (length == 10 || c == XmlInput.END) {
        throw in.broken("a reference without an end");
      }
      chars[length++] = (char) c;
    }
    String named = new String(chars, 0, length);
    return switch (named) {
      case "lt" -> '<';
      case "gt" -> '>';
      case "amp" -> '&';
      case "quot" -> '"';
      case "apos" -> '\'';
      default -> number(named);
    };
  }

  private int number(String named) {
    try {
      int code = named.startsWith("#x")
          ? Integer.parseInt(named.substring(2), 16)
          : Integer.parseInt(named.startsWith("#") ? named.substring(1) : "");
      if (Character.isValidCodePoint(code)) {
        return code;
      }
    } catch (NumberFormatException e) {
      throw in.broken("a reference to nothing: " + named);
    }
    throw in.broken("no character: " + named);
  }

  private void declaration() throws IOException {
    switch (in.next()) {
      case '-' -> {
        if (in.next() != '-') {
          throw in.broken("no comment");
        }
        until('-', '-', false);
      }
      case '[' -> section();
      default ->
        throw new MalformedActivityException("XML declares a document type; no activity has one");
    }
  }

  private void section() throws IOException {
    for (char expected : "CDATA[".toCharArray()) {
      if (in.next() != expected) {
        throw in.broken("no section of text");
      }
    }
    until(']', ']', true);
    text.dropLast(2); // its end came along
  }

  /** Past both and a {@code >}; a processing instruction ends with one mark alone. */
  private void until(char first, char second, boolean isText) throws IOException {
    boolean two = first != '?';
    int beforePrevious = 0;
    int previous = 0;
    for (int c = in.next(); c != XmlInput.END; c = in.next()) {
      if (c == '>' && previous == second && (!two || beforePrevious == first)) {
        return;
      }
      if (isText) {
        text.append(c);
      }
      beforePrevious = previous;
      previous = c;
    }
    throw in.broken("a comment, text or instruction without an end");
  }
}
