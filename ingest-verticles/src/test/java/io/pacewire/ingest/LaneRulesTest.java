package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pacewire.ingest.Admission.Admitted;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.Envelope;
import io.pacewire.wire.MalformedBatchException;
import io.pacewire.wire.SampleBatch;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices as they are, and one that lies: who is live. */
class LaneRulesTest {
  private static final long START_MS = 1_780_000_000_000L;
  private static final long HOUR_MS = 3_600_000;
  private static final int HOURS = 3;
  private static final UUID DEVICE = UUID.randomUUID();
  private static final UUID SESSION = UUID.fromString("01970000-0000-7000-8000-000000000001");

  private final BatchAdmission admission = new BatchAdmission(4_096);
  private long nowMs = START_MS;
  private final InstantSource clock = () -> Instant.ofEpochMilli(nowMs);
  private final DeviceClocks clocks = new DeviceClocks(clock);
  private final Random random = new Random(3);

  private boolean isLive(UUID device, long sentAtMs, long lastAtMs) {
    return lane(device, sentAtMs, lastAtMs) != Lane.BACKLOG;
  }

  private Lane lane(UUID device, long sentAtMs, long lastAtMs) {
    return lane(device, sentAtMs, lastAtMs, lastAtMs);
  }

  private Lane lane(UUID device, long sentAtMs, long firstAtMs, long lastAtMs) {
    SampleBatch batch = new SampleBatch();
    batch.header(SESSION, 0, 0, 1);
    batch.heartRates().add(firstAtMs, 1, 60, SampleBatch.ABSENT);
    batch.heartRates().add(lastAtMs, 1 + lastAtMs - firstAtMs, 60, SampleBatch.ABSENT);
    byte[] message = Envelope.encode(sentAtMs, null, BatchCodec.encode(batch));
    Admitted claimed = (Admitted) admission.admit(message, null, nowMs);
    return clocks.judge(device, claimed);
  }

  /** Ten batches a second, on a network that takes up to two seconds. */
  @ParameterizedTest
  @ValueSource(longs = {0, -10 * HOUR_MS, 24 * HOUR_MS, 100_000, -100_000})
  void aClockThatIsOff_isLive_allDayLong(long offMs) {
    for (int i = 0; i < 2_000; i++) {
      long sentMs = nowMs + offMs;
      nowMs += random.nextInt(2_000);
      Lane lane = lane(DEVICE, sentMs, sentMs - 1_000);
      assertThat(lane).as("%d", i).isNotEqualTo(Lane.BACKLOG);
      if (nowMs - START_MS > 2 * DeviceClock.STEADY_FOR_MS) {
        assertThat(lane).as("%d: it pays for live", i).isEqualTo(Lane.LIVE);
      }
      nowMs += 100;
    }
    assertThat(clocks.size()).isEqualTo(Math.abs(offMs) > 60_000 ? 1 : 0);
  }

  /** One sample a second in a batch each minute, or each ten, over networks of all kinds. */
  @ParameterizedTest
  @CsvSource({"60, 0", "60, 50000", "60, -50000", "600, 0", "600, 50000", "600, -50000"})
  void batchesOfMinutes_areLive_andPayForLive(int spanS, long offMs) {
    for (int i = 0; i < 500; i++) {
      nowMs += spanS * 1_000L;
      long lastMs = nowMs - offMs - random.nextInt(5_000);
      long firstMs = lastMs - spanS * 1_000L - random.nextInt(2_000);
      assertThat(lane(DEVICE, lastMs + 1_000, firstMs, lastMs)).as("%d", i).isEqualTo(Lane.LIVE);
    }
    assertThat(clocks.size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"60, 100000", "60, 36000000", "60, -36000000", "600, 100000", "600, -36000000"})
  void batchesOfMinutes_ofAClockThatIsOff_payForLive_fromTheThirdOn(int spanS, long offMs) {
    for (int i = 0; i < 500; i++) {
      nowMs += spanS * 1_000L;
      assertThat(lane(UUID.randomUUID(), nowMs - HOUR_MS, nowMs - HOUR_MS)).isEqualTo(Lane.DOUBTED);
      long sentMs = nowMs - offMs - random.nextInt(2_000);
      long firstMs = sentMs - spanS * 1_000L - 1_000;
      assertThat(lane(DEVICE, sentMs, firstMs, sentMs - 1_000))
          .as("%d", i)
          .isEqualTo(i < 2 ? Lane.DOUBTED : Lane.LIVE);
    }
  }

