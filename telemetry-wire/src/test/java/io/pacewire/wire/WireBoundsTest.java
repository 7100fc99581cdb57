package io.pacewire.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a server would refuse cannot be made here, and what comes in beyond the bounds is named. */
class WireBoundsTest {
  private static final long AT = Batches.AT;
  private static final String LONG_TEXT = "ж".repeat(129);

  @Test
  void anEmptyBatch_cannotBeSealed() {
    assertThatIllegalStateException().isThrownBy(() -> BatchCodec.encode(Batches.empty(0)));
  }

  @Test
  void aColumnAtItsBound_isSealed_oneSampleMoreIsNot() {
    SampleBatch batch = Batches.empty(0);
    for (int i = 0; i < WireLimits.MAX_SAMPLES_PER_COLUMN; i++) {
      batch.powers().add(AT, i, 200);
    }
    assertThat(BatchCodec.decode(BatchCodec.encode(batch)).powers().size())
        .isEqualTo(WireLimits.MAX_SAMPLES_PER_COLUMN);
    batch.powers().add(AT, 0, 200);
    assertThatIllegalStateException()
        .isThrownBy(() -> BatchCodec.encode(batch))
        .withMessageContaining("powers");
  }

  @Test
  void marksBeyondTheBound_areNotTaken() {
    SampleBatch batch = Batches.empty(0);
    for (int i = 0; i < WireLimits.MAX_MARKS; i++) {
      batch.addMark(Mark.lap(AT + i, i));
    }
    assertThatIllegalStateException().isThrownBy(() -> batch.addMark(Mark.lap(AT, 0)));
    assertThat(BatchCodec.decode(BatchCodec.encode(batch)).marks()).hasSize(WireLimits.MAX_MARKS);
  }

  @Test
  void timesOutsideTheWiresCentury_cannotBeSealed() {
    SampleBatch early = Batches.empty(0);
    early.addMark(Mark.lap(-1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> BatchCodec.encode(early));
    SampleBatch late = Batches.empty(0);
    late.addMark(Mark.lap(WireLimits.MAX_EPOCH_MS + 1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> BatchCodec.encode(late));
  }

  @Test
  void aMarkThatExists_isValid() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mark.start(AT, 0, "run", "UTC", 0, LONG_TEXT, "", 0))
        .withMessageContaining("deviceName");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mark.start(AT, 0, "run", "UTC", 0, "", "", -1));
    assertThatIllegalArgumentException().isThrownBy(() -> Mark.finish(AT, 0, -1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mark.finish(AT, 0, WireLimits.MAX_SEQ + 2));
    assertThatIllegalArgumentException().isThrownBy(() -> Mark.skip(AT, 0, 5, 4));
    assertThatIllegalArgumentException().isThrownBy(() -> Mark.skip(AT, 0, -1, 4));
  }

