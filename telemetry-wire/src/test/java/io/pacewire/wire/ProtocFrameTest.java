package io.pacewire.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.pacewire.wire.proto.LedgerQuery;
import io.pacewire.wire.proto.Refusal;
import io.pacewire.wire.proto.SeqRange;
import io.pacewire.wire.proto.TokenRenewal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Envelopes, frames and ledger entries against protoc's classes, both ways. */
class ProtocFrameTest {
  @Property(tries = 300)
  void envelopes(
      @ForAll @LongRange(max = WireLimits.MAX_EPOCH_MS) long sentAt,
      @ForAll @StringLength(max = 60) String trace,
      @ForAll @Size(max = 300) byte[] batch)
      throws InvalidProtocolBufferException {
    String traceparent = utf8(trace);
    byte[] ours = Envelope.encode(sentAt, traceparent, batch);
    io.pacewire.wire.proto.Envelope theirs = io.pacewire.wire.proto.Envelope.parseFrom(ours);
    assertThat(theirs.getSentAtEpochMs()).isEqualTo(sentAt);
    assertThat(theirs.getTraceparent()).isEqualTo(traceparent);
    assertThat(theirs.getBatch().toByteArray()).isEqualTo(batch);

    io.pacewire.wire.proto.Envelope withBatch = theirs.toBuilder()
        .setBatch(ByteString.copyFrom(batch).concat(ByteString.copyFrom(new byte[1])))
        .build();
    Envelope got = Envelope.parse(withBatch.toByteArray());
    assertThat(got.sentAtEpochMs()).isEqualTo(sentAt);
    assertThat(got.traceparent() == null ? "" : got.traceparent()).isEqualTo(traceparent);
    assertThat(got.batchLength()).isEqualTo(batch.length + 1);
    assertThat(ByteString.copyFrom(got.buffer(), got.batchFrom(), got.batchLength()))
        .isEqualTo(withBatch.getBatch());
  }

  @Property(tries = 300)
  void clientFrames(
      @ForAll @LongRange(max = WireLimits.MAX_EPOCH_MS) long sentAt,
      @ForAll long most,
      @ForAll @IntRange(max = 15) int writer,
      @ForAll @Size(min = 1, max = 300) byte[] batch)
      throws InvalidProtocolBufferException {
    UUID session = new UUID(most, ~most);
    io.pacewire.wire.proto.ClientFrame publish = frame()
        .setPublish(io.pacewire.wire.proto.Envelope.newBuilder()
            .setSentAtEpochMs(sentAt)
            .setBatch(ByteString.copyFrom(batch)))
        .build();
    assertThat(ClientFrame.publish(sentAt, null, batch)).isEqualTo(publish.toByteArray());
    assertThat(ClientFrame.parse(publish.toByteArray()).envelope())
        .isEqualTo(publish.getPublish().toByteArray());

    io.pacewire.wire.proto.ClientFrame query = frame()
        .setQuery(
            LedgerQuery.newBuilder().setSessionId(ProtocClasses.id(session)).setWriter(writer))
        .build();
    assertThat(ClientFrame.query(session, writer)).isEqualTo(query.toByteArray());
    ClientFrame asked = ClientFrame.parse(new LooseWriter(new Random(most)).write(query));
    assertThat(asked.kind()).isEqualTo(ClientFrame.Kind.QUERY);
    assertThat(asked.sessionId()).isEqualTo(session);
    assertThat(asked.writer()).isEqualTo(writer);

    io.pacewire.wire.proto.ClientFrame renewal =
        frame().setRenewal(TokenRenewal.newBuilder().setToken("a.b-" + writer)).build();
    assertThat(ClientFrame.renewal("a.b-" + writer)).isEqualTo(renewal.toByteArray());
    assertThat(ClientFrame.parse(renewal.toByteArray()).token()).isEqualTo("a.b-" + writer);
  }