  /** A summer time that is none, a time server that answers at last, a battery that was out. */
  @Test
  void aClockThatIsSet_isLiveAllTheSame() {
    long offMs = -10 * HOUR_MS;
    for (int i = 0; i < 10_000; i++) {
      nowMs += 1_000;
      offMs += i % 500 == 0 ? (random.nextInt(10) - 5) * HOUR_MS : 0;
      assertThat(isLive(DEVICE, nowMs + offMs, nowMs + offMs)).isTrue();
    }
  }

  @Test
  void whoSaysThatItIsBacklog_isBelieved() {
    assertThat(isLive(DEVICE, nowMs, nowMs - 61_000)).isFalse();
    assertThat(isLive(DEVICE, nowMs + HOUR_MS, nowMs)).as("its clock is ahead").isFalse();
    assertThat(isLive(DEVICE, nowMs - HOUR_MS, nowMs - 2 * HOUR_MS)).isFalse();
    assertThat(clocks.size()).isZero();
  }

  /** Hours of it, sent as fast as the live quota lets it: forward, backward, in small batches and large. */
  @ParameterizedTest
  @CsvSource({"10000, 1", "10000, -1", "1000, 1", "1000, -1", "60000, 1"})
  void aBacklogThatIsCalledLive_isBacklog_butForWhatAJumpMayBe(long spanMs, int way) {
    int paysForLive = 0;
    int live = 0;
    int batches = (int) (HOURS * HOUR_MS / spanMs);
    for (int i = 0; i < batches; i++) {
      nowMs += 20;
      long lastMs = START_MS - (way > 0 ? batches - i : i + 1) * spanMs - 120_000;
      Lane lane = lane(DEVICE, lastMs + 500, lastMs);
      paysForLive += lane == Lane.LIVE ? 1 : 0;
      live += lane == Lane.BACKLOG ? 0 : 1;
    }
    assertThat(paysForLive).as("past the quota of backlog").isZero();
    long most = DeviceClock.JUMPS + (nowMs - START_MS) / DeviceClock.JUMP_EVERY_MS + 1;
    assertThat(live).isLessThanOrEqualTo((int) (most * (1 + DeviceClock.STEADY_MS / spanMs)));
    assertThat(live).isLessThan(batches / 2);
  }

  /** One new sample on top of each batch of old ones, or the claim of one; with a clock that is right, or off and steady. */
  @ParameterizedTest
  @CsvSource({"0, 36000000", "0, 1000000", "7200000, 36000000", "-7200000, 1000000"})
  void aBacklogUnderANewSample_paysAsBacklog_andIsBacklogBeyondJumps(long offMs, long oldMs) {
    int doubted = 0;
    for (int i = 0; i < 720; i++) {
      nowMs += 20;
      Lane lane = lane(DEVICE, nowMs - offMs, nowMs - offMs - oldMs + i * 50L, nowMs - offMs);
      assertThat(lane).as("%d", i).isNotEqualTo(Lane.LIVE);
      doubted += lane == Lane.DOUBTED ? 1 : 0;
    }
    assertThat(doubted)
        .isLessThanOrEqualTo(
            (int) (DeviceClock.JUMPS + (nowMs - START_MS) / DeviceClock.JUMP_EVERY_MS) + 1);
  }

  /** To a time, ten seconds of patience, all that a batch may be around it, and on to the next time. */
  @ParameterizedTest
  @ValueSource(longs = {0, 60_000})
  void aBacklogInLeaps_paysForLive_lessThanTwiceAsFastAsItWasRecorded(long aheadMs) {
    int liveS = 0;
    for (int leap = 0; leap < 40; leap++) {
      long offMs = 10 * HOUR_MS - leap * LaneRules.WIDE_MS;
      assertThat(lane(DEVICE, nowMs - offMs, nowMs - offMs)).isEqualTo(Lane.DOUBTED);
      nowMs += DeviceClock.STEADY_FOR_MS;
      for (int i = 0; i < 60; i++) {
        long lastMs = nowMs - offMs + aheadMs - i * 1_000L;
        Lane lane = lane(DEVICE, nowMs - offMs, lastMs - 1_000, lastMs);
        liveS += lane == Lane.LIVE ? 1 : 0;
      }
      nowMs += DeviceClock.JUMP_EVERY_MS;
    }
    assertThat(liveS).isLessThan((int) (2 * (nowMs - START_MS) / 1_000));
  }

