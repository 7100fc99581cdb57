package io.pacewire.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.ingest.Admission.Admitted;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.Envelope;
import io.pacewire.wire.SampleBatch;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Kafka gets of a batch: headers that are kept from one to the next say the right thing each time. */
class SamplePublisherTest {
  private static final long NOW_MS = 1_780_000_000_000L;
  private static final UUID SESSION = new UUID(0x1970000_00007000L, 0x80000000_00000001L);

  private final Vertx vertx = Vertx.vertx();
  private final MockProducer<String, byte[]> kafka =
      new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
  private long nowMs = NOW_MS;
  private final SamplePublisher publisher = new SamplePublisher(
      new PublishLoop(vertx.getOrCreateContext(), kafka, 1 << 20),
      () -> Instant.ofEpochMilli(nowMs));

  private static final class NoDoor implements Door {
    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void flush() {}

    @Override
    public void fail(String reason) {}
  }

  @AfterEach
  void close() throws Exception {
    var unused = vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void twoAthletesWithOneSessionId_keepTheirOwnKeysAndDevices() {
    Device one = device(1);
    Device other = device(2);
    publish(one, 0, 7, NOW_MS - 5);
    publish(other, 3, 1_048_575, NOW_MS);
    nowMs += 1;
    publish(one, 0, 10, NOW_MS + 1);
    List<ProducerRecord<String, byte[]>> sent = kafka.history();
    assertThat(sent)
        .extracting(ProducerRecord::key)
        .containsExactly(
            one.athleteId().toString(),
            other.athleteId().toString(),
            one.athleteId().toString());
    assertThat(headers(sent.get(0))).isEqualTo(expected(one, 0, 7, NOW_MS, NOW_MS - 5));
    assertThat(headers(sent.get(1))).isEqualTo(expected(other, 3, 1_048_575, NOW_MS, NOW_MS));
    assertThat(headers(sent.get(2))).isEqualTo(expected(one, 0, 10, NOW_MS + 1, NOW_MS + 1));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 9, 10, 99, 100, 1_048_575, 253_402_300_799_999L, Long.MAX_VALUE})
  void decimals_areThoseOfAString(long value) {
    assertThat(Decimal.ascii(value)).isEqualTo(Long.toString(value).getBytes(UTF_8));
  }

  private void publish(Device device, int writer, int seq, long sentAtMs) {
    SampleBatch batch = new SampleBatch();
    batch.header(SESSION, writer, 1, seq);
    batch.heartRates().add(NOW_MS, 0, 120, SampleBatch.ABSENT);
    byte[] message = Envelope.encode(sentAtMs, null, BatchCodec.encode(batch));
    Admitted admitted = (Admitted) new BatchAdmission(65_536).admit(message, SESSION, 1_000);
    publisher.publish(device, admitted, new NoDoor(), () -> {}, refused -> {});
  }

  private static Map<String, String> expected(
      Device device, int writer, int seq, long receivedAtMs, long sentAtMs) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("session", SESSION.toString());
    headers.put("writer", Integer.toString(writer));
    headers.put("seq", Integer.toString(seq));
    headers.put("device", device.deviceId().toString());
    headers.put("received-at", Long.toString(receivedAtMs));
    headers.put("sent-at", Long.toString(sentAtMs));
    return headers;
  }

  private static Map<String, String> headers(ProducerRecord<String, byte[]> record) {
    Map<String, String> headers = new LinkedHashMap<>();
    record
        .headers()
        .forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
    return headers;
  }

  private static Device device(long number) {
    return new Device(new UUID(number, 1), new UUID(number, 2), "public", NOW_MS + 60_000, NOW_MS);
  }
}
