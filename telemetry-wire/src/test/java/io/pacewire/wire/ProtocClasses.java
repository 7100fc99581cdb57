package io.pacewire.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.pacewire.wire.proto.SampleBody;
import java.util.UUID;

/** The same batch in the classes that protoc makes of telemetry.proto, its deltas taken anew. */
final class ProtocClasses {
  private ProtocClasses() {}

  static io.pacewire.wire.proto.SampleBatch of(SampleBatch batch) {
    return sealed(batch, body(batch).toByteString());
  }

  static io.pacewire.wire.proto.SampleBatch sealed(SampleBatch batch, ByteString body) {
    byte[] bytes = body.toByteArray();
    return io.pacewire.wire.proto.SampleBatch.newBuilder()
        .setWireVersion(1)
        .setSessionId(id(batch.sessionId()))
        .setWriter(batch.writer())
        .setInstallEpoch(batch.installEpoch())
        .setSeq(batch.seq())
        .setFirstAtEpochMs(batch.firstAtEpochMs())
        .setLastAtEpochMs(batch.lastAtEpochMs())
        .setBodyHash(XxHash64.hash(bytes, 0, bytes.length))
        .setBody(body)
        .build();
  }

  static SampleBody body(SampleBatch batch) {
    SampleBody.Builder body = SampleBody.newBuilder();
    for (Column column : batch.columns()) {
      if (column.size() > 0) {
        FieldDescriptor field = SampleBody.getDescriptor().findFieldByName(column.name());
        body.setField(field, column(column, body.newBuilderForField(field), batch));
      }
    }
    for (Mark mark : batch.marks()) {
      body.addMarks(mark(mark));
    }
    return body.build();
  }

  static ByteString id(UUID id) {
    java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(16);
    bytes
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .flip();
    return ByteString.copyFrom(bytes);
  }

  private static Message column(Column column, Message.Builder into, SampleBatch batch) {
    into.setField(
        into.getDescriptorForType().findFieldByNumber(1), clock(column, batch.firstAtEpochMs()));
    for (int series = 0; series < column.seriesCount(); series++) {
      FieldDescriptor field = into.getDescriptorForType().findFieldByNumber(series + 2);
      boolean anywhere = series < column.required();
      for (int i = 0; i < column.size(); i++) {
        anywhere |= column.series(series).get(i) != SampleBatch.ABSENT;
      }
      for (int i = 0; anywhere && i < column.size(); i++) {
        int before = i == 0 ? 0 : column.series(series).get(i - 1);
        into.addRepeatedField(field, column.series(series).get(i) - before);
      }
    }
    return into.build();
  }

  private static io.pacewire.wire.proto.ColumnClock clock(Column column, long firstAtEpochMs) {
    io.pacewire.wire.proto.ColumnClock.Builder clock =
        io.pacewire.wire.proto.ColumnClock.newBuilder()
            .setFirstWallOffsetMs(column.clock().atEpochMs(0) - firstAtEpochMs)
            .setFirstMonotonicMs(column.clock().monotonicMs(0));
    boolean skewed = false;
    for (int i = 1; i < column.size(); i++) {
      clock.addWallDeltaMs(column.clock().atEpochMs(i) - column.clock().atEpochMs(i - 1));
      clock.addSkewDeltaMs(skew(column, i) - skew(column, i - 1));
      skewed |= skew(column, i) != skew(column, i - 1);
    }
    return skewed ? clock.build() : clock.clearSkewDeltaMs().build();
  }

  private static long skew(Column column, int index) {
    return column.clock().monotonicMs(index) - column.clock().atEpochMs(index);
  }

  private static io.pacewire.wire.proto.Mark mark(Mark mark) {
    return io.pacewire.wire.proto.Mark.newBuilder()
        .setKind(io.pacewire.wire.proto.Mark.Kind.valueOf(mark.kind().name()))
        .setAtEpochMs(mark.atEpochMs())
        .setMonotonicMs(mark.monotonicMs())
        .setSport(mark.sport())
        .setTimeZone(mark.timeZone())
        .setUtcOffsetS(mark.utcOffsetS())
        .setDeviceName(mark.deviceName())
        .setAppVersion(mark.appVersion())
        .setConsentVersion(mark.consentVersion())
        .setBatchCount(mark.batchCount())
        .setFromSeq(mark.fromSeq())
        .setToSeq(mark.toSeq())
        .build();
  }
}
