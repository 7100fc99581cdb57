package io.pacewire.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.pacewire.wire.proto.SampleBody;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Our codec against the classes that protoc generates from the published definition. */
class ProtocBatchTest {
  @Property(tries = 500)
  void whatWeWrite_isByteForByteWhatProtocWrites(@ForAll long seed) {
    SampleBatch batch = Batches.random(new Random(seed));
    assertThat(BatchCodec.encode(batch)).isEqualTo(ProtocClasses.of(batch).toByteArray());
  }

  @Property(tries = 500)
  void whatWeWrite_isUnderstoodWithoutRemainder(@ForAll long seed)
      throws InvalidProtocolBufferException {
    SampleBatch batch = Batches.random(new Random(seed));
    io.pacewire.wire.proto.SampleBatch parsed =
        io.pacewire.wire.proto.SampleBatch.parseFrom(BatchCodec.encode(batch));
    assertThat(parsed).isEqualTo(ProtocClasses.of(batch));
    assertThat(SampleBody.parseFrom(parsed.getBody())).isEqualTo(ProtocClasses.body(batch));
  }

  @Property(tries = 500)
  void whatProtocWrites_weUnderstand(@ForAll long seed) {
    SampleBatch batch = Batches.random(new Random(seed));
    SampleBatch got = BatchCodec.decode(ProtocClasses.of(batch).toByteArray());
    assertThat(BatchText.of(got)).isEqualTo(BatchText.of(batch));
  }

  @Property(tries = 500)
  void whatIsWrittenLoosely_meansTheSameToBoth(@ForAll long seed)
      throws InvalidProtocolBufferException {
    Random random = new Random(seed);
    SampleBatch batch = Batches.random(random);
    LooseWriter loose = new LooseWriter(random);
    byte[] body = loose.write(ProtocClasses.body(batch));
    byte[] bytes = loose.write(ProtocClasses.sealed(batch, ByteString.copyFrom(body)));

    assertThat(BatchText.of(BatchCodec.decode(bytes))).isEqualTo(BatchText.of(batch));
    SampleBody withoutUnknown = SampleBody.parseFrom(body).toBuilder()
        .setUnknownFields(UnknownFieldSet.getDefaultInstance())
        .build();
    assertThat(withoutUnknown.getFixes().getLatitudeE7List())
        .isEqualTo(ProtocClasses.body(batch).getFixes().getLatitudeE7List());
    assertThat(withoutUnknown.getMarksCount()).isEqualTo(batch.marks().size());
  }

  @Property(tries = 200)
  void aBatchThatIsReadIntoAUsedOne_leavesNothingBehind(@ForAll long seed) {
    Random random = new Random(seed);
    SampleBatch used = new SampleBatch();
    for (int round = 0; round < 4; round++) {
      byte[] bytes = BatchCodec.encode(Batches.random(random));
      byte[] shifted = new byte[bytes.length + 7];
      System.arraycopy(bytes, 0, shifted, 3, bytes.length);
      BatchCodec.decode(shifted, 3, bytes.length, used);
      assertThat(BatchText.of(used)).isEqualTo(BatchText.of(BatchCodec.decode(bytes)));
      assertThat(BatchCodec.encode(used)).isEqualTo(bytes);
    }
  }

  /** A column and a kind of mark of a later version: skipped, yet there when encoded again. */
  @Example
  void whatALaterVersionAdds_isKept() throws InvalidProtocolBufferException {
    SampleBatch batch = Batches.gps(3, 1);
    SampleBody body = ProtocClasses.body(batch).toBuilder()
        .addMarks(io.pacewire.wire.proto.Mark.newBuilder().setKindValue(77).setBatchCount(5))
        .setUnknownFields(UnknownFieldSet.newBuilder()
            .addField(
                40,
                UnknownFieldSet.Field.newBuilder()
                    .addLengthDelimited(ByteString.copyFromUtf8("a column"))
                    .build())
            .build())
        .build();
    byte[] sealed = ProtocClasses.sealed(batch, body.toByteString()).toBuilder()
        .setFirstAtEpochMs(Batches.AT - 60_000)
        .build()
        .toByteArray();
    // The column's first offset was taken against another first time than the header now states.
    SampleBatch got = BatchCodec.decode(sealed);
    assertThat(got.marks()).isEmpty();
    assertThat(got.firstAtEpochMs()).isEqualTo(Batches.AT - 60_000);

    io.pacewire.wire.proto.SampleBatch again =
        io.pacewire.wire.proto.SampleBatch.parseFrom(BatchCodec.encode(got));
    SampleBody bodyAgain = SampleBody.parseFrom(again.getBody());
    assertThat(again.getFirstAtEpochMs()).isEqualTo(Batches.AT - 60_000);
    assertThat(bodyAgain.getUnknownFields()).isEqualTo(body.getUnknownFields());
    assertThat(bodyAgain.getMarksList()).isEqualTo(body.getMarksList());
    assertThat(bodyAgain.getFixes()).isEqualTo(body.getFixes());
  }

  @Example
  void aBatchOfNothingButLaterThings_isKeptToo() {
    byte[] body = {(byte) 0xC2, 0x02, 1, 9}; // field 40
    SampleBatch times = Batches.gps(2, 1);
    byte[] sealed = ProtocClasses.sealed(times, ByteString.copyFrom(body)).toByteArray();
    SampleBatch got = BatchCodec.decode(sealed);
    assertThat(got.isEmpty()).isFalse();
    assertThat(got.lastAtEpochMs()).isEqualTo(times.lastAtEpochMs());
    assertThat(BatchCodec.encode(got)).isEqualTo(sealed);
  }
}
