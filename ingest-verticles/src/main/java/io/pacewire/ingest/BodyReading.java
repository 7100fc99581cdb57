package io.pacewire.ingest;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Reads the body of one request while there is room for it and it comes fast enough. What is held
 * grows with what came: of what is only announced nothing is.
 */
final class BodyReading {
  private final HttpServerRequest request;
  private final UUID athlete;
  private final HeldBodies held;
  private final int maxBytes;
  private final BodyPace pace;
  private final Buffer sent = Buffer.buffer();
  private long heldBytes;
  private boolean over;
  private boolean closed;

  /** @param graceMs a body may take so long beside what its bytes take */
  BodyReading(
      HttpServerRequest request, UUID athlete, HeldBodies held, int maxBytes, long graceMs) {
    this.request = request;
    this.athlete = athlete;
    this.held = held;
    this.maxBytes = maxBytes;
    this.pace = new BodyPace(graceMs);
  }

  /**
   * @param whole told once with all of it
   * @param tooLong told once where it is longer than it may be
   * @param refused told once where a limit speaks against it
   */
  void read(Handler<Buffer> whole, Runnable tooLong, Consumer<WebLimit> refused) {
    request.handler(part -> {
      if (over) {
        return;
      }
      pace.came(part.length());
      if (sent.length() + part.length() > maxBytes) {
        over = true;
        tooLong.run();
        return;
      }
      WebLimit full = held.take(athlete, part.length());
      if (full == null) {
        heldBytes += part.length();
        sent.appendBuffer(part);
      } else {
        over = true;
        refused.accept(full);
      }
    });
    request.endHandler(end -> {
      if (!over) {
        over = true;
        whole.handle(sent);
      }
    });
  }

  /** After each second: whether the rest is not to be waited for. */
  boolean isTooSlow(boolean wasRead) {
    return !over && pace.secondPassed(wasRead);
  }

  /** How much came of a body whose end has not come, and that nothing spoke against so far. */
  int brokenOffBytes() {
    return over ? 0 : sent.length();
  }

  /** What came so far. */
  Buffer sent() {
    return sent;
  }

  /** Holds another number of bytes from now on; whether there is room for it, and anybody waits for it still. */
  boolean becomes(long bytes) {
    release();
    if (closed) {
      return false;
    }
    if (held.take(athlete, bytes) != null) {
      return false;
    }
    heldBytes = bytes;
    return true;
  }

  /** The request ended, perhaps while its body was taken apart. */
  boolean isClosed() {
    return closed;
  }

  /** Nothing more is taken, and nothing held. */
  void close() {
    over = true;
    closed = true;
    release();
  }

  private void release() {
    held.giveBack(athlete, heldBytes);
    heldBytes = 0;
  }
}
