package io.pacewire.sdk.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.WireLimits;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SampleJournalTest {
  private final ByteArrayOutputStream journal = new ByteArrayOutputStream();

  @Test
  void records_comeBackAsTheyWere() {
    write(SampleJournal.fix(10, 20, new int[] {1, 2, 3, 4, 5, 6, SampleBatch.ABSENT}));
    write(SampleJournal.accel(11, 21, -1, -2, 1_000));
    write(SampleJournal.heartRate(12, 22, 140, 1));
    write(SampleJournal.scalar(ScalarKind.POWER, 13, 23, 250));
    write(SampleJournal.mark(MarkRecord.start(9, 19, 10_800, 3, "run", "Europe/Kyiv", "", "1.0")));
    write(SampleJournal.mark(new MarkRecord(MarkRecord.Kind.SKIP, 14, 24, 5, 7, "")));

    SampleBatch batch = replay();
    assertThat(SampleJournal.count(journal.toByteArray())).isEqualTo(6);
    assertThat(batch.fixes().speedCms(0)).isEqualTo(6);
    assertThat(batch.fixes().bearingCdeg(0)).isEqualTo(SampleBatch.ABSENT);
    assertThat(batch.accels().zMg(0)).isEqualTo(1_000);
    assertThat(batch.heartRates().atEpochMs(0)).isEqualTo(12);
    assertThat(batch.powers().value(0)).isEqualTo(250);
    Mark start = batch.marks().get(0);
    assertThat(start.sport()).isEqualTo("run");
    assertThat(start.timeZone()).isEqualTo("Europe/Kyiv");
    assertThat(start.deviceName()).isEmpty();
    assertThat(start.appVersion()).isEqualTo("1.0");
    assertThat(start.utcOffsetS()).isEqualTo(10_800);
    assertThat(start.consentVersion()).isEqualTo(3);
    assertThat(batch.marks().get(1).toSeq()).isEqualTo(7);
  }

  @Test
  void everySensorOfOneNumber_hasAColumnOfItsOwn() {
    for (ScalarKind kind : ScalarKind.values()) {
      write(SampleJournal.scalar(kind, 13, 23, 1_000 + kind.code));
    }
    SampleBatch batch = replay();
    assertThat(batch.rrIntervals().value(0)).isEqualTo(1_001);
    assertThat(batch.cadences().value(0)).isEqualTo(1_002);
    assertThat(batch.powers().value(0)).isEqualTo(1_003);
    assertThat(batch.speeds().value(0)).isEqualTo(1_004);
    assertThat(batch.temperatures().value(0)).isEqualTo(1_005);
    assertThat(batch.pressures().value(0)).isEqualTo(1_006);
  }

  /** Sealing by weight must never make a batch larger than it was allowed, whatever the values. */
  @Test
  void weight_isNeverLessThanWhatABatchTakes() {
    for (int seed = 0; seed < 60; seed++) {
      journal.reset();
      Random random = new Random(seed);
      int count = 1 + random.nextInt(300);
      for (int i = 0; i < count; i++) {
        write(wild(random));
      }
      int weight = SampleJournal.weight(journal.toByteArray()) + SampleJournal.BATCH_OVERHEAD;
      assertThat(BatchCodec.encode(replay()).length).as("seed " + seed).isLessThanOrEqualTo(weight);
    }
  }

  private static byte[] wild(Random random) {
    long at = (long) (random.nextDouble() * WireLimits.MAX_EPOCH_MS);
    long mono = random.nextLong() >>> 2;
    return switch (random.nextInt(5)) {
      case 0 -> SampleJournal.fix(at, mono, random.ints(7).toArray());
      case 1 -> SampleJournal.accel(at, mono, random.nextInt(), random.nextInt(), random.nextInt());
      case 2 -> SampleJournal.heartRate(at, mono, random.nextInt(), random.nextInt());
      case 3 ->
        SampleJournal.scalar(
            ScalarKind.of(1 + random.nextInt(ScalarKind.values().length)),
            at,
            mono,
            random.nextInt());
      default ->
        SampleJournal.mark(
            MarkRecord.start(at, mono, -1, 1, "я".repeat(100), "z", "d".repeat(200), "v"));
    };
  }

  private void write(byte[] record) {
    journal.writeBytes(record);
  }

  private SampleBatch replay() {
    SampleBatch batch = new SampleBatch();
    batch.header(new UUID(1, 2), 0, 1, 0);
    SampleJournal.replay(journal.toByteArray(), batch);
    return batch;
  }
}
