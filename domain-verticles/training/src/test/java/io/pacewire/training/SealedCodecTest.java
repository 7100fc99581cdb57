package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SealedCodecTest {
  private final Random random = new Random(3);

  @Test
  void batchesAndOtherBytes_comeBackAsTheyWere() {
    RecordedRun run = RecordedRun.of(30);
    List<Chunk> chunks = new ArrayList<>();
    for (TelemetryRecord record : run.all()) {
      chunks.add(new Chunk(
          0,
          chunks.size(),
          record.hash(),
          record.firstAtMs(),
          record.lastAtMs(),
          record.receivedAtMs() + random.nextInt(1_000_000) - 500_000,
          record.bytes(),
          null));
    }
    for (int i = 0; i < 30; i++) { // no batch at all, a header that says something else, nothing
      byte[] bytes = new byte[random.nextInt(4) * 50];
      random.nextBytes(bytes);
      chunks.add(new Chunk(
          0,
          chunks.size(),
          random.nextLong(),
          random.nextLong(),
          random.nextLong(),
          random.nextLong() >>> 1,
          i % 3 == 0 ? run.record(i).bytes() : bytes,
          null));
    }
    List<Chunk> back = SealedCodec.decode(SealedCodec.encode(chunks), 0, 0, null);
    assertThat(back).hasSameSizeAs(chunks);
    for (int i = 0; i < chunks.size(); i++) {
      assertThat(back.get(i).isSameAs(chunks.get(i))).as("chunk %d", i).isTrue();
    }
  }

  @Test
  void otherBytes_areRefusedOrRead_andNothingElse() {
    byte[] good = Packing.unpack(SealedCodec.encode(List.of(
        new Chunk(0, 0, 1, 2, 3, 4, new byte[100], null),
        new Chunk(0, 1, 1, 2, 3, 4, new byte[100], null))));
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = good.clone();
      for (int i = 0; i < 3; i++) {
        bytes[random.nextInt(20)] = (byte) random.nextInt();
      }
      try {
        assertThat(SealedCodec.decode(Packing.pack(bytes), 0, 0, null).size()).isNotNegative();
      } catch (IllegalArgumentException refused) {
        assertThat(refused).hasMessageMatching("(?s).+");
      }
    }
  }
}
