package io.pacewire.sdk;

import io.pacewire.wire.ClientFrame;
import io.pacewire.wire.Envelope;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Consumer;

/** Reads what the SDK sends. */
final class TestWire {
  private TestWire() {}

  static byte[] batchOf(byte[] envelope) {
    Envelope parsed = Envelope.parse(envelope);
    int from = parsed.batchFrom();
    return Arrays.copyOfRange(parsed.buffer(), from, from + parsed.batchLength());
  }

  static void read(
      byte[] frame,
      Consumer<Long> sentAt,
      Consumer<byte[]> batch,
      Consumer<UUID> query,
      Consumer<String> renewal) {
    ClientFrame read = ClientFrame.parse(frame);
    switch (read.kind()) {
      case PUBLISH -> {
        sentAt.accept(Envelope.parse(read.envelope()).sentAtEpochMs());
        batch.accept(batchOf(read.envelope()));
      }
      case QUERY -> query.accept(read.sessionId());
      case RENEWAL -> renewal.accept(read.token());
    }
  }
}
