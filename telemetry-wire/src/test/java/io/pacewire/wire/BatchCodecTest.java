package io.pacewire.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class BatchCodecTest {
  private static final long AT = 1_760_000_000_000L;

  static SampleBatch run(int seconds) {
    SampleBatch batch = new SampleBatch();
    batch.header(new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0001L), 0, 1, 7);
    batch.addMark(Mark.start(AT, 10, "run", "Europe/Moscow", 10_800, "Phone", "1.0", 1));
    for (int i = 0; i < seconds; i++) {
      long at = AT + i * 1_000L;
      batch
          .fixes()
          .add(
              at,
              10 + i * 1_000L,
              557_300_000 + 240 * i,
              376_000_000 - 310 * i,
              13_800 + i,
              450,
              SampleBatch.ABSENT,
              300,
              SampleBatch.ABSENT);
      batch.heartRates().add(at + 3, 13 + i * 1_000L, 140 + i % 5, SampleBatch.ABSENT);
      batch.cadences().add(at, 10 + i * 1_001L, 174);
    }
    return batch;
  }

  @Test
  void theLengthOfAnAcceleration_isThatOfItsVector_eachComponentCutOff() {
    SampleBatch batch = new SampleBatch();
    batch.accels().add(AT, 0, 0, 0, -1_000);
    batch.accels().add(AT, 0, 300, -400, 1_200);
    batch.accels().add(AT, 0, Integer.MAX_VALUE, -40_000, 0);
    assertThat(batch.accels().lengthsMg(2_000))
        .startsWith(1_000f, 1_300f, (float) (2_000 * Math.sqrt(2)));
  }

  @Test
  void whatIsSealedComesBack() {
    SampleBatch sent = run(60);
    SampleBatch got = BatchCodec.decode(BatchCodec.encode(sent));
    assertThat(got.sessionId()).isEqualTo(sent.sessionId());
    assertThat(got.seq()).isEqualTo(7);
    assertThat(got.fixes().size()).isEqualTo(60);
    for (int i = 0; i < 60; i++) {
      assertThat(got.fixes().latitudeE7(i)).isEqualTo(sent.fixes().latitudeE7(i));
      assertThat(got.fixes().longitudeE7(i)).isEqualTo(sent.fixes().longitudeE7(i));
      assertThat(got.fixes().verticalAccuracyCm(i)).isEqualTo(SampleBatch.ABSENT);
      assertThat(got.heartRates().bpm(i)).isEqualTo(sent.heartRates().bpm(i));
      assertThat(got.cadences().monotonicMs(i)).isEqualTo(sent.cadences().monotonicMs(i));
      assertThat(got.fixes().atEpochMs(i)).isEqualTo(sent.fixes().atEpochMs(i));
    }
    assertThat(got.marks()).hasSize(1);
    assertThat(got.marks().get(0).timeZone()).isEqualTo("Europe/Moscow");
    assertThat(BatchCodec.encode(got)).isEqualTo(BatchCodec.encode(sent));
  }

  @Test
  void extremeDeltas_wrapAndComeBack() {
    SampleBatch batch = new SampleBatch();
    batch.header(new UUID(1, 2), 15, Integer.MAX_VALUE, WireLimits.MAX_SEQ);
    int[] values = {Integer.MAX_VALUE, Integer.MIN_VALUE, 0, -1, Integer.MIN_VALUE};
    for (int i = 0; i < values.length; i++) {
      batch.accels().add(AT + i, -5 + i, values[i], values[values.length - 1 - i], 1);
    }
    SampleBatch got = BatchCodec.decode(BatchCodec.encode(batch));
    for (int i = 0; i < values.length; i++) {
      assertThat(got.accels().xMg(i)).isEqualTo(values[i]);
      assertThat(got.accels().yMg(i)).isEqualTo(values[values.length - 1 - i]);
    }
  }

  @Test
  void header_isReadWithoutTheBody() {
    byte[] bytes = BatchCodec.encode(run(10));
    BatchHeader header = BatchCodec.decodeHeader(bytes, 0, bytes.length);
    assertThat(header.seq()).isEqualTo(7);
    assertThat(header.firstAtEpochMs()).isEqualTo(AT);
    assertThat(header.lastAtEpochMs()).isEqualTo(AT + 9_003);
    assertThat(BatchCodec.bodyHashMatches(bytes, header)).isTrue();
  }

  @Test
  void aFlippedBitOfTheBody_isNoticed() {
    byte[] bytes = BatchCodec.encode(run(10));
    bytes[bytes.length - 1] ^= 1;
    assertThatThrownBy(() -> BatchCodec.decode(bytes))
        .isInstanceOf(MalformedBatchException.class)
        .hasMessageContaining("body_hash");
  }

  @Test
  void aBatchOfALaterVersion_isRefusedByName() {
    byte[] bytes = BatchCodec.encode(run(1));
    bytes[1] = 2;
    assertThatThrownBy(() -> BatchCodec.decodeHeader(bytes, 0, bytes.length))
        .hasMessage("wire_version is 2");
  }

  @Test
  void frames_comeBack() {
    byte[] batch = BatchCodec.encode(run(2));
    ClientFrame publish = ClientFrame.parse(ClientFrame.publish(AT, "00-ab", batch));
    Envelope envelope = Envelope.parse(publish.envelope());
    assertThat(envelope.sentAtEpochMs()).isEqualTo(AT);
    assertThat(envelope.traceparent()).isEqualTo("00-ab");
    assertThat(envelope.batchLength()).isEqualTo(batch.length);
    UUID session = new UUID(5, 6);
    assertThat(ClientFrame.parse(ClientFrame.query(session, 3)).sessionId()).isEqualTo(session);
    assertThat(ClientFrame.parse(ClientFrame.renewal("e.y.J")).token()).isEqualTo("e.y.J");
    LedgerEntry entry = new LedgerEntry(session, 3);
    entry.acked().add(0, 4);
    entry.stored().add(0, 2);
    entry.stored().add(4, 4);
    entry.refuse(3, "malformed");
    entry.complete(true);
    ServerFrame frame = ServerFrame.parse(ServerFrame.of(entry, AT).encode());
    LedgerEntry got = frame.ledger().get(0);
    assertThat(got.stored().toString()).isEqualTo("[0..2, 4..4]");
    assertThat(got.refused()).containsEntry(3, "malformed");
    assertThat(got.isComplete()).isTrue();
    assertThat(ServerFrame.parse(ServerFrame.hello(1_000, 9, AT).encode()).window())
        .isEqualTo(9);
  }

  @Test
  void topics_nameTheirSession() {
    UUID id = UUID.randomUUID();
    assertThat(DeviceTopics.sessionOfBatches(DeviceTopics.batches(id))).contains(id);
    assertThat(DeviceTopics.sessionOfBatches("v1/sessions/x/batches")).isEmpty();
    assertThat(DeviceTopics.sessionOfBatches(DeviceTopics.ledger(id))).isEmpty();
  }
}
