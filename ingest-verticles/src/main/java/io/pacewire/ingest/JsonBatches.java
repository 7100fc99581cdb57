package io.pacewire.ingest;

import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.Envelope;
import io.pacewire.wire.MalformedBatchException;
import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.ScalarColumn;
import io.pacewire.wire.WireLimits;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;

/**
 * Seals batches out of JSON for quick trials: the shape of {@code telemetry.proto}, with the body as
 * an object and the session as the text of a UUID. What sealing computes (last_at_epoch_ms,
 * body_hash) may be there and is not believed. The same JSON gives the same bytes. Pure.
 */
public final class JsonBatches {
  private static final String[] SCALARS = {
    "rr_intervals", "cadences", "powers", "speeds", "temperatures", "pressures", "altitudes"
  };

  private JsonBatches() {}

  /**
   * One envelope, or an array of them.
   *
   * @param nowMs taken where an envelope does not say when it was sent
   * @throws MalformedBatchException naming the field and its fault
   */
  public static List<byte[]> seal(Buffer json, int most, long nowMs) {
    Object root;
    StrictJson.check(json.getBytes());
    try {
      root = Json.decodeValue(json);
    } catch (DecodeException e) {
      throw new MalformedBatchException("body is no JSON");
    }
    JsonArray envelopes = root instanceof JsonArray several ? several : new JsonArray().add(root);
    if (envelopes.size() > most) {
      throw new MalformedBatchException(
          "body has " + envelopes.size() + " envelopes, at most " + most);
    }
    List<byte[]> sealed = new ArrayList<>(envelopes.size());
    for (int i = 0; i < envelopes.size(); i++) {
      String path = root instanceof JsonArray ? "[" + i + "]" : "";
      sealed.add(envelope(JsonPart.of(path, envelopes.getValue(i)), nowMs));
    }
    return sealed;
  }

  private static byte[] envelope(JsonPart envelope, long nowMs) {
    long sentAt = envelope.number("sent_at_epoch_ms", nowMs, 0, WireLimits.MAX_EPOCH_MS);
    String traceparent = envelope.text("traceparent");
    byte[] batch = batch(envelope.part("batch"));
    envelope.requireAllRead();
    try {
      return Envelope.encode(sentAt, traceparent, batch);
    } catch (IllegalArgumentException e) {
      throw new MalformedBatchException(String.valueOf(e.getMessage()));
    }
  }

  private static byte[] batch(JsonPart batch) {
    SampleBatch sealed = new SampleBatch();
    long unused = batch.number(
        "wire_version", WireLimits.WIRE_VERSION, WireLimits.WIRE_VERSION, WireLimits.WIRE_VERSION);
    sealed.header(
        batch.uuid("session_id"),
        (int) batch.number("writer", 0, 0, WireLimits.MAX_WRITERS - 1),
        (int) batch.number("install_epoch", 0, 0, Integer.MAX_VALUE),
        (int) batch.number("seq", 0, WireLimits.MAX_SEQ));
    long first = batch.number("first_at_epoch_ms", 0, WireLimits.MAX_EPOCH_MS);
    batch.ignore("last_at_epoch_ms");
    batch.ignore("body_hash");
    body(batch.part("body"), first, sealed);
    batch.requireAllRead();
    try {
      return BatchCodec.encode(sealed);
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw new MalformedBatchException(
          batch.path("body") + " cannot be sealed: " + e.getMessage());
    }
  }

  private static void body(JsonPart body, long firstMs, SampleBatch into) {
    fixes(body, firstMs, into);
    accels(body, firstMs, into);
    heartRates(body, firstMs, into);
    ScalarColumn[] scalars = {
      into.rrIntervals(),
      into.cadences(),
      into.powers(),
      into.speeds(),
      into.temperatures(),
      into.pressures(),
      into.altitudes()
    };
    for (int i = 0; i < SCALARS.length; i++) {
      if (body.has(SCALARS[i])) {
        JsonColumn column = JsonColumn.read(body.part(SCALARS[i]), firstMs, 1, "value");
        for (int at = 0; at < column.size(); at++) {
          scalars[i].add(column.atEpochMs(at), column.monotonicMs(at), column.value(0, at));
        }
      }
    }
    marks(body, into);
    body.requireAllRead();
  }

  private static void fixes(JsonPart body, long firstMs, SampleBatch into) {
    if (!body.has("fixes")) {
      return;
    }
    JsonColumn column = JsonColumn.read(
        body.part("fixes"),
        firstMs,
        2,
        "latitude_e7",
        "longitude_e7",
        "altitude_cm",
        "accuracy_cm",
        "vertical_accuracy_cm",
        "speed_cms",
        "bearing_cdeg");
    for (int i = 0; i < column.size(); i++) {
      into.fixes()
          .add(
              column.atEpochMs(i),
              column.monotonicMs(i),
              column.value(0, i),
              column.value(1, i),
              column.value(2, i),
              column.value(3, i),
              column.value(4, i),
              column.value(5, i),
              column.value(6, i));
    }
  }

  private static void accels(JsonPart body, long firstMs, SampleBatch into) {
    if (!body.has("accels")) {
      return;
    }
    JsonColumn column = JsonColumn.read(body.part("accels"), firstMs, 3, "x_mg", "y_mg", "z_mg");
    for (int i = 0; i < column.size(); i++) {
      into.accels()
          .add(
              column.atEpochMs(i),
              column.monotonicMs(i),
              column.value(0, i),
              column.value(1, i),
              column.value(2, i));
    }
  }

  private static void heartRates(JsonPart body, long firstMs, SampleBatch into) {
    if (!body.has("heart_rates")) {
      return;
    }
    JsonColumn column = JsonColumn.read(body.part("heart_rates"), firstMs, 1, "bpm", "contact");
    for (int i = 0; i < column.size(); i++) {
      into.heartRates()
          .add(column.atEpochMs(i), column.monotonicMs(i), column.value(0, i), column.value(1, i));
    }
  }

  private static void marks(JsonPart body, SampleBatch into) {
    JsonArray marks = body.array("marks");
    if (marks.size() > WireLimits.MAX_MARKS) {
      throw new MalformedBatchException(
          body.path("marks") + " has more than " + WireLimits.MAX_MARKS);
    }
    for (int i = 0; i < marks.size(); i++) {
      String path = body.path("marks") + "[" + i + "]";
      into.addMark(JsonMark.read(JsonPart.of(path, marks.getValue(i))));
    }
  }
}
