package io.pacewire.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.pacewire.wire.MalformedBatchException;
import java.io.IOException;

/**
 * Whether bytes are JSON as it is written (RFC 8259), with each name once in an object: of two one would
 * silently be lost. Pure.
 */
final class StrictJson {
  private static final int LONGEST_SHOWN = 64;
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private StrictJson() {}

  /** @throws MalformedBatchException naming what is there twice */
  static void check(byte[] json) {
    try (JsonParser parser = JSON.createParser(json)) {
      try {
        while (parser.nextToken() != null) {
          // its names are looked at as it goes
        }
      } catch (JsonParseException e) {
        throw fault(parser, e);
      }
    } catch (IOException e) {
      throw new MalformedBatchException("body is no JSON");
    }
  }

  private static MalformedBatchException fault(JsonParser parser, JsonParseException e) {
    String message = String.valueOf(e.getOriginalMessage());
    if (!message.startsWith("Duplicate field")) {
      return new MalformedBatchException("body is no JSON");
    }
    int from = message.indexOf('\'');
    String name = message.substring(from + 1, Math.max(from + 1, message.lastIndexOf('\'')));
    String path = path(parser.getParsingContext());
    return new MalformedBatchException(
        (path.isEmpty() ? "" : path + ".") + shown(name) + " is there twice");
  }

  /** Of the object that is read, as {@link JsonPart} says it. */
  private static String path(JsonStreamContext object) {
    StringBuilder path = new StringBuilder();
    for (JsonStreamContext at = object.getParent(); at != null; at = at.getParent()) {
      if (at.inArray()) {
        path.insert(0, "[" + at.getCurrentIndex() + "]");
      } else if (at.inObject()) {
        path.insert(0, (at.getParent().inRoot() ? "" : ".") + shown(at.getCurrentName()));
      }
    }
    return path.toString();
  }

  private static String shown(String name) {
    return name.length() > LONGEST_SHOWN ? name.substring(0, LONGEST_SHOWN) : name;
  }
}
