package io.pacewire.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.pacewire.wire.proto.SampleBody;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Bytes from outside: a value or {@link MalformedBatchException}, whatever they are. */
class WireFuzzTest {
  /** Measured: at most 3.7 MB, for 64 KB of empty warnings. A quadratic cost takes hundreds. */
  private static final long MOST_ALLOCATED_BYTES = 6_000_000;

  private static final Map<String, Consumer<byte[]>> PARSERS = Map.of(
      "batch", WireFuzzTest::readBatch,
      "header", bytes -> BatchCodec.decodeHeader(bytes, 0, bytes.length),
      "body", bytes -> readBatch(sealed(bytes)),
      "envelope", Envelope::parse,
      "client frame", ClientFrame::parse,
      "server frame", bytes -> ServerFrame.parse(ServerFrame.parse(bytes).encode()),
      "ledger entry", bytes -> LedgerEntry.parse(LedgerEntry.parse(bytes).encode()));

  @Property(tries = 1_000)
  void randomBytes(@ForAll @Size(max = 400) byte[] bytes) {
    PARSERS.forEach((name, parser) -> feed(parser, bytes));
  }

  @Property(tries = 1_000)
  void randomFieldsOfTheRightKinds(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] bytes = randomFields(random, 3);
    PARSERS.forEach((name, parser) -> feed(parser, bytes));
  }

  @Property(tries = 1_000)
  void validBytesWithDamage(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] batch = BatchCodec.encode(Batches.random(random));
    BatchHeader header = BatchCodec.decodeHeader(batch, 0, batch.length);
    feed(WireFuzzTest::readBatch, damaged(batch, random));
    byte[] body = Arrays.copyOfRange(batch, header.bodyFrom(), batch.length);
    feed(bytes -> readBatch(sealed(bytes)), damaged(body, random));
    for (byte[] message : GoldenMessages.all().values()) {
      byte[] damaged = damaged(message, random);
      PARSERS.forEach((name, parser) -> feed(parser, damaged));
    }
  }

  @Property(tries = 50)
  void aBatchCutOffAnywhere_isMalformed(@ForAll long seed) {
    byte[] whole = BatchCodec.encode(Batches.random(new Random(seed)));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> BatchCodec.decode(cut)).isInstanceOf(MalformedBatchException.class);
      int end = length;
      assertThatThrownBy(() -> BatchCodec.decodeHeader(whole, 0, end))
          .isInstanceOf(MalformedBatchException.class);
    }
  }

  @Test
  void anyMessageOrBodyCutOffAnywhere_isAValueOrMalformed() {
    for (byte[] message : GoldenMessages.all().values()) {
      for (int length = 0; length < message.length; length++) {
        byte[] cut = Arrays.copyOf(message, length);
        PARSERS.forEach((name, parser) -> feed(parser, cut));
      }
    }
    byte[] batch = BatchCodec.encode(Batches.gps(60, 3));
    int from = BatchCodec.decodeHeader(batch, 0, batch.length).bodyFrom();
    for (int end = from; end < batch.length; end++) {
      byte[] cut = Arrays.copyOfRange(batch, from, end);
      feed(bytes -> readBatch(sealed(bytes)), cut);
    }
  }

  /** Lengths and counts that promise much must not be believed; many small things stay small. */
  @Example
  void theWorstThatFitsABatch_costsBoundedMemory() {
    List<byte[]> worst = List.of(
        repeated(0xC2, 0x02, 0x00), // empty fields nobody knows
        repeated(0x0A, 0x00), // empty columns
        repeated(0x22, 0x02, 0x08, 0x63), // marks of a later version
        repeated(0x22, 0x02, 0x08, 0x02), // pauses
        repeated(0x22, 0x05, 0x08, 0x01, 0x22, 0x01, 0x78), // starts
        filledColumn(1, 2),
        filledColumn(2, 3),
        filledColumn(5, 1),
        new byte[] {0x0A, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x07},
        new byte[] {0x0A, 0x06, 0x12, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 7});
    for (byte[] body : worst) {
      byte[] sealed = sealed(body);
      assertThat(allocatedBy(() ->
              feed(bytes -> BatchCodec.decode(bytes, 0, bytes.length, new SampleBatch()), sealed)))
          .as("allocated for a body that begins with %s", body[0])
          .isLessThan(MOST_ALLOCATED_BYTES);
    }
  }

  @Example
  void theWorstThatFitsAFrame_costsBoundedMemory() {
    List<byte[]> worst = List.of(
        repeated(0x0A, 0x00), // empty ledger entries, or empty envelopes
        repeated(0x1A, 0x00), // empty tokens, or empty ranges
        repeated(0x1A, 0x02, 0x10, 0x01),
        repeated(0x2A, 0x00), // empty refusals
        repeated(0xC2, 0x02, 0x00));
    for (byte[] frame : worst) {
      PARSERS.forEach((name, parser) -> assertThat(allocatedBy(() -> feed(parser, frame)))
          .as("allocated by %s for a frame that begins with %s", name, frame[0])
          .isLessThan(MOST_ALLOCATED_BYTES));
    }
  }

  private static long allocatedBy(Runnable work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    work.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  /** What is taken, protoc's classes take too; sealed again, it says the same. */
  private static void readBatch(byte[] bytes) {
    SampleBatch batch = new SampleBatch();
    try {
      BatchCodec.decode(bytes, 0, bytes.length, batch);
    } catch (MalformedBatchException e) {
      assertThat(batch.isEmpty()).isTrue();
      throw e;
    }
    assertThatCode(() -> SampleBody.parseFrom(
            io.pacewire.wire.proto.SampleBatch.parseFrom(bytes).getBody()))
        .doesNotThrowAnyException();
    SampleBatch again;
    try {
      again = BatchCodec.decode(BatchCodec.encode(batch));
    } catch (MalformedBatchException e) {
      throw new AssertionError("what was taken is refused when sealed again", e);
    }
    assertThat(BatchText.of(again)).isEqualTo(BatchText.of(batch));
  }

  private static void feed(Consumer<byte[]> parser, byte[] bytes) {
    try {
      parser.accept(bytes);
    } catch (MalformedBatchException expected) {
      assertThat(expected.getMessage()).isNotBlank();
    }
  }

  /** A header around any body, with its true hash, so that the body is what is judged. */
  private static byte[] sealed(byte[] body) {
    ProtoWriter out = new ProtoWriter(body.length + 64);
    out.uint(1, WireLimits.WIRE_VERSION);
    out.raw(2, new byte[16], 0, 16);
    out.sint64(6, 0);
    out.sint64(7, WireLimits.MAX_EPOCH_MS);
    out.fixed64(8, XxHash64.hash(body, 0, body.length));
    out.raw(15, body, 0, body.length);
    return out.toBytes();
  }

  private static byte[] randomFields(Random random, int depth) {
    ProtoWriter out = new ProtoWriter(64);
    for (int fields = random.nextInt(8); fields > 0; fields--) {
      int field = 1 + random.nextInt(16);
      switch (random.nextInt(depth == 0 ? 3 : 5)) {
        case 0 -> out.uint(field, random.nextInt(4));
        case 1 -> out.uint(field, random.nextLong());
        case 2 -> out.fixed64(field, random.nextLong());
        default -> {
          byte[] inner = randomFields(random, depth - 1);
          out.raw(field, inner, 0, inner.length);
        }
      }
    }
    return out.toBytes();
  }

  private static byte[] damaged(byte[] valid, Random random) {
    byte[] bytes = valid.clone();
    for (int times = 1 + random.nextInt(3); times > 0 && bytes.length > 1; times--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt();
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        case 3 -> bytes = spliced(bytes, at, at, new byte[] {(byte) random.nextInt()});
        default -> {
          int other = random.nextInt(bytes.length);
          byte[] part = Arrays.copyOfRange(bytes, Math.min(at, other), Math.max(at, other));
          bytes = spliced(bytes, at, at + random.nextInt(bytes.length - at), part);
        }
      }
    }
    return bytes;
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] part) {
    byte[] joined = new byte[from + part.length + bytes.length - to];
    System.arraycopy(bytes, 0, joined, 0, from);
    System.arraycopy(part, 0, joined, from, part.length);
    System.arraycopy(bytes, to, joined, from + part.length, bytes.length - to);
    return joined;
  }

  private static byte[] repeated(int... pattern) {
    byte[] bytes = new byte[WireLimits.MAX_BATCH_BYTES / pattern.length * pattern.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) pattern[i % pattern.length];
    }
    return bytes;
  }

  /** As many samples as are allowed, a byte for each number. */
  private static byte[] filledColumn(int field, int required) {
    int samples = WireLimits.MAX_SAMPLES_PER_COLUMN;
    byte[] zeros = new byte[samples];
    ProtoWriter out = new ProtoWriter(samples);
    int column = out.begin(field);
    int clock = out.begin(1);
    out.raw(3, zeros, 0, samples - 1);
    out.end(clock);
    for (int series = 0; series < required; series++) {
      out.raw(2 + series, zeros, 0, samples);
    }
    out.end(column);
    return out.toBytes();
  }
}
