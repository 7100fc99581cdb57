package io.pacewire.activity;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Messages of one FIT file after the other. The header states how many bytes follow, so these wait in
 * a {@link Spool}. Local numbers are defined when a message of another shape comes.
 */
final class FitOutput {
  private static final int HEADER_BYTES = 14;
  private static final int PROTOCOL_2 = 0x20;
  private static final int PROFILE_VERSION = 2_140;
  private static final int DEFINITION = 0x40;
  private static final long MOST_BYTES = 0xFFFF_FFFFL;

  private final OutputStream out;
  private final Spool spool;
  private final @Nullable FitShape[] defined = new FitShape[16];
  private final ByteBuffer message = ByteBuffer.allocate(1_024).order(ByteOrder.LITTLE_ENDIAN);

  FitOutput(OutputStream out, Spool spool) {
    this.out = out;
    this.spool = spool;
  }

  /**
   * Values by the order of the shape's numbers, an array's one after the other.
   *
   * @param text for the field that is one, if any
   */
  void write(int local, FitShape shape, String text, double... values) {
    message.clear();
    if (!shape.equals(defined[local])) {
      define(local, shape);
      defined[local] = shape;
    }
    message.put((byte) local);
    int next = 0;
    for (int[] field : shape.fields()) {
      if (field[1] == FitShape.STRING) {
        text(text);
      } else {
        for (int i = 0; i < field[2]; i++) {
          number(field[1], values[next++]);
        }
      }
    }
    spooled();
  }

  /** Header, messages and checksum; the next message begins another file. */
  void endFile() {
    try {
      if (spool.size() > MOST_BYTES) {
        throw new IOException("an activity of more than 4 GiB, for which FIT has no length");
      }
      byte[] header = header(spool.size());
      out.write(header);
      Summed summed = new Summed(out, FitChecksum.update(0, header, 0, header.length));
      spool.drainTo(summed);
      out.write(new byte[] {(byte) summed.checksum, (byte) (summed.checksum >>> 8)});
      Arrays.fill(defined, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] header(long length) {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.put((byte) HEADER_BYTES).put((byte) PROTOCOL_2).putShort((short) PROFILE_VERSION);
    header.putInt((int) length).putInt(FitProfile.SIGNATURE);
    int checksum = FitChecksum.update(0, header.array(), 0, header.position());
    return header.putShort((short) checksum).array();
  }

  private void define(int local, FitShape shape) {
    message.put((byte) (DEFINITION | local)).put((byte) 0).put((byte) 0);
    message.putShort((short) shape.global()).put((byte) shape.fields().length);
    for (int[] field : shape.fields()) {
      message.put((byte) field[0]).put((byte) FitShape.size(field)).put((byte) field[1]);
    }
  }

  private void number(int type, double value) {
    long coded = FitShape.coded(type, value);
    switch (FitShape.width(type)) {
      case 1 -> message.put((byte) coded);
      case 2 -> message.putShort((short) coded);
      default -> message.putInt((int) coded);
    }
  }

  /** Cut off between characters. */
  private void text(String text) {
    int room = FitShape.STRING_BYTES - 1;
    int end = Math.min(text.length(), room);
    byte[] bytes = text.substring(0, end).getBytes(StandardCharsets.UTF_8);
    while (bytes.length > room) {
      end = text.offsetByCodePoints(end, -1);
      bytes = text.substring(0, end).getBytes(StandardCharsets.UTF_8);
    }
    message.put(Arrays.copyOf(bytes, FitShape.STRING_BYTES));
  }

  private void spooled() {
    try {
      spool.write(message.array(), 0, message.position());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Counts the checksum of what it passes on. */
  private static final class Summed extends OutputStream {
    private final OutputStream out;
    private int checksum;

    Summed(OutputStream out, int checksum) {
      this.out = out;
      this.checksum = checksum;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      checksum = FitChecksum.update(checksum, bytes, offset, offset + length);
      out.write(bytes, offset, length);
    }
  }
}
