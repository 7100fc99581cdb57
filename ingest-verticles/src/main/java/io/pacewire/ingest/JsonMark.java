package io.pacewire.ingest;

import io.pacewire.wire.MalformedBatchException;
import io.pacewire.wire.Mark;
import io.pacewire.wire.WireLimits;
import org.jspecify.annotations.Nullable;

/** A mark of a batch in JSON; its kind by name, as protobuf's own JSON has it. */
final class JsonMark {
  private JsonMark() {}

  static Mark read(JsonPart mark) {
    String kind = text(mark.text("kind"));
    long at = mark.number("at_epoch_ms", 0, WireLimits.MAX_EPOCH_MS);
    long monotonic = mark.number("monotonic_ms", 0, 0, WireLimits.MAX_EPOCH_MS);
    Mark read = switch (kind) {
      case "START" -> start(mark, at, monotonic);
      case "PAUSE" -> Mark.pause(at, monotonic);
      case "RESUME" -> Mark.resume(at, monotonic);
      case "LAP" -> Mark.lap(at, monotonic);
      case "FINISH" ->
        Mark.finish(at, monotonic, (int) mark.number("batch_count", 0, 0, WireLimits.MAX_SEQ + 1));
      case "SKIP" -> skip(mark, at, monotonic);
      default ->
        throw new MalformedBatchException(
            mark.path("kind") + " must be START, PAUSE, RESUME, LAP, FINISH or SKIP");
    };
    mark.requireAllRead();
    return read;
  }

  private static Mark start(JsonPart mark, long at, long monotonic) {
    try {
      return Mark.start(
          at,
          monotonic,
          text(mark.text("sport")),
          text(mark.text("time_zone")),
          (int) mark.number("utc_offset_s", 0, Integer.MIN_VALUE, Integer.MAX_VALUE),
          text(mark.text("device_name")),
          text(mark.text("app_version")),
          (int) mark.number("consent_version", 0, 0, Integer.MAX_VALUE));
    } catch (IllegalArgumentException e) {
      throw new MalformedBatchException(mark.path(String.valueOf(e.getMessage())));
    }
  }

  private static Mark skip(JsonPart mark, long at, long monotonic) {
    int to = (int) mark.number("to_seq", 0, 0, WireLimits.MAX_SEQ);
    return Mark.skip(at, monotonic, (int) mark.number("from_seq", 0, 0, to), to);
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
