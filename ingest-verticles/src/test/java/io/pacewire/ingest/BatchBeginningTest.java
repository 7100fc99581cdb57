package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.ClientFrame;
import io.pacewire.wire.Envelope;
import io.pacewire.wire.SampleBatch;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BatchBeginningTest {
  private static final long NOW_MS = 1_780_000_000_000L;

  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final UUID SESSION = UUID.randomUUID();

  private static byte[] envelope(int writer, int seq) {
    return Envelope.encode(NOW_MS, TRACE, batch(writer, seq));
  }

  private static byte[] batch(int writer, int seq) {
    SampleBatch batch = new SampleBatch();
    batch.header(SESSION, writer, 3, seq);
    for (int i = 0; i < 1_000; i++) {
      batch.heartRates().add(NOW_MS + i, i, 60 + i % 140, SampleBatch.ABSENT);
    }
    return BatchCodec.encode(batch);
  }

  @Test
  void theBeginning_namesTheBatch() {
    for (int[] name : new int[][] {{0, 0}, {0, 1}, {7, 300}, {15, (1 << 20) - 1}}) {
      byte[] beginning = Arrays.copyOf(envelope(name[0], name[1]), 400);
      assertThat(BatchBeginning.read(beginning))
          .isEqualTo(new BatchBeginning.Name(SESSION, name[0], name[1]));
      byte[] message = ClientFrame.publish(NOW_MS, TRACE, batch(name[0], name[1]));
      assertThat(BatchBeginning.readMessage(Arrays.copyOf(message, LongMessages.BEGINNING_BYTES)))
          .isEqualTo(new BatchBeginning.Name(SESSION, name[0], name[1]));
    }
  }

  @Test
  void aWholeBatch_isNamedByWhatComesLast_andNotWithoutItsEnd() {
    byte[] batch = batch(7, 300);
    BatchBeginning.Name name = new BatchBeginning.Name(SESSION, 7, 300);
    assertThat(BatchBeginning.readWhole(batch)).isEqualTo(name);
    byte[] again = Arrays.copyOf(batch, batch.length + 2);
    again[batch.length] = 5 << 3; // seq
    again[batch.length + 1] = 9;
    assertThat(BatchBeginning.readWhole(again)).isEqualTo(new BatchBeginning.Name(SESSION, 7, 9));
    byte[] another = again.clone();
    another[batch.length] = 5 << 3 | 1; // of another type
    assertThat(BatchBeginning.readWhole(another)).isNull();
    for (int length = 0; length < batch.length; length++) {
      assertThat(BatchBeginning.readWhole(Arrays.copyOf(batch, length))).isNull();
    }
  }

  /** A number that is not there would be read as 0, and another batch set aside. */
  @Test
  void whatEndsBeforeItsBody_namesNothing() {
    byte[] whole = envelope(7, 300);
    int header = 0;
    while (BatchBeginning.read(Arrays.copyOf(whole, header)) == null) {
      header++;
    }
    assertThat(header).isBetween(100, CutPublish.BYTES / 2);
  }

  @Test
  void anyBytes_areReadToAnEnd() {
    Random random = new Random(5);
    int named = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = envelope(1, 2);
      for (int change = 0; change < 4; change++) {
        bytes[random.nextInt(160)] = (byte) random.nextInt();
      }
      named += BatchBeginning.read(Arrays.copyOf(bytes, random.nextInt(300))) == null ? 0 : 1;
    }
    assertThat(named).isPositive();
  }
}
