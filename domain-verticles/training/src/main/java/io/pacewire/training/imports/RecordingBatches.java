package io.pacewire.training.imports;

import io.pacewire.training.imports.ActivityTape.Thumb;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.ScalarColumn;
import io.pacewire.wire.WireLimits;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Freezes a recording into batches, as its device would have. Its session id follows from what was
 * recorded, whatever holds it: packed or not, alone or in an archive. Pure: the same recording gives
 * the same bytes.
 */
final class RecordingBatches {
  /** Ten minutes of seconds, which is 6 to 36 KB whatever was measured. */
  private static final int BATCH_ROWS = 600;

  /** Start and finish come beside them. */
  private static final int BATCH_MARKS = WireLimits.MAX_MARKS - 2;

  private static final Set<String> ON_FOOT = Set.of("run", "trail-run", "walk", "hike");
  private static final UUID NOBODYS = new UUID(0, 0);
  private static final int LONGEST_DEVICE = 60;

  private static final int SAMPLES = 1;

  /** Place of the lane of sensors' speeds. */
  private static final int SPEEDS = 2;

  private final Recording recording;
  private final boolean heights;
  private final boolean onFoot;
  private final ActivityTape tape;
  private final List<Lane> lanes;
  private final SampleBatch batch = new SampleBatch();
  private @Nullable UUID sessionId;

  RecordingBatches(Recording recording) {
    this(recording, true);
  }

  /** @param heights whether those without a position are frozen */
  private RecordingBatches(Recording recording, boolean heights) {
    this.recording = recording;
    this.heights = heights;
    this.onFoot = ON_FOOT.contains(recording.sport());
    tape = recording.tape();
    // At equal times in this order.
    lanes = List.of(
        new Lane(tape.marks, recording, this::mark),
        new Lane(tape.samples, recording, this::sample),
        new Lane(
            tape.speedsCmS,
            recording,
            (place, at, ms) -> add(batch.speeds(), at, ms, tape.speedsCmS.value(place))),
        new Lane(
            tape.rrIntervals,
            recording,
            (place, at, ms) -> add(batch.rrIntervals(), at, ms, tape.rrIntervals.value(place))));
  }

  /** Puts what stands at a place of a tape into the batch; false where that is nothing. */
  private interface Taken {
    boolean take(int place, long atMs, long monotonicMs);
  }

  /** What was recorded of one kind, by time. */
  private static final class Lane {
    final TimedValues values;
    final int[] places;
    final Taken taken;
    int next;

    Lane(TimedValues values, Recording recording, Taken taken) {
      this.values = values;
      this.taken = taken;
      // The wire has no other times, and no device was there before 1970.
      places = values.placesWithin(
          Math.max(0, recording.fromMs()), Math.min(WireLimits.MAX_EPOCH_MS, recording.beforeMs()));
    }

    /** {@link Long#MAX_VALUE} behind the last. */
    long atMs() {
      return next < places.length ? values.atMs(places[next]) : Long.MAX_VALUE;
    }
  }

  /** Then there is neither an id nor a time. */
  boolean isEmpty() {
    return lanes.get(SAMPLES).places.length == 0;
  }

  /** Where it is not empty. */
  SteadySpan span() {
    return SteadySpan.of(tape.samples, lanes.get(SAMPLES).places);
  }

  /** Freezes it in vain: throws now what {@link #freeze} would throw when half of it is sent. */
  void check() {
    if (!isEmpty()) {
      Mark unused = start();
      sessionId = digested();
    }
  }

  /**
   * The same as it was frozen before the wire had a place for heights without a position; null where
   * that made no difference.
   */
  @Nullable
  RecordingBatches former() {
    for (int place : lanes.get(SAMPLES).places) {
      if (isHeightAlone(place) && tape.altitudeCm.get(place) != SampleBatch.ABSENT) {
        return new RecordingBatches(recording, false);
      }
    }
    return null;
  }

  private boolean isHeightAlone(int place) {
    return heights && tape.latitudeE7.get(place) == SampleBatch.ABSENT; // else the fix has it
  }

  UUID sessionId() {
    UUID known = sessionId;
    return known == null ? digested() : known;
  }

