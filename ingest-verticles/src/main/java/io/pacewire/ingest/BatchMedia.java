package io.pacewire.ingest;

import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a request's batches are written.
 *
 * @param form what the body is once it is unpacked
 */
record BatchMedia(Form form, boolean gzip) {
  static final String ACCEPTED =
      "application/x-protobuf, application/x-protobuf;encoding=delimited,"
          + " application/json; each also with Content-Encoding: gzip";

  /** What a body holds. */
  enum Form {
    /** One envelope. */
    ENVELOPE,
    /** Envelopes, each behind its length as a varint, as protobuf's writeDelimitedTo does. */
    DELIMITED,
    /** One envelope or an array of them, in JSON. */
    JSON
  }

  /** @throws ProblemException 415, with what would be taken */
  static BatchMedia of(@Nullable String contentType, @Nullable String contentEncoding) {
    return new BatchMedia(form(contentType), gzip(contentEncoding));
  }

  /** Whether an event loop may take it apart by itself. */
  boolean isPlain() {
    return !gzip && form != Form.JSON;
  }

  private static Form form(@Nullable String contentType) {
    String[] parts =
        (contentType == null ? "" : contentType).toLowerCase(Locale.ROOT).split(";", 9);
    return switch (parts[0].trim()) {
      case "application/json" -> Form.JSON;
      case "application/x-protobuf", "application/protobuf" ->
        Arrays.stream(parts).map(String::trim).anyMatch("encoding=delimited"::equals)
            ? Form.DELIMITED
            : Form.ENVELOPE;
      default -> throw unsupported("Content-Type is not " + ACCEPTED);
    };
  }

  private static boolean gzip(@Nullable String contentEncoding) {
    return switch (contentEncoding == null ? "" : contentEncoding.trim().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> false;
      case "gzip", "x-gzip" -> true;
      default -> throw unsupported("Content-Encoding is neither gzip nor identity");
    };
  }

  private static ProblemException unsupported(String detail) {
    return new ProblemException(
        Problem.of(415, "unsupported-media-type", "This is no form of a batch", detail)
            .with("accepted", ACCEPTED));
  }
}
