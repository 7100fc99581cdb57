package io.pacewire.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the golden files hold, as it is written today. */
final class GoldenMessages {
  private static final long AT = Batches.AT;
  private static final int ABSENT = SampleBatch.ABSENT;

  private GoldenMessages() {}

  static Map<String, byte[]> all() {
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put("batch-start-of-a-run", BatchCodec.encode(startOfARun()));
    all.put("batch-every-column", BatchCodec.encode(everyColumn()));
    all.put("batch-arm-swing", BatchCodec.encode(armSwing()));
    all.put("batch-clock-set-back", BatchCodec.encode(clockSetBack()));
    all.put("batch-farthest-values", BatchCodec.encode(farthestValues()));
    all.put("batch-skip-and-finish", BatchCodec.encode(skipAndFinish()));
    all.put("batch-of-a-later-version", laterVersion());
    all.put("batch-altimeter-alone", BatchCodec.encode(altimeterAlone()));
    all.put("client-publish", ClientFrame.publish(AT + 5_000, trace(), armSwingBytes()));
    all.put("client-query", ClientFrame.query(Batches.SESSION, 3));
    all.put("client-renewal", ClientFrame.renewal("eyJhbGciOiJFUzI1NiJ9.e30.c2ln"));
    all.put("server-hello", ServerFrame.hello(65_536, 256, AT).encode());
    all.put("server-warning", ServerFrame.warning("token-expires", AT).encode());
    all.put("server-ledger", ServerFrame.of(List.of(change(), whole()), AT + 1).encode());
    return all;
  }

  static String meaningOfClientFrame(byte[] bytes) {
    ClientFrame frame = ClientFrame.parse(bytes);
    return switch (frame.kind()) {
      case PUBLISH -> {
        Envelope envelope = Envelope.parse(frame.envelope());
        SampleBatch batch = new SampleBatch();
        BatchCodec.decode(envelope.buffer(), envelope.batchFrom(), envelope.batchLength(), batch);
        yield "sent "
            + envelope.sentAtEpochMs()
            + " trace "
            + envelope.traceparent()
            + "\n"
            + BatchText.of(batch);
      }
      case QUERY -> "query " + frame.sessionId() + " writer " + frame.writer() + "\n";
      case RENEWAL -> "renewal " + frame.token() + "\n";
    };
  }

  static String meaningOfServerFrame(byte[] bytes) {
    ServerFrame frame = ServerFrame.parse(bytes);
    StringBuilder text = new StringBuilder("at " + frame.serverAtEpochMs());
    text.append(" warning ").append(frame.warning());
    text.append(" limits ").append(frame.maxBatchBytes()).append(' ').append(frame.window());
    for (LedgerEntry entry : frame.ledger()) {
      text.append('\n').append(entry.sessionId()).append(" writer ").append(entry.writer());
      text.append(" acked ").append(entry.acked()).append(" stored ").append(entry.stored());
      text.append(" refused ").append(entry.refused());
      text.append(entry.isComplete() ? " complete" : " change");
    }
    return text.append('\n').toString();
  }

  private static SampleBatch startOfARun() {
    SampleBatch batch = Batches.empty(0);
    batch.addMark(
        Mark.start(AT, 7_000, "run", "Europe/Moscow", 10_800, "Телефон", "pacewire 0.1", 2));
    int[] latitudes = {557_300_000, 557_300_271, 557_300_544};
    for (int i = 0; i < latitudes.length; i++) {
      long at = i * 1_000L;
      batch
          .fixes()
          .add(
              AT + at, 7_000 + at, latitudes[i], 376_000_000 - 90 * i, 13_800, 450, ABSENT, 301, 4);
      batch.heartRates().add(AT + at + 40, 7_040 + at, 120 + i, i == 0 ? 0 : 1);
    }
    return batch;
  }

  private static SampleBatch everyColumn() {
    SampleBatch batch = Batches.empty(3);
    for (int i = 0; i < 3; i++) {
      long at = AT + i * 1_000L;
      long monotonic = 9_000 + i * 1_000L;
      batch.fixes().add(at, monotonic, i, -i, 100 * i, 300, 500, ABSENT, i == 1 ? 35_999 : ABSENT);
      batch.accels().add(at + 1, monotonic + 1, -12 + i, 30 - i, 998 + i);
      batch.heartRates().add(at + 2, monotonic + 2, 131 + i, ABSENT);
      batch.rrIntervals().add(at + 3, monotonic + 3, 468 - i);
      batch.cadences().add(at + 4, monotonic + 4, 172 + i);
      batch.powers().add(at + 5, monotonic + 5, 245 + 3 * i);
      batch.speeds().add(at + 6, monotonic + 6, 301 + i);
      batch.temperatures().add(at + 7, monotonic + 7, -1_250 + i);
      batch.pressures().add(at + 8, monotonic + 8, 99_820 - i);
    }
    return batch;
  }

