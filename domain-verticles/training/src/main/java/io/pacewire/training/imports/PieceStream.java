package io.pacewire.training.imports;

import static io.pacewire.training.imports.ImportThread.await;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/**
 * What was uploaded, as a stream for a thread that may wait; never one of Vert.x. Two pieces are in
 * memory, the one that is read and the next.
 */
final class PieceStream extends InputStream {
  private final IntFunction<Future<Optional<Buffer>>> pieces;
  private final long sizeBytes;
  private final BooleanSupplier cancelled;
  private Future<Optional<Buffer>> coming;
  private int number;
  private byte[] piece = new byte[0];
  private int at;
  private long before;
  private volatile long readBytes;

  /**
   * @param pieces by number from 0, empty behind the last
   * @param sizeBytes of all of them
   * @param cancelled looked at with every piece
   */
  PieceStream(
      IntFunction<Future<Optional<Buffer>>> pieces, long sizeBytes, BooleanSupplier cancelled) {
    this.pieces = pieces;
    this.sizeBytes = sizeBytes;
    this.cancelled = cancelled;
    coming = pieces.apply(0);
  }

  /**
   * The bytes cannot be had, whatever they are. No fault of the file that is being read: readers take
   * what is unchecked for one, and let this pass. Reading on throws it again.
   */
  static final class Lost extends IOException {
    private static final long serialVersionUID = 1;

    /** A {@link CancellationException} where reading was cancelled. */
    final Exception why;

    private Lost(Exception why) {
      super(why.getMessage(), why);
      this.why = why;
    }
  }

  /** So far; asked by any thread. */
  long readBytes() {
    return readBytes;
  }

  @Override
  public int read() throws Lost {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws Lost {
    if (length == 0) {
      return 0;
    }
    if (at == piece.length && !next()) {
      return -1;
    }
    int count = Math.min(length, piece.length - at);
    System.arraycopy(piece, at, into, offset, count);
    at += count;
    before += count;
    readBytes = before;
    return count;
  }

  private boolean next() throws Lost {
    if (cancelled.getAsBoolean()) {
      throw new Lost(
          new CancellationException("another node has this import now, or this one ends"));
    }
    Optional<Buffer> found = came();
    if (found.isEmpty()) {
      if (before < sizeBytes) { // taken away by whoever ended the import
        throw new Lost(new IllegalStateException("piece " + number + " is gone"));
      }
      return false;
    }
    piece = found.get().getBytes();
    at = 0;
    coming = pieces.apply(++number);
    return true;
  }

  private Optional<Buffer> came() throws Lost {
    try {
      return await(coming);
    } catch (Exception e) { // await throws what is checked, too
      throw new Lost(e);
    }
  }
}
