package io.pacewire.bench.ingest;

import io.netty.buffer.ByteBuf;
import io.pacewire.wire.LedgerEntry;
import io.pacewire.wire.SeqRanges;

/** The binary WebSocket: a publish frame for each batch, acknowledged by ranges. */
final class StreamSpeech implements Speech {
  private static final byte[] MASK = {0x5A, 0x3C, 0x19, 0x77};

  private final String token;
  private final Messages messages;
  private final StreamReader reader = new StreamReader();
  private final byte[][] frames = new byte[Messages.BODIES][];

  StreamSpeech(String token, Messages messages) {
    this.token = token;
    this.messages = messages;
    for (int body = 0; body < frames.length; body++) {
      // Masked once: a phone does it once a message, but two cores are not all phones.
      frames[body] = StreamReader.publish(messages.template(body), MASK);
    }
  }

  @Override
  public void greet(ByteBuf out) {
    StreamReader.greet(token, out);
  }

  @Override
  public void write(long number, ByteBuf out) {
    byte[] frame = frames[(int) (number % frames.length)];
    int message = frame.length - messages.length(number);
    int start = out.writerIndex();
    out.writeBytes(frame);
    int seqAt = message + messages.seqAt(number);
    for (int at = seqAt; at < seqAt + Messages.SEQ_BYTES; at++) {
      int key = MASK[at - StreamReader.maskedFrom(frame) & 3];
      out.setByte(start + at, Messages.seqByte(number, at - seqAt) ^ key);
    }
  }

  @Override
  public void read(ByteBuf in, Heard heard) {
    reader.read(in, heard, entry -> hear(entry, heard));
  }

  private static void hear(LedgerEntry entry, Heard heard) {
    if (!entry.refused().isEmpty()) {
      heard.refused("refused " + entry.refused());
    }
    SeqRanges acked = entry.acked();
    for (int range = 0; range < acked.count(); range++) {
      heard.acknowledged(number(acked.from(range)), number(acked.to(range)));
    }
  }

  private static int number(int seq) {
    return (seq - Messages.FIRST_SEQ) % CYCLE;
  }
}