  private UUID digested() {
    MessageDigest digest = Sha256.begin();
    freeze(NOBODYS, Mark.start(startAtMs(), 0, "", "", 0, "", "", 0), bytes -> {
      long hash = BatchCodec.decodeHeader(bytes, 0, bytes.length).bodyHash();
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(hash).flip());
    });
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    long most = startAtMs() << 16 | 0x7000 | (hash.getLong() & 0xFFF);
    return new UUID(most, hash.getLong() >>> 2 | 0x8000_0000_0000_0000L); // as RFC 9562, 5.7
  }

  long startAtMs() {
    long first = Long.MAX_VALUE;
    for (Lane lane : lanes) {
      lane.next = 0;
      first = Math.min(first, lane.atMs());
    }
    return first;
  }

  long endAtMs() {
    long last = Long.MIN_VALUE;
    for (Lane lane : lanes) {
      int size = lane.places.length;
      last = size == 0 ? last : Math.max(last, lane.values.atMs(lane.places[size - 1]));
    }
    return last;
  }

  /** Each batch in order, frozen. */
  void freeze(UUID session, Consumer<byte[]> frozen) {
    freeze(session, start(), frozen);
  }

  private Mark start() {
    long start = startAtMs();
    ZoneId zone = recording.zoneAt(start);
    int offsetS = zone.getRules().getOffset(Instant.ofEpochMilli(start)).getTotalSeconds();
    String device = shortened(tape.device);
    return Mark.start(start, 0, recording.sport(), zone.getId(), offsetS, device, "", 0);
  }

  private void freeze(UUID session, Mark start, Consumer<byte[]> frozen) {
    begin(session, 0);
    batch.addMark(start);
    int rows = 0;
    int seq = 0;
    long last = startAtMs();
    for (Lane lane = earliest(); lane.atMs() != Long.MAX_VALUE; lane = earliest()) {
      long at = lane.atMs();
      boolean full = rows >= BATCH_ROWS || batch.marks().size() >= BATCH_MARKS / 2;
      if (full && (at > last || rows >= 2 * BATCH_ROWS)) {
        frozen.accept(BatchCodec.encode(batch));
        begin(session, ++seq);
        rows = 0;
      }
      rows += lane.taken.take(lane.places[lane.next++], at, at - start.atEpochMs()) ? 1 : 0;
      last = at;
    }
    batch.addMark(Mark.finish(last, last - start.atEpochMs(), seq + 1));
    frozen.accept(BatchCodec.encode(batch));
  }

  private void begin(UUID session, int seq) {
    batch.clear();
    batch.header(session, 0, 0, seq);
  }

  private Lane earliest() {
    Lane earliest = lanes.get(0);
    for (Lane lane : lanes) {
      earliest = lane.atMs() < earliest.atMs() ? lane : earliest;
    }
    return earliest;
  }

  /** A hundred and more at one moment, for which there is room always, are nobody's. */
  private boolean mark(int place, long at, long monotonicMs) {
    if (batch.marks().size() >= BATCH_MARKS) {
      return false;
    }
    batch.addMark(
        switch (Thumb.of(tape.marks.value(place))) {
          case PAUSE -> Mark.pause(at, monotonicMs);
          case RESUME -> Mark.resume(at, monotonicMs);
          case LAP -> Mark.lap(at, monotonicMs);
        });
    return true;
  }

  private boolean sample(int place, long at, long monotonicMs) {
    boolean any = fix(place, at, monotonicMs);
    int bpm = tape.heartRateBpm.get(place);
    if (bpm != SampleBatch.ABSENT) {
      batch.heartRates().add(at, monotonicMs, bpm, SampleBatch.ABSENT);
      any = true;
    }
    int halves = tape.halfCyclesPerMin.get(place);
    boolean asTheyAre = halves == SampleBatch.ABSENT || onFoot;
    any |= add(batch.cadences(), at, monotonicMs, asTheyAre ? halves : (halves + 1) / 2);
    any |= add(batch.powers(), at, monotonicMs, tape.powerW.get(place));
    any |= add(batch.temperatures(), at, monotonicMs, tape.temperatureCdeg.get(place));
    any |= add(batch.pressures(), at, monotonicMs, tape.pressurePa.get(place));
    if (isHeightAlone(place)) {
      any |= add(batch.altitudes(), at, monotonicMs, tape.altitudeCm.get(place));
    }
    return any;
  }

  private boolean fix(int place, long at, long monotonicMs) {
    int latitude = tape.latitudeE7.get(place);
    if (latitude == SampleBatch.ABSENT) {
      return false;
    }
    batch
        .fixes()
        .add(
            at,
            monotonicMs,
            latitude,
            tape.longitudeE7.get(place),
            tape.altitudeCm.get(place),
            tape.accuracyCm.get(place),
            SampleBatch.ABSENT,
            fixSpeed(place),
            SampleBatch.ABSENT);
    return true;
  }

  /** What a sensor measured is in the column of sensors, and not here once more. */
  private int fixSpeed(int place) {
    return lanes.get(SPEEDS).places.length == 0 ? tape.fixSpeedCmS.get(place) : SampleBatch.ABSENT;
  }

  private static boolean add(ScalarColumn column, long at, long monotonicMs, int value) {
    if (value == SampleBatch.ABSENT) {
      return false;
    }
    column.add(at, monotonicMs, value);
    return true;
  }

  /** Within the wire's 256 bytes, whatever script it is in. */
  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST_DEVICE
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_DEVICE));
  }
}
