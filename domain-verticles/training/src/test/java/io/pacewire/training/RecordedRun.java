package io.pacewire.training;

import static java.nio.charset.StandardCharsets.UTF_8;

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
  final UUID device;
  private final int writer;
  private final int batches;
  private int blindFromSeq = Integer.MAX_VALUE;
  private int blindToSeq = -1;
  private boolean hearsHeart = true;
  private boolean hearsPedals;
  private int northE7ASecond = NORTH_E7_A_SECOND;
  private long startMs = START_MS;
  private final List<SampleBatch> sealed = new ArrayList<>();

  private RecordedRun(UUID athlete, UUID session, int writer, int batches) {
    this.writer = writer;
    this.device = UUID.nameUUIDFromBytes((session + "/" + writer).getBytes(UTF_8));
    this.athlete = athlete;
    this.session = session;
    this.batches = batches;
  }

  /** The same whenever it is asked for, with its ids: what one process sent another goes on with. */
  static RecordedRun known(String name, String sport, int batches) {
    return known(name, batches).seal(sport, 7, true);
  }

  /** The same of a swimmer, at a metre a second. */
  static RecordedRun knownSwim(String name, int batches) {
    RecordedRun run = known(name, batches);
    run.northE7ASecond = NORTH_E7_A_SECOND / 3;
    return run.seal("swim", 7, true);
  }

  /** The same of a phone, whose receiver sees nothing in some batches. */
  static RecordedRun knownPhone(String name, int batches, int blindFromSeq, int blindToSeq) {
    RecordedRun run = known(name, batches);
    run.blindFromSeq = blindFromSeq;
    run.blindToSeq = blindToSeq;
    run.hearsHeart = false;
    return run.seal("run", 7, true);
  }

  private static RecordedRun known(String name, int batches) {
    UUID athlete = UUID.nameUUIDFromBytes(name.getBytes(UTF_8));
    UUID session = SessionIds.next(START_MS, new Random(name.hashCode()));
    return new RecordedRun(athlete, session, 0, batches);
  }

  private static RecordedRun fresh(int batches) {
    return new RecordedRun(UUID.randomUUID(), SessionIds.next(START_MS, new Random()), 0, batches);
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

  /** Hears no heart, and its receiver sees nothing in some batches. */
  static RecordedRun ofPhone(int batches, int blindFromSeq, int blindToSeq) {
    RecordedRun run = fresh(batches);
    run.blindFromSeq = blindFromSeq;
    run.blindToSeq = blindToSeq;
    run.hearsHeart = false;
    return run.seal("run", 7, true);
  }

  /** Another device of the same athlete on the same run. */
  RecordedRun watch(int number) {
    RecordedRun run = new RecordedRun(athlete, session, number, batches);
    run.hearsHeart = false;
    return run.seal("run", 7, true);
  }

  /** The same athlete's next recording, so much later. */
  RecordedRun next(long laterMs, int ofBatches) {
    RecordedRun run = new RecordedRun(
        athlete, SessionIds.next(startMs + laterMs, new Random(laterMs)), 0, ofBatches);
    run.startMs = startMs + laterMs;
    return run.seal("run", 9, true);
  }

  /** A hub that says what it hears, started and finished by nobody. */
  RecordedRun hub(int number) {
    RecordedRun run = new RecordedRun(athlete, session, number, batches);
    run.blindFromSeq = 0;
    run.blindToSeq = batches;
    return run.seal("", 7, false);
  }

  /** A hub that hears pedals alone: in second n of the run 80 + n % 10 turns a minute, at 200 W more. */
  RecordedRun pedals(int number) {
    RecordedRun run = new RecordedRun(athlete, session, number, batches);
    run.blindFromSeq = 0;
    run.blindToSeq = batches;
    run.hearsHeart = false;
    run.hearsPedals = true;
    return run.seal("", 7, false);
  }

  /** Says that it is this session, and holds other samples. */
  RecordedRun forgery() {
    return forgery(8);
  }

  /** @param seed other than that of the run, and of other forgeries */
  RecordedRun forgery(int seed) {
    return new RecordedRun(athlete, session, writer, batches).seal("run", seed, true);
  }

  private RecordedRun seal(String sport, int seed, boolean finished) {
    Random noise = new Random(seed);
    for (int seq = 0; seq < batches; seq++) {
      SampleBatch batch = new SampleBatch();
      batch.header(session, writer, 0, seq);
      if (seq == 0 && !sport.isEmpty()) {
        batch.addMark(Mark.start(startMs, 0, sport, "Europe/Berlin", 7_200, "Phone", "1.0", 1));
      }
      for (int i = 0; i < FIXES_A_BATCH; i++) {
        int second = seq * FIXES_A_BATCH + i;
        long at = startMs + second * 1_000L;
        if (seq < blindFromSeq || seq > blindToSeq) {
          fix(batch, at, second, noise);
        } else {
          batch.pressures().add(at, second * 1_000L, 101_325);
        }
        int bpm = 140 + noise.nextInt(20);
        if (hearsHeart) {
          batch.heartRates().add(at, second * 1_000L, bpm, SampleBatch.ABSENT);
        }
        if (hearsPedals) {
          batch.cadences().add(at, second * 1_000L, 80 + second % 10);
          batch.powers().add(at, second * 1_000L, 280 + second % 10);
        }
      }
      if (finished && seq == batches - 1) {
        batch.addMark(Mark.finish(lastAtMs(seq), batch.lastAtEpochMs() - startMs, batches));
      }
      sealed.add(batch);
    }
    return this;
  }

  private void fix(SampleBatch batch, long at, int second, Random noise) {
    batch
        .fixes()
        .add(
            at,
            second * 1_000L,
            523_000_000 + second * northE7ASecond + noise.nextInt(41) - 20,
            134_000_000 + noise.nextInt(61) - 30,
            SampleBatch.ABSENT,
            400,
            SampleBatch.ABSENT,
            SampleBatch.ABSENT,
            SampleBatch.ABSENT);
  }

  /** Batch {@code seq} says that others had to be dropped. */
  RecordedRun skipping(int seq, int fromSeq, int toSeq) {
    sealed.get(seq).addMark(Mark.skip(lastAtMs(seq), lastAtMs(seq) - startMs, fromSeq, toSeq));
    return this;
  }

  int batches() {
    return batches;
  }

  SessionKey key() {
    return new SessionKey(athlete, session);
  }

  private long lastAtMs(int seq) {
    return startMs + ((seq + 1) * FIXES_A_BATCH - 1) * 1_000L;
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
      case "writer" -> Integer.toString(writer);
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
