package io.pacewire.training;

import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.SessionIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** What the phone of a runner seals: due north at 3 m/s with a little noise, ten fixes a batch. */
final class RecordedRun {
  static final long START_MS = 1_780_000_000_000L;
  static final int FIXES_A_BATCH = 10;
  private static final int NORTH_E7_A_SECOND = 270; // 3.0 m

  final UUID athlete;
  final UUID session;
  final UUID device = UUID.randomUUID();
  private final int batches;
  private final List<SampleBatch> sealed = new ArrayList<>();

  private RecordedRun(UUID athlete, UUID session, int batches) {
    this.athlete = athlete;
    this.session = session;
    this.batches = batches;
  }

  private static RecordedRun fresh(int batches) {
    return new RecordedRun(UUID.randomUUID(), SessionIds.next(START_MS, new Random()), batches);
  }

  static RecordedRun of(int batches) {
    return fresh(batches).seal("run", 7, true);
  }

  static RecordedRun withoutFinish(int batches) {
    return fresh(batches).seal("run", 7, false);
  }

  static RecordedRun ofSport(String sport, int batches) {
    return fresh(batches).seal(sport, 7, true);
  }

  /** Says that it is this session, and holds other samples. */
  RecordedRun forgery() {
    return new RecordedRun(athlete, session, batches).seal("run", 8, true);
  }

  private RecordedRun seal(String sport, int seed, boolean finished) {
    Random noise = new Random(seed);
    for (int seq = 0; seq < batches; seq++) {
      SampleBatch batch = new SampleBatch();
      batch.header(session, 0, 0, seq);
      if (seq == 0) {
        batch.addMark(Mark.start(START_MS, 0, sport, "Europe/Berlin", 7_200, "Phone", "1.0", 1));
      }
      for (int i = 0; i < FIXES_A_BATCH; i++) {
        int second = seq * FIXES_A_BATCH + i;
        long at = START_MS + second * 1_000L;
        batch
            .fixes()
            .add(
                at,
                second * 1_000L,
                523_000_000 + second * NORTH_E7_A_SECOND + noise.nextInt(41) - 20,
                134_000_000 + noise.nextInt(61) - 30,
                SampleBatch.ABSENT,
                400,
                SampleBatch.ABSENT,
                SampleBatch.ABSENT,
                SampleBatch.ABSENT);
        batch.heartRates().add(at, second * 1_000L, 140 + noise.nextInt(20), SampleBatch.ABSENT);
      }
      if (finished && seq == batches - 1) {
        batch.addMark(Mark.finish(lastAtMs(seq), batch.lastAtEpochMs() - START_MS, batches));
      }
      sealed.add(batch);
    }
    return this;
  }

  /** Batch {@code seq} says that others had to be dropped. */
  RecordedRun skipping(int seq, int fromSeq, int toSeq) {
    sealed.get(seq).addMark(Mark.skip(lastAtMs(seq), lastAtMs(seq) - START_MS, fromSeq, toSeq));
    return this;
  }

  int batches() {
    return batches;
  }

  SessionKey key() {
    return new SessionKey(athlete, session);
  }

  private long lastAtMs(int seq) {
    return START_MS + ((seq + 1) * FIXES_A_BATCH - 1) * 1_000L;
  }

  /** As ingest hands it on, half a second after its last sample. */
  TelemetryRecord record(int seq) {
    return record(seq, lastAtMs(seq) + 500);
  }

  TelemetryRecord record(int seq, long receivedAtMs) {
    return record(seq, receivedAtMs, BatchCodec.encode(sealed.get(seq)));
  }

  TelemetryRecord record(int seq, long receivedAtMs, byte[] bytes) {
    return new TelemetryRecords().parse(0, athlete.toString(), bytes, name -> switch (name) {
      case "session" -> session.toString();
      case "writer" -> "0";
      case "seq" -> Integer.toString(seq);
      case "device" -> device.toString();
      case "received-at", "sent-at" -> Long.toString(receivedAtMs);
      default -> null;
    });
  }

  List<TelemetryRecord> records(int fromSeq, int toSeq) {
    List<TelemetryRecord> records = new ArrayList<>();
    for (int seq = fromSeq; seq <= toSeq; seq++) {
      records.add(record(seq));
    }
    return records;
  }

  List<TelemetryRecord> all() {
    return records(0, batches - 1);
  }
}