  /** That is what makes the first sample's time worth more than the last one's. */
  @Test
  void aSampleOlderThanTheFirst_isNoBatch() {
    SampleBatch batch = new SampleBatch();
    batch.header(SESSION, 0, 0, 1);
    batch.heartRates().add(nowMs - HOUR_MS, 1, 60, SampleBatch.ABSENT);
    batch.heartRates().add(nowMs, HOUR_MS, 60, SampleBatch.ABSENT);
    byte[] honest = BatchCodec.encode(batch);
    byte[] forged = withFirstAt(honest, nowMs - HOUR_MS, nowMs - 1_000);
    assertThat(BatchCodec.decodeHeader(forged, 0, forged.length).firstAtEpochMs())
        .isEqualTo(nowMs - 1_000);
    assertThatThrownBy(() -> BatchCodec.decode(forged, 0, forged.length, new SampleBatch()))
        .isInstanceOf(MalformedBatchException.class);
  }

  /** Numbers of a time are as long as each other. */
  private static byte[] withFirstAt(byte[] batch, long fromMs, long toMs) {
    byte[] forged = batch.clone();
    byte[] from = zigzag(fromMs);
    byte[] to = zigzag(toMs);
    int at = 0;
    while (!Arrays.equals(forged, at, at + from.length, from, 0, from.length)) {
      at++;
    }
    System.arraycopy(to, 0, forged, at, to.length);
    return forged;
  }

  private static byte[] zigzag(long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long rest = value << 1; // none is negative
    while (rest > 0x7F) {
      out.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
    return out.toByteArray();
  }

  /** Whether by a device or by all of a node: a quota of backlog that is there is one to get past. */
  @Test
  void theWordAloneCounts_whereNothingLimitsABacklog() {
    Limit none = Limit.whole("none", 0, 0, 1, 1);
    Limit some = Limit.whole("some", 1, 0, 1, 1);
    assertThat(limits(none, none).believesAll()).isTrue();
    assertThat(limits(some, none).believesAll()).isFalse();
    assertThat(limits(none, some).believesAll()).isFalse();
  }

  private static LimitSettings limits(Limit deviceBackfill, Limit nodeBackfill) {
    Limit none = Limit.whole("none", 0, 0, 1, 1);
    return new LimitSettings(none, none, none, deviceBackfill, nodeBackfill, 0, 0, 0);
  }

  /** The demo: ten times as fast as life, a batch for each second of it. */
  @Test
  void aReplayIsLive_andPaysAsBacklog() {
    for (int i = 0; i < 2_000; i++) {
      nowMs += 100;
      long scaledMs = START_MS - 10 * HOUR_MS + i * 1_000L;
      assertThat(lane(DEVICE, scaledMs, scaledMs)).isEqualTo(Lane.DOUBTED);
    }
  }

  /** A new connection, or a while without a batch, is no new clock. */
  @Test
  void whoHasNoJumpsLeft_hasNoneForASecond() {
    for (int i = 0; i < DeviceClock.JUMPS; i++) {
      assertThat(isLive(DEVICE, nowMs - (i + 1) * HOUR_MS, nowMs - (i + 1) * HOUR_MS))
          .isTrue();
    }
    assertThat(isLive(DEVICE, nowMs - 50 * HOUR_MS, nowMs - 50 * HOUR_MS)).isFalse();
    assertThat(isLive(UUID.randomUUID(), nowMs - 50 * HOUR_MS, nowMs - 50 * HOUR_MS))
        .isTrue();
    nowMs += DeviceClock.JUMP_EVERY_MS;
    assertThat(isLive(DEVICE, nowMs - 60 * HOUR_MS, nowMs - 60 * HOUR_MS)).isTrue();
    assertThat(isLive(DEVICE, nowMs - 70 * HOUR_MS, nowMs - 70 * HOUR_MS)).isFalse();
  }

  @Test
  void whatIsRemembered_isBounded() {
    for (int i = 0; i < DeviceClocks.MOST; i++) {
      assertThat(clocks.judge(UUID.randomUUID(), late)).isEqualTo(Lane.DOUBTED);
    }
    assertThat(clocks.judge(UUID.randomUUID(), late)).isEqualTo(Lane.BACKLOG);
    assertThat(clocks.size()).isEqualTo(DeviceClocks.MOST);
    nowMs += 61_000;
    assertThat(clocks.judge(UUID.randomUUID(), late)).isEqualTo(Lane.DOUBTED);
    assertThat(clocks.size()).isEqualTo(1);
  }

  private final Admitted late = admitted();

  private Admitted admitted() {
    SampleBatch batch = new SampleBatch();
    batch.header(SESSION, 0, 0, 1);
    batch.heartRates().add(START_MS - HOUR_MS, 1, 60, SampleBatch.ABSENT);
    byte[] message = Envelope.encode(START_MS - HOUR_MS, null, BatchCodec.encode(batch));
    return (Admitted) admission.admit(message, null, START_MS);
  }
}