  /** In a tunnel. */
  private static SampleBatch altimeterAlone() {
    SampleBatch batch = Batches.empty(8);
    for (int i = 0; i < 3; i++) {
      batch.altitudes().add(AT + i * 1_000L, 9_000 + i * 1_000L, -210 - 35 * i);
    }
    return batch;
  }

  private static SampleBatch armSwing() {
    SampleBatch batch = Batches.empty(4);
    int[] swing = {0, 180, 290, 260, 90, -120, -270, -280, -110, 70};
    for (int i = 0; i < swing.length; i++) {
      long at = i * 20L;
      batch.accels().add(AT + at, 9_000 + at, swing[i], swing[i] / 2, 1_000 + 2 * swing[i]);
    }
    return batch;
  }

  private static byte[] armSwingBytes() {
    return BatchCodec.encode(armSwing());
  }

  /** The wall clock jumps back by an hour; the monotonic one goes on. */
  private static SampleBatch clockSetBack() {
    SampleBatch batch = Batches.empty(5);
    long[] walls = {AT, AT + 1_000, AT - 3_598_000, AT - 3_597_000};
    for (int i = 0; i < walls.length; i++) {
      batch.heartRates().add(walls[i], 100 + i * 1_000L, 140, ABSENT);
    }
    return batch;
  }

  private static SampleBatch farthestValues() {
    SampleBatch batch = new SampleBatch();
    batch.header(new UUID(-1, -1), 15, Integer.MAX_VALUE, WireLimits.MAX_SEQ);
    int[] values = {Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE, 0};
    for (int i = 0; i < values.length; i++) {
      long at = i % 2 == 0 ? 0 : WireLimits.MAX_EPOCH_MS;
      batch
          .accels()
          .add(at, i % 2 == 0 ? Long.MIN_VALUE : Long.MAX_VALUE, values[i], -values[i], i);
    }
    return batch;
  }

  private static SampleBatch skipAndFinish() {
    SampleBatch batch = Batches.empty(41);
    batch.addMark(Mark.skip(AT, 1_000, 7, 12));
    batch.addMark(Mark.pause(AT + 1_000, 2_000));
    batch.addMark(Mark.resume(AT + 61_000, 62_000));
    batch.addMark(Mark.lap(AT + 62_000, 63_000));
    batch.addMark(Mark.finish(AT + 63_000, 64_000, 42));
    return batch;
  }

  /** A header field, a column and a kind of mark that this version does not know. */
  private static byte[] laterVersion() {
    ProtoWriter body = new ProtoWriter(64);
    SampleBatch known = armSwing();
    known.accels().column().write(body, 2, AT);
    body.raw(4, new byte[] {8, 99}, 0, 2);
    body.text(30, "a column of tomorrow");
    ProtoWriter out = new ProtoWriter(256);
    out.uint(1, 1);
    byte[] session = Uuids.toBytes(Batches.SESSION);
    out.raw(2, session, 0, session.length);
    out.sint64(6, AT);
    out.sint64(7, AT + 180);
    out.fixed64(8, XxHash64.hash(body.buffer(), 0, body.position()));
    out.text(9, "a header field of tomorrow");
    out.raw(15, body.buffer(), 0, body.position());
    return out.toBytes();
  }

  private static String trace() {
    return "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  }

  private static LedgerEntry change() {
    LedgerEntry change = new LedgerEntry(Batches.SESSION, 0);
    change.acked().add(41, 41);
    return change;
  }

  private static LedgerEntry whole() {
    LedgerEntry whole = new LedgerEntry(Batches.SESSION, 15);
    whole.acked().add(0, 6);
    whole.acked().add(13, WireLimits.MAX_SEQ);
    whole.stored().add(0, 2);
    whole.stored().add(4, 4);
    whole.refuse(3, "malformed");
    whole.refuse(5, "conflicting-content");
    whole.complete(true);
    return whole;
  }
}
