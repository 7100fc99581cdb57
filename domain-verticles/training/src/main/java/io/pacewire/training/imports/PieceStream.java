package io.pacewire.training.imports;

import static io.pacewire.training.imports.ImportThread.await;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * What was uploaded, as a stream for a thread that may wait; never one of Vert.x. Two pieces are in
 * memory, the one that is read and the next.
 */
final class PieceStream extends InputStream {
  private final PieceRepository pieces;
  private final UUID importId;
  private final BooleanSupplier cancelled;
  private Future<Optional<Buffer>> coming;
  private int number;
  private byte[] piece = new byte[0];
  private int at;
  private long before;
  private volatile long readBytes;

  /** @param cancelled looked at with every piece; then reading throws {@link CancellationException} */
  PieceStream(PieceRepository pieces, UUID importId, BooleanSupplier cancelled) {
    this.pieces = pieces;
    this.importId = importId;
    this.cancelled = cancelled;
    coming = pieces.find(importId, 0);
  }

  /** So far; asked by any thread. */
  long readBytes() {
    return readBytes;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
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

  private boolean next() {
    if (cancelled.getAsBoolean()) {
      throw new CancellationException("another node has this import now, or this one ends");
    }
    Optional<Buffer> found = await(coming);
    if (found.isEmpty()) {
      return false;
    }
    piece = found.get().getBytes();
    at = 0;
    coming = pieces.find(importId, ++number);
    return true;
  }
}
