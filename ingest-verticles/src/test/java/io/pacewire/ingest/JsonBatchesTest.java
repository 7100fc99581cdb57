package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.Envelope;
import io.pacewire.wire.MalformedBatchException;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonBatchesTest {
  private static final long NOW_MS = 1_780_000_000_000L;
  private static final UUID SESSION = UUID.fromString("01970000-0000-7000-8000-000000000001");

  @Test
  void whatSealsOutOfJson_isWhatTheSameCallsSeal() {
    SampleBatch same = new SampleBatch();
    same.header(SESSION, 2, 1, 9);
    same.addMark(
        Mark.start(NOW_MS - 2_000, 5_000, "run", "Europe/Moscow", 10_800, "phone", "1.0", 1));
    int none = SampleBatch.ABSENT;
    same.fixes().add(NOW_MS - 2_000, 5_000, 557_000_000, 376_000_000, none, 400, none, none, none);
    same.fixes().add(NOW_MS - 1_000, 6_000, 557_000_030, 376_000_010, none, 400, none, none, none);
    same.fixes().add(NOW_MS, 7_000, 557_000_060, 376_000_020, none, 500, none, none, none);
    same.heartRates().add(NOW_MS - 1_000, 6_001, 120, none);
    same.powers().add(NOW_MS, 7_000, 250);
    JsonObject json = envelope();
    json.getJsonObject("batch").put("writer", 2).put("installEpoch", "1").put("seq", 9);
    byte[] sealed = seal(json).get(0);
    Envelope envelope = Envelope.parse(sealed);
    assertThat(envelope.sentAtEpochMs()).isEqualTo(NOW_MS + 5);
    byte[] batch = java.util.Arrays.copyOfRange(
        sealed, envelope.batchFrom(), envelope.batchFrom() + envelope.batchLength());
    assertThat(batch).isEqualTo(BatchCodec.encode(same));
  }

  @Test
  void theSameJson_givesTheSameBytes_andNamesMayBeInCamelCase() {
    JsonObject camel = new JsonObject(envelope()
        .encode()
        .replace("first_at_epoch_ms", "firstAtEpochMs")
        .replace("latitude_e7", "latitudeE7")
        .replace("wall_delta_ms", "wallDeltaMs"));
    assertThat(seal(camel).get(0)).isEqualTo(seal(envelope()).get(0));
  }

  @Test
  void anArray_isSeveralBatches_andTooManyAreNone() {
    JsonArray two = new JsonArray().add(envelope()).add(envelope());
    assertThat(JsonBatches.seal(two.toBuffer(), 2, NOW_MS)).hasSize(2);
    assertThatThrownBy(() -> JsonBatches.seal(two.toBuffer(), 1, NOW_MS))
        .isInstanceOf(MalformedBatchException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"seq\":0 | \"sek\":0 | batch.seq is missing",
        "\"seq\":0 | \"seq\":-1 | batch.seq is -1",
        "\"seq\":0 | \"seq\":1.5 | batch.seq is no whole number",
        "\"seq\":0 | \"seq\":99999999999999999999999 | batch.seq is",
        "\"seq\":0 | \"seq\":0,\"colour\":1 | batch.colour is unknown",
        "01970000- | 0197-0000- | batch.session_id is no UUID",
        "557000000,30,30 | 557000000,30 | batch.body.fixes.longitude_e7 has 3 values for 2 samples",
        "557000000,30,30 | 557000000,null,30 | batch.body.fixes.latitude_e7[1] is no whole number",
        "\"bpm\":[120] | \"bpm\":[120,1] | batch.body.heart_rates.clock.wall_delta_ms has 0 values",
        "START | BEGIN | batch.body.marks[0].kind must be",
        "\"value\":[250] | \"value\":[] | SEALS",
        "\"first_at_epoch_ms\" | \"first\" | batch.first_at_epoch_ms is missing"
      })
  void faults_areNamedWithTheirWholePath(String was, String is, String fault) {
    String json = envelope().encode();
    assertThat(json).contains(was);
    Buffer changed = Buffer.buffer(json.replace(was, is));
    if (fault.equals("SEALS")) {
      assertThat(JsonBatches.seal(changed, 1, NOW_MS)).hasSize(1);
    } else {
      assertThatThrownBy(() -> JsonBatches.seal(changed, 1, NOW_MS))
          .isInstanceOf(MalformedBatchException.class)
          .hasMessageContaining(fault);
    }
  }

  @Test
  void whateverComes_isABatchOrAFault_andNothingElse() {
    Random random = new Random(7);
    byte[] json = envelope().toBuffer().getBytes();
    int sealed = 0;
    for (int i = 0; i < 3_000; i++) {
      byte[] hostile = json.clone();
      for (int change = random.nextInt(4); change >= 0; change--) {
        hostile[random.nextInt(hostile.length)] =
            (byte) " 0123456789-,:[]{}\"tfn".charAt(random.nextInt(22));
      }
      try {
        sealed += JsonBatches.seal(Buffer.buffer(hostile), 4, NOW_MS).size();
      } catch (MalformedBatchException expected) {
        assertThat(expected.getMessage()).isNotBlank();
      }
    }
    assertThat(sealed).isPositive();
  }

  private static List<byte[]> seal(JsonObject json) {
    return JsonBatches.seal(json.toBuffer(), 1, NOW_MS);
  }

  private static JsonObject envelope() {
    return new JsonObject()
        .put("sent_at_epoch_ms", NOW_MS + 5)
        .put(
            "batch",
            new JsonObject()
                .put("session_id", SESSION.toString())
                .put("seq", 0)
                .put("first_at_epoch_ms", NOW_MS - 2_000)
                .put("body_hash", "17")
                .put("body", body(NOW_MS)));
  }

  /** Three fixes up to {@code lastMs}, a heart rate, a power and a start. */
  static JsonObject body(long lastMs) {
    return new JsonObject("{'fixes':{'clock':{'first_monotonic_ms':5000,".replace('\'', '"')
        + ("'wall_delta_ms':[1000,1000]},'latitude_e7':[557000000,30,30],"
                + "'longitude_e7':[376000000,10,10],'accuracy_cm':[400,0,100]},"
                + "'heart_rates':{'clock':{'first_wall_offset_ms':1000,"
                + "'first_monotonic_ms':6001},'bpm':[120]},"
                + "'powers':{'clock':{'first_wall_offset_ms':2000,'first_monotonic_ms':7000},"
                + "'value':[250]},"
                + "'marks':[{'kind':'START','at_epoch_ms':" + (lastMs - 2_000)
                + ",'monotonic_ms':5000,'sport':'run','time_zone':'Europe/Moscow',"
                + "'utc_offset_s':10800,'device_name':'phone','app_version':'1.0',"
                + "'consent_version':1}]}")
            .replace('\'', '"'));
  }

  /** Of two one would go missing, and nobody would learn of it. */
  @ParameterizedTest
  @CsvSource({
    "'\"seq\":0', '\"seq\":0,\"seq\":1', batch.seq is there twice",
    "'\"batch\":{', '\"batch\":{},\"batch\":{', batch is there twice",
    "'\"bpm\":', '\"bpm\":[1],\"bpm\":', batch.body.heart_rates.bpm is there twice",
    "'\"seq\":0', '\"seq\":0,\"sessionId\":\"x\"', batch.session_id is there as sessionId too",
    "'\"seq\":0', '\"seq\":/* none */0', body is no JSON",
  })
  void whatIsThereTwice_isRefused_withItsName(String part, String instead, String fault) {
    JsonObject json = envelope();
    json.getJsonObject("batch").put("seq", 0);
    String text = json.encode();
    assertThat(text).contains(part);
    int at = text.indexOf(part);
    String twice = text.substring(0, at) + instead + text.substring(at + part.length());
    assertThatThrownBy(() -> JsonBatches.seal(Buffer.buffer(twice), 1, NOW_MS))
        .isInstanceOf(MalformedBatchException.class)
        .hasMessage(fault);
    assertThatThrownBy(() -> JsonBatches.seal(Buffer.buffer("[" + twice + "]"), 1, NOW_MS))
        .isInstanceOf(MalformedBatchException.class)
        .hasMessage(fault.startsWith("body") ? fault : "[0]." + fault);
  }
}