  @Property(tries = 300)
  void serverFrames(@ForAll long seed) {
    Random random = new Random(seed);
    List<LedgerEntry> entries = new ArrayList<>();
    io.pacewire.wire.proto.ServerFrame.Builder theirs =
        io.pacewire.wire.proto.ServerFrame.newBuilder().setServerAtEpochMs(random.nextLong());
    for (int i = random.nextInt(4); i > 0; i--) {
      LedgerEntry entry = entry(random);
      entries.add(entry);
      theirs.addLedger(protoc(entry));
    }
    int retryAfterMs = random.nextInt(2) * random.nextInt(60_000);
    theirs.setRetryAfterMs(retryAfterMs);
    byte[] ours =
        ServerFrame.of(entries, retryAfterMs, theirs.getServerAtEpochMs()).encode();
    assertThat(ours).isEqualTo(theirs.build().toByteArray());

    ServerFrame got = ServerFrame.parse(new LooseWriter(random).write(theirs.build()));
    assertThat(got.encode()).isEqualTo(ours);
    assertThat(got.ledger()).hasSameSizeAs(entries);
    assertThat(got.retryAfterMs()).isEqualTo(retryAfterMs);
  }

  @Property(tries = 100)
  void limitsAndWarnings(
      @ForAll @IntRange int bytes, @ForAll @IntRange int window, @ForAll long serverAt)
      throws InvalidProtocolBufferException {
    io.pacewire.wire.proto.ServerFrame hello = io.pacewire.wire.proto.ServerFrame.parseFrom(
        ServerFrame.hello(bytes, window, serverAt).encode());
    assertThat(hello.getMaxBatchBytes()).isEqualTo(bytes);
    assertThat(hello.getWindow()).isEqualTo(window);
    assertThat(hello.getServerAtEpochMs()).isEqualTo(serverAt);
    ServerFrame warning =
        ServerFrame.parse(hello.toBuilder().setWarning("token-expires").build().toByteArray());
    assertThat(warning.warning()).isEqualTo("token-expires");
    assertThat(warning.window()).isEqualTo(window);
    assertThat(warning.maxBatchBytes()).isEqualTo(bytes);
  }

  private static io.pacewire.wire.proto.ClientFrame.Builder frame() {
    return io.pacewire.wire.proto.ClientFrame.newBuilder();
  }

  private static LedgerEntry entry(Random random) {
    LedgerEntry entry =
        new LedgerEntry(new UUID(random.nextLong(), random.nextLong()), random.nextInt(16));
    for (int i = random.nextInt(8); i > 0; i--) {
      int from = random.nextInt(1_000);
      entry.acked().add(from, from + random.nextInt(40));
      entry.stored().add(from / 2, from);
      entry.deferred().add(from, from + random.nextInt(3));
      entry.refuse(random.nextInt(WireLimits.MAX_SEQ + 1), "conflicting-content");
    }
    entry.complete(random.nextBoolean());
    return entry;
  }

  private static io.pacewire.wire.proto.LedgerEntry protoc(LedgerEntry entry) {
    io.pacewire.wire.proto.LedgerEntry.Builder out = io.pacewire.wire.proto.LedgerEntry.newBuilder()
        .setSessionId(ProtocClasses.id(entry.sessionId()))
        .setWriter(entry.writer())
        .setComplete(entry.isComplete());
    for (int i = 0; i < entry.acked().count(); i++) {
      out.addAcked(range(entry.acked(), i));
    }
    for (int i = 0; i < entry.stored().count(); i++) {
      out.addStored(range(entry.stored(), i));
    }
    for (int i = 0; i < entry.deferred().count(); i++) {
      out.addDeferred(range(entry.deferred(), i));
    }
    entry
        .refused()
        .forEach((seq, why) -> out.addRefused(Refusal.newBuilder().setSeq(seq).setReason(why)));
    return out.build();
  }

  private static SeqRange range(SeqRanges ranges, int index) {
    return SeqRange.newBuilder()
        .setFrom(ranges.from(index))
        .setTo(ranges.to(index))
        .build();
  }

  /** What is left of any string once it went through UTF-8: no half pairs. */
  private static String utf8(String text) {
    return ByteString.copyFromUtf8(text).toStringUtf8();
  }
}
