package io.pacewire.training;

import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.BatchHeader;
import io.pacewire.wire.MalformedBatchException;
import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.WireLimits;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what ingest wrote to Kafka. A batch whose envelope headers are unusable cannot be given a
 * place and is a fault of the caller; one whose body cannot be decoded keeps its place as a
 * tombstone. Used from one event loop.
 */
final class TelemetryRecords {
  private final SampleBatch scratch = new SampleBatch();

  /**
   * @param partition of the topic
   * @param header text of a record header by name, null where absent
   * @throws IllegalArgumentException naming the header and its fault
   */
  TelemetryRecord parse(
      int partition, String key, byte[] value, Function<String, @Nullable String> header) {
    UUID athlete = uuid("key", key);
    UUID session = uuid("session", header.apply("session"));
    int writer = (int) number("writer", header.apply("writer"), 0, WireLimits.MAX_WRITERS - 1L);
    int seq = (int) number("seq", header.apply("seq"), 0, WireLimits.MAX_SEQ);
    long received = number("received-at", header.apply("received-at"), 0, Long.MAX_VALUE);
    long sent = number("sent-at", header.apply("sent-at"), Long.MIN_VALUE, Long.MAX_VALUE);
    UUID device = uuid("device", header.apply("device"));
    WriterKey writerKey = new WriterKey(new SessionKey(athlete, session), writer);
    try {
      BatchHeader batch = BatchCodec.decodeHeader(value, 0, value.length);
      String fault = fault(batch, writerKey, seq, value);
      return new TelemetryRecord(
          writerKey,
          device,
          partition,
          seq,
          batch.bodyHash(),
          batch.firstAtEpochMs(),
          batch.lastAtEpochMs(),
          received,
          sent,
          value,
          fault == null ? BatchDigest.of(scratch, seq) : BatchDigest.none(),
          fault);
    } catch (MalformedBatchException e) {
      return new TelemetryRecord(
          writerKey,
          device,
          partition,
          seq,
          0,
          sent,
          sent,
          received,
          sent,
          value,
          BatchDigest.none(),
          "malformed");
    }
  }

  private @Nullable String fault(BatchHeader batch, WriterKey writer, int seq, byte[] value) {
    if (!batch.sessionId().equals(writer.session().sessionId())
        || batch.writer() != writer.writer()
        || batch.seq() != seq) {
      return "malformed";
    }
    if (!BatchCodec.bodyHashMatches(value, batch)) {
      return "hash-mismatch";
    }
    BatchCodec.decode(value, 0, value.length, scratch);
    return null;
  }

  private static UUID uuid(String name, @Nullable String text) {
    if (text == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return UUID.fromString(text);
  }

  private static long number(String name, @Nullable String text, long least, long most) {
    if (text == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    long value = Long.parseLong(text);
    if (value < least || value > most) {
      throw new IllegalArgumentException(name + " out of range: " + value);
    }
    return value;
  }
}