  @Test
  void aHeaderThatIsSet_isValid() {
    SampleBatch batch = new SampleBatch();
    UUID id = Batches.SESSION;
    assertThatIllegalArgumentException().isThrownBy(() -> batch.header(id, 16, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> batch.header(id, -1, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> batch.header(id, 0, -1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> batch.header(id, 0, 0, -1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> batch.header(id, 0, 0, WireLimits.MAX_SEQ + 1));
  }

  static Stream<Arguments> faultyHeaders() {
    return Stream.of(
        header("wire_version", header -> header.setWireVersion(2)),
        header("session_id", header -> header.setSessionId(ByteString.copyFrom(new byte[15]))),
        header("session_id", header -> header.clearSessionId()),
        header("writer", header -> header.setWriter(16)),
        header("install_epoch", header -> header.setInstallEpoch(-1)),
        header("seq", header -> header.setSeq(WireLimits.MAX_SEQ + 1)),
        header("first_at_epoch_ms", header -> header.setFirstAtEpochMs(-1)),
        header("last_at_epoch_ms", header -> header.setLastAtEpochMs(Long.MAX_VALUE)),
        header("last_at_epoch_ms", header -> header.setLastAtEpochMs(AT - 1)),
        header("body", header -> header.clearBody()));
  }

  @ParameterizedTest
  @MethodSource("faultyHeaders")
  void aFaultInTheHeader_isNamed(
      String field, Consumer<io.pacewire.wire.proto.SampleBatch.Builder> fault) {
    io.pacewire.wire.proto.SampleBatch.Builder header =
        ProtocClasses.of(Batches.gps(5, 1)).toBuilder().setFirstAtEpochMs(AT);
    fault.accept(header);
    byte[] bytes = header.build().toByteArray();
    assertThatThrownBy(() -> BatchCodec.decodeHeader(bytes, 0, bytes.length))
        .isInstanceOf(MalformedBatchException.class)
        .hasMessageStartingWith(field);
  }

  static Stream<Arguments> faultyBodies() {
    return Stream.of(
        body("fixes.longitude_e7", body -> body.getFixesBuilder().clearLongitudeE7()),
        body("fixes.longitude_e7", body -> body.getFixesBuilder().clearLatitudeE7()),
        body("fixes.altitude_cm", body -> body.getFixesBuilder().addAltitudeCm(1)),
        body("fixes has no clock", body -> body.getFixesBuilder().clearClock()),
        body(
            "fixes.wall_delta_ms",
            body -> body.getFixesBuilder().getClockBuilder().addWallDeltaMs(1)),
        body(
            "fixes.wall_delta_ms",
            body -> body.getFixesBuilder().getClockBuilder().clearWallDeltaMs()),
        body(
            "fixes.skew_delta_ms",
            body -> body.getFixesBuilder().getClockBuilder().clearSkewDeltaMs().addSkewDeltaMs(1)),
        body(
            "fixes has a sample at",
            body -> body.getFixesBuilder().getClockBuilder().setFirstWallOffsetMs(-1)),
        body(
            "fixes has a sample at",
            body -> body.getFixesBuilder().getClockBuilder().setFirstWallOffsetMs(3_600_000)),
        body("mark at", body -> body.addMarksBuilder().setKindValue(2).setAtEpochMs(AT - 1)),
        body("mark has no kind", body -> body.addMarksBuilder().setAtEpochMs(AT)),
        body("mark skips", body -> mark(body, 6).setFromSeq(2).setToSeq(1)),
        body("mark.to_seq", body -> mark(body, 6).setToSeq(WireLimits.MAX_SEQ + 1)),
        body("mark.sport", body -> mark(body, 1).setSport(LONG_TEXT)),
        body("body has no sample", body -> body.clear().getFixesBuilder()),
        body("body is missing", body -> body.clear()));
  }

  @ParameterizedTest
  @MethodSource("faultyBodies")
  void aFaultInTheBody_isNamed(
      String fault, Consumer<io.pacewire.wire.proto.SampleBody.Builder> make) {
    SampleBatch batch = Batches.gps(5, 1);
    io.pacewire.wire.proto.SampleBody.Builder body = ProtocClasses.body(batch).toBuilder();
    make.accept(body);
    byte[] bytes = ProtocClasses.sealed(batch, body.build().toByteString()).toByteArray();
    SampleBatch into = new SampleBatch();
    assertThatThrownBy(() -> BatchCodec.decode(bytes, 0, bytes.length, into))
        .isInstanceOf(MalformedBatchException.class)
        .hasMessageStartingWith(fault);
    assertThat(into.isEmpty()).isTrue();
  }

  @Test
  void aColumnOrItsClockTwice_isRefused() {
    SampleBatch batch = Batches.gps(3, 1);
    ByteString body = ProtocClasses.body(batch).toByteString();
    byte[] twice = ProtocClasses.sealed(batch, body.concat(body)).toByteArray();
    assertThatThrownBy(() -> BatchCodec.decode(twice)).hasMessage("fixes is there twice");

    ByteString clock = ByteString.copyFrom(new byte[] {0x0A, 0});
    ByteString column = ProtocClasses.body(batch).getFixes().toByteString().concat(clock);
    ByteString wrapped =
        ByteString.copyFrom(new byte[] {0x0A, (byte) column.size()}).concat(column);
    assertThat(column.size()).isLessThan(128);
    byte[] clocks = ProtocClasses.sealed(batch, wrapped).toByteArray();
    assertThatThrownBy(() -> BatchCodec.decode(clocks)).hasMessage("fixes.clock is there twice");
  }

  @Test
  void aRunOfNumbersThatEndsWithinOne_isRefused() {
    ProtoWriter body = new ProtoWriter(64);
    int column = body.begin(7);
    body.raw(1, new byte[0], 0, 0);
    body.raw(2, new byte[] {2, (byte) 0x80}, 0, 2);
    body.end(column);
    byte[] bytes = ProtocClasses.sealed(Batches.gps(1, 1), ByteString.copyFrom(body.toBytes()))
        .toByteArray();
    assertThatThrownBy(() -> BatchCodec.decode(bytes))
        .hasMessageStartingWith("powers.value cut off");
  }

  @Test
  void aColumnWithoutSamples_isNone_whateverItsClockSays() {
    SampleBatch batch = Batches.gps(2, 1);
    io.pacewire.wire.proto.SampleBody.Builder body = ProtocClasses.body(batch).toBuilder();
    body.getPowersBuilder().getClockBuilder().setFirstMonotonicMs(7);
    byte[] bytes = ProtocClasses.sealed(batch, body.build().toByteString()).toByteArray();
    assertThat(BatchText.of(BatchCodec.decode(bytes))).isEqualTo(BatchText.of(batch));

    body.getPowersBuilder().getClockBuilder().addWallDeltaMs(1);
    byte[] more = ProtocClasses.sealed(batch, body.build().toByteString()).toByteArray();
    assertThatThrownBy(() -> BatchCodec.decode(more))
        .hasMessage("powers.wall_delta_ms has more values than its column samples");
  }

  @Test
  void aRangeOutsideTheArray_isTheCallersMistake() {
    byte[] bytes = BatchCodec.encode(Batches.gps(1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BatchCodec.decodeHeader(bytes, 1, bytes.length));
    assertThatIllegalArgumentException().isThrownBy(() -> BatchCodec.decodeHeader(bytes, -1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> BatchCodec.decodeHeader(bytes, 0, -1));
  }

  @Test
  void aReasonThatIsTooLong_isCutSoThatADeviceCanReadIt() {
    LedgerEntry entry = new LedgerEntry(Batches.SESSION, 0);
    entry.refuse(1, "🏃".repeat(200));
    entry.refuse(2, LONG_TEXT);
    LedgerEntry got = LedgerEntry.parse(entry.encode());
    assertThat("🏃".repeat(200)).startsWith(got.refused().get(1));
    assertThat(got.refused().get(1)).hasSizeGreaterThan(80);
    assertThat(LONG_TEXT).startsWith(got.refused().get(2));
    assertThatIllegalArgumentException().isThrownBy(() -> entry.refuse(-1, "malformed"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> entry.refuse(WireLimits.MAX_SEQ + 1, "malformed"));
  }

  @Test
  void refusalsBeyondTheBound_areLeftOut_knownOnesMayChange() {
    LedgerEntry entry = new LedgerEntry(Batches.SESSION, 0);
    for (int seq = 0; seq <= WireLimits.MAX_REFUSALS; seq++) {
      entry.refuse(seq, "malformed");
    }
    entry.refuse(0, "too-large");
    assertThat(entry.refused()).hasSize(WireLimits.MAX_REFUSALS).containsEntry(0, "too-large");
  }

  @Test
  void aTraceOrWarningThatNobodyCouldRead_isNotSent() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Envelope.encode(AT, LONG_TEXT, new byte[1]));
    assertThatIllegalArgumentException().isThrownBy(() -> ServerFrame.warning(LONG_TEXT, AT));
  }

  @Test
  void sessionIds_areVersionSevenAndSortByTime() {
    Random random = new Random(5);
    UUID earlier = SessionIds.next(AT, random);
    assertThat(earlier.version()).isEqualTo(7);
    assertThat(earlier.variant()).isEqualTo(2);
    assertThat(earlier.getMostSignificantBits() >>> 16).isEqualTo(AT);
    assertThat(SessionIds.next(AT + 1, random).toString()).isGreaterThan(earlier.toString());
    assertThat(SessionIds.next(AT, random)).isNotEqualTo(earlier);
    assertThatIllegalArgumentException().isThrownBy(() -> SessionIds.next(-1, random));
  }

  @Test
  void topics_nameTheirDevice() {
    UUID id = Batches.SESSION;
    assertThat(DeviceTopics.deviceOf(DeviceTopics.ledger(id))).contains(id);
    assertThat(DeviceTopics.deviceOf(DeviceTopics.commands(id))).contains(id);
    assertThat(DeviceTopics.deviceOf(DeviceTopics.batches(id))).isEmpty();
    assertThat(DeviceTopics.deviceOf("v1/devices/" + id + "/else")).isEmpty();
    assertThat(DeviceTopics.deviceOf("v1/devices/+/ledger")).isEmpty();
    assertThat(DeviceTopics.deviceOf(DeviceTopics.ledger(id).replace('a', 'A'))).isEmpty();
  }

  private static io.pacewire.wire.proto.Mark.Builder mark(
      io.pacewire.wire.proto.SampleBody.Builder body, int kind) {
    return body.addMarksBuilder().setKindValue(kind).setAtEpochMs(AT + 1_000);
  }

  private static Arguments header(
      String field, Consumer<io.pacewire.wire.proto.SampleBatch.Builder> fault) {
    return Arguments.of(field, fault);
  }

  private static Arguments body(
      String fault, Consumer<io.pacewire.wire.proto.SampleBody.Builder> make) {
    return Arguments.of(fault, make);
  }
}
