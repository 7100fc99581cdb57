package io.pacewire.activity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The encoding of an XML file, by its byte order mark or declaration (XML 1.0, appendix F). Wrong
 * bytes then become replacement characters, where the parser's own decoding would give up the file
 * for one badly written title.
 */
final class XmlEncoding {
  private static final int LOOK_AHEAD = 256;
  private static final Pattern DECLARED =
      Pattern.compile("<\\?xml[^>]{0,100}?encoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");

  private XmlEncoding() {}

  /** Leaves the stream where it was; it must support marks. */
  static Charset of(InputStream in) throws IOException {
    in.mark(LOOK_AHEAD);
    byte[] head = in.readNBytes(LOOK_AHEAD);
    in.reset();
    int first = head.length < 2 ? 0 : ((head[0] & 0xFF) << 8) | (head[1] & 0xFF);
    switch (first) {
      case 0xFEFF, 0x003C -> {
        return StandardCharsets.UTF_16BE;
      }
      case 0xFFFE, 0x3C00 -> {
        return StandardCharsets.UTF_16LE;
      }
      default -> {
        return declared(new String(head, StandardCharsets.ISO_8859_1));
      }
    }
  }

  private static Charset declared(String head) {
    Matcher found = DECLARED.matcher(head);
    // What is written in single bytes cannot be UTF-16, whatever it declares.
    if (!found.find() || found.group(1).regionMatches(true, 0, "utf-16", 0, 6)) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(found.group(1));
    } catch (IllegalArgumentException e) {
      throw new MalformedActivityException("XML in an unknown encoding: " + found.group(1), e);
    }
  }
}
