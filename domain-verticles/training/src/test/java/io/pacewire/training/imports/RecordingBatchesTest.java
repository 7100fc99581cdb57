package io.pacewire.training.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pacewire.activity.ActivityFormat;
import io.pacewire.activity.ActivityLeg;
import io.pacewire.activity.ActivitySample;
import io.pacewire.activity.DeviceTotals;
import io.pacewire.activity.MalformedActivityException;
import io.pacewire.activity.SpeedSensor;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.ScalarColumn;
import io.pacewire.wire.WireLimits;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecordingBatchesTest {
  private static final long START_MS = 1_700_000_000_000L;
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final double NONE = Double.NaN;

  private static ActivitySample sample(long atMs, double latitudeDeg, double cadencePerMin) {
    return new ActivitySample(
        atMs, latitudeDeg, 13.4, 40.1, NONE, 140, cadencePerMin, 200, 3, 18.5, 101_325, 5);
  }

  private static FileTapes run(int seconds) {
    FileTapes file = new FileTapes();
    file.begin(ActivityFormat.TCX);
    file.sport("run");
    file.device("Watch");
    for (int i = 0; i < seconds; i++) {
      file.sample(sample(START_MS + i * 1_000L, 52 + i * 1e-5, 85.5));
    }
    return file;
  }

  private static Recording recording(FileTapes file) {
    file.end();
    return RecordingRules.cut(file.tapes().get(0), "", BERLIN).get(0);
  }

  private static List<SampleBatch> frozen(Recording recording, UUID session) {
    List<SampleBatch> batches = new ArrayList<>();
    new RecordingBatches(recording).freeze(session, bytes -> {
      assertThat(bytes.length).isLessThan(WireLimits.MAX_BATCH_BYTES);
      batches.add(BatchCodec.decode(bytes));
    });
    return batches;
  }

  @Test
  void aRecording_becomesTheBatchesOfADevice() {
    FileTapes file = run(2_000);
    file.pause(START_MS + 500_000);
    file.resume(START_MS + 510_000);
    file.lap(START_MS + 1_000_000);
    Recording recording = recording(file);
    UUID session = new RecordingBatches(recording).sessionId();
    List<SampleBatch> batches = frozen(recording, session);

    assertThat(batches).hasSizeBetween(3, 5);
    assertThat(batches.stream().mapToInt(one -> one.fixes().size()).sum()).isEqualTo(2_000);
    assertThat(batches.stream().mapToInt(one -> one.cadences().size()).sum()).isEqualTo(2_000);
    assertThat(batches.get(0).cadences().value(0)).isEqualTo(171); // steps
    assertThat(batches.get(0).fixes().altitudeCm(0)).isEqualTo(4_010);
    for (int seq = 0; seq < batches.size(); seq++) {
      assertThat(batches.get(seq).seq()).isEqualTo(seq);
      assertThat(batches.get(seq).sessionId()).isEqualTo(session);
    }
    Mark start = batches.get(0).marks().get(0);
    assertThat(start.kind()).isEqualTo(Mark.Kind.START);
    assertThat(start.timeZone()).isEqualTo("Europe/Berlin");
    assertThat(start.deviceName()).isEqualTo("Watch");
    List<Mark> marks = batches.stream().flatMap(one -> one.marks().stream()).toList();
    assertThat(marks)
        .extracting(Mark::kind)
        .containsExactly(
            Mark.Kind.START, Mark.Kind.PAUSE, Mark.Kind.RESUME, Mark.Kind.LAP, Mark.Kind.FINISH);
    assertThat(marks.get(4).batchCount()).isEqualTo(batches.size());
    // Whose the speeds are is not known: they are no sensor's, and stay with the positions.
    assertThat(batches).allMatch(one -> one.speeds().size() == 0);
    assertThat(batches).allMatch(one -> one.fixes().speedCms(0) == 300);
  }

  /** As a file has them that was exported of samples in a pause, each a segment of its own. */
  @Test
  void manyShortSegments_loseNoMark() {
    int segments = 1_000;
    FileTapes file = run(segments + 1);
    file.lap(START_MS + 500); // so that two marks of one moment do not just fit
    for (int i = 0; i < segments; i++) {
      file.pause(START_MS + i * 1_000L);
      file.resume(START_MS + (i + 1) * 1_000L); // when the next one ends
    }
    Recording recording = recording(file);

    List<SampleBatch> batches = frozen(recording, new RecordingBatches(recording).sessionId());

    assertThat(batches).allMatch(one -> one.marks().size() <= WireLimits.MAX_MARKS);
    List<Mark.Kind> kinds = batches.stream()
        .flatMap(one -> one.marks().stream())
        .map(Mark::kind)
        .filter(kind -> kind == Mark.Kind.PAUSE || kind == Mark.Kind.RESUME)
        .toList();
    assertThat(kinds).hasSize(2 * segments);
    for (int i = 0; i < kinds.size(); i++) {
      assertThat(kinds.get(i)).isEqualTo(i % 2 == 0 ? Mark.Kind.PAUSE : Mark.Kind.RESUME);
    }
  }

  @Test
  void theSameRecording_hasTheSameId_whatHoldsItAndWhoeverBringsIt() {
    UUID id = new RecordingBatches(recording(run(100))).sessionId();
    FileTapes other = run(100);
    other.device("Another name");
    other.end();
    Recording elsewhere =
        RecordingRules.cut(other.tapes().get(0), "", ZoneId.of("Asia/Tokyo")).get(0);
    assertThat(new RecordingBatches(elsewhere).sessionId()).isEqualTo(id);
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(START_MS);
    assertThat(new RecordingBatches(recording(run(101))).sessionId()).isNotEqualTo(id);
  }

  /** The id is what the version made that had no column for them. */
  @Test
  void whatAnEarlierVersionLeftOut_canBeLeftOutOnceMore() {
    RecordingBatches batches = new RecordingBatches(recording(tunnels()));
    RecordingBatches former = batches.former();
    assertThat(former).isNotNull();
    assertThat(former.sessionId())
        .isEqualTo(UUID.fromString("018bcfe5-6800-76b0-8f06-c5db5ecdb9ff"))
        .isNotEqualTo(batches.sessionId());
    assertThat(former.former()).isNull();
    assertThat(new RecordingBatches(recording(run(100))).former()).isNull();
  }

  /** Every third second without a position, each second of those with a height alone. */
  static FileTapes tunnels() {
    FileTapes file = new FileTapes();
    file.begin(ActivityFormat.FIT);
    file.sport("ride");
    for (int i = 0; i < 2_000; i++) {
      boolean dark = i % 3 == 1;
      file.sample(new ActivitySample(
          START_MS + i * 1_000L,
          dark ? NONE : 52 + i * 1e-5,
          dark ? NONE : 13.4,
          40 + 0.1 * i,
          NONE,
          i % 6 == 1 ? 140 : -1,
          NONE,
          -1,
          NONE,
          NONE,
          NONE,
          NONE));
    }
    return file;
  }

  @Test
  void samplesThatAreOutOfOrder_arePutInOrder() {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      times.add(START_MS + i * 1_000L);
    }
    java.util.Collections.shuffle(times, new Random(1));
    FileTapes file = new FileTapes();
    file.begin(ActivityFormat.GPX);
    times.forEach(at -> file.sample(sample(at, 52, NONE)));
    Recording recording = recording(file);
    long last = 0;
    for (SampleBatch batch : frozen(recording, new UUID(1, 1))) {
      for (int i = 0; i < batch.fixes().size(); i++) {
        assertThat(batch.fixes().atEpochMs(i)).isGreaterThan(last);
        last = batch.fixes().atEpochMs(i);
      }
    }
    assertThat(new RecordingBatches(recording).startAtMs()).isEqualTo(START_MS);
    assertThat(new RecordingBatches(recording).endAtMs()).isEqualTo(START_MS + 1_499_000);
  }

  @Test
  void whatDevicesDoNotSay_breaksNothing() {
    FileTapes file = new FileTapes();
    file.begin(ActivityFormat.FIT);
    for (int i = 0; i < 5_000; i++) { // times, and nothing beside
      file.sample(new ActivitySample(
          START_MS + i, NONE, NONE, NONE, NONE, -1, NONE, -1, NONE, NONE, NONE, NONE));
    }
    for (int i = 0; i < 3_000; i++) {
      file.lap(START_MS + 100);
    }
    file.beats(START_MS + 200, new int[] {800, 810, 790});
    file.sample(sample(-5, 52, NONE));
    file.sample(sample(Long.MAX_VALUE, 52, NONE));
    Recording recording = recording(file);
    List<SampleBatch> batches = frozen(recording, new UUID(1, 1));
    assertThat(batches.stream().mapToInt(one -> one.rrIntervals().size()).sum()).isEqualTo(3);
    assertThat(batches.stream().mapToInt(one -> one.fixes().size()).sum()).isZero();
    FileTapes none = new FileTapes();
    none.begin(ActivityFormat.GPX);
    assertThat(new RecordingBatches(recording(none)).isEmpty()).isTrue();
  }

  /** A FIT file's messages of beats have no time: it is that of the record before them. */
  @Test
  void beatsBetweenTwoRecords_followOneAnother() {
    FileTapes file = run(1);
    file.beats(START_MS, new int[] {800, 801, 802, 803, 804});
    file.beats(START_MS, new int[] {810, 811, 812});
    file.sample(sample(START_MS + 3_000, 52, 85.5));
    file.beats(START_MS + 3_000, new int[] {820, 821}); // told late: it keeps its place
    file.sample(sample(START_MS + 10_000, 52, 85.5));
    file.beats(START_MS + 10_000, new int[] {830, 831});
    file.sample(sample(START_MS - 3_600_000, 52, 85.5)); // of a clock that was wrong
    file.beats(START_MS - 3_600_000, new int[] {840});

    assertThat(beats(file))
        .containsExactly(
            "-3600000 840",
            "-3210 800",
            "-2409 801",
            "-1607 802",
            "-804 803",
            "0 804",
            "810 810",
            "1621 811",
            "2433 812",
            "2433 820",
            "3254 821",
            "9169 830",
            "10000 831");
  }

  /** When, in milliseconds of the recording, and how long. */
  private static List<String> beats(FileTapes file) {
    List<String> beats = new ArrayList<>();
    for (SampleBatch batch : frozen(recording(file), new UUID(1, 1))) {
      ScalarColumn rr = batch.rrIntervals();
      for (int i = 0; i < rr.size(); i++) {
        beats.add((rr.atEpochMs(i) - START_MS) + " " + Math.round(rr.value(i) / 1.024));
      }
    }
    return beats;
  }

  @Test
  void noiseOfEveryKind_fitsIntoTheWiresBatches() {
    Random noise = new Random(3);
    FileTapes file = new FileTapes();
    file.begin(ActivityFormat.FIT);
    file.sport("ride");
    file.speedSensor(SpeedSensor.WHEEL);
    for (int i = 0; i < 5_000; i++) {
      long at = START_MS + noise.nextInt(1_000_000_000);
      file.sample(new ActivitySample(
          at,
          noise.nextDouble() * 180 - 90,
          noise.nextDouble() * 360 - 180,
          noise.nextInt(9_000),
          noise.nextInt(9_000),
          1 + noise.nextInt(60_000),
          noise.nextInt(60_000),
          noise.nextInt(60_000),
          noise.nextInt(60_000),
          noise.nextInt(60_000),
          20_000 + noise.nextInt(100_000),
          0));
      file.beats(at, new int[] {noise.nextInt(60_000), noise.nextInt(60_000)});
    }
    List<SampleBatch> batches = frozen(recording(file), new UUID(1, 1));
    assertThat(batches.stream().mapToInt(one -> one.speeds().size()).sum()).isEqualTo(5_000);
    assertThat(batches.get(0).fixes().speedCms(0)).isEqualTo(SampleBatch.ABSENT); // not twice
    assertThat(batches.stream().mapToInt(one -> one.rrIntervals().size()).sum()).isEqualTo(10_000);
  }

  @Test
  void offFoot_cadenceIsThatOfTheCrank() {
    FileTapes file = new FileTapes();
    file.begin(ActivityFormat.FIT);
    file.sport("ride");
    file.sample(sample(START_MS, 52, 85));
    assertThat(frozen(recording(file), new UUID(1, 1)).get(0).cadences().value(0))
        .isEqualTo(85);
  }

  @Test
  void legsThatFollowOneAnother_areRecordingsOfTheirOwnSport() {
    FileTapes file = run(300);
    leg(file, 0, 100, "swim");
    leg(file, 100, 200, "ride");
    leg(file, 200, 300, "run");
    file.end();
    List<Recording> legs = RecordingRules.cut(file.tapes().get(0), "", BERLIN);
    assertThat(legs).extracting(Recording::sport).containsExactly("swim", "ride", "run");
    assertThat(legs)
        .extracting(one -> frozen(one, new UUID(1, 1)).get(0).fixes().size())
        .containsExactly(100, 100, 100);
    assertThat(legs.stream().map(one -> new RecordingBatches(one).sessionId()).distinct())
        .hasSize(3);
  }

  @Test
  void legsThatOverlap_areOneRecording() {
    FileTapes file = run(300);
    leg(file, 0, 300, "run");
    leg(file, 0, 300, "run");
    file.end();
    assertThat(RecordingRules.cut(file.tapes().get(0), "", BERLIN)).hasSize(1);
  }

  @Test
  void legsThatCross_areOneRecording() {
    FileTapes file = run(300);
    leg(file, 0, 200, "swim");
    leg(file, 100, 300, "ride");
    file.end();
    assertThat(RecordingRules.cut(file.tapes().get(0), "", BERLIN)).hasSize(1);
  }

  @Test
  void aLegWithoutASample_isNone() {
    FileTapes file = run(100);
    leg(file, 0, 100, "run");
    leg(file, 100, 200, "ride");
    file.end();
    List<Recording> legs = RecordingRules.cut(file.tapes().get(0), "", BERLIN);
    assertThat(legs).extracting(Recording::sport).containsExactly("run");
  }

  @Test
  void theArchivesSport_holdsWhereTheFileSaysNone() {
    FileTapes file = new FileTapes();
    file.begin(ActivityFormat.GPX);
    file.sample(sample(START_MS, 52, NONE));
    file.end();
    assertThat(RecordingRules.cut(file.tapes().get(0), "hike", BERLIN).get(0).sport())
        .isEqualTo("hike");
    FileTapes stated = run(3);
    stated.end();
    assertThat(RecordingRules.cut(stated.tapes().get(0), "hike", BERLIN).get(0).sport())
        .isEqualTo("run");
  }

  @Test
  void theFilesOwnOffset_holds_whereItIsNotThatOfTheAthletesZone() {
    FileTapes home = run(3);
    home.utcOffset(3_600); // in November
    assertThat(recording(home).zoneAt(START_MS)).isEqualTo(BERLIN);
    FileTapes away = run(3);
    away.utcOffset(-18_000);
    assertThat(recording(away).zoneAt(START_MS).getId()).isEqualTo("-05:00");
    FileTapes nowhere = run(3);
    nowhere.utcOffset(999_999);
    assertThat(recording(nowhere).zoneAt(START_MS)).isEqualTo(BERLIN);
  }

  @Test
  void aFileOfNothingButActivities_isRefused() {
    FileTapes file = new FileTapes();
    for (int i = 0; i < FileTapes.MOST_ACTIVITIES; i++) {
      file.begin(ActivityFormat.FIT);
    }
    assertThatThrownBy(() -> file.begin(ActivityFormat.FIT))
        .isInstanceOf(MalformedActivityException.class)
        .hasMessageContaining("100 activities");
  }

  private static void leg(FileTapes file, int fromS, int toS, String sport) {
    file.leg(new ActivityLeg(
        START_MS + fromS * 1_000L, START_MS + toS * 1_000L, sport, sport, DeviceTotals.NONE));
  }
}
