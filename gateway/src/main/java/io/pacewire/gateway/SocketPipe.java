package io.pacewire.gateway;

import static java.lang.System.Logger.Level.DEBUG;

import io.vertx.core.Future;
import io.vertx.core.http.WebSocketBase;
import io.vertx.core.http.WebSocketFrame;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Two WebSockets made one. A side is read only while the other takes what it says, so that between
 * them lie a few frames and no more; pings are handed on, since each end counts silence.
 */
final class SocketPipe {
  private static final System.Logger LOG = System.getLogger(SocketPipe.class.getName());
  private static final int WAITING_BYTES = 262_144;
  private static final short GOING_AWAY = 1001; // RFC 6455, 7.4.1
  private static final short NORMAL = 1000;

  private final WebSocketBase outer;
  private final WebSocketBase inner;
  private final Consumer<SocketPipe> ended;
  private boolean over;

  /** @param ended runs once, when the first of the two is gone */
  SocketPipe(WebSocketBase outer, WebSocketBase inner, Consumer<SocketPipe> ended) {
    this.outer = outer;
    this.inner = inner;
    this.ended = ended;
  }

  /** Both are paused or have said nothing yet. */
  void open() {
    connect(outer, inner);
    connect(inner, outer);
    outer.resume();
    inner.resume();
  }

  /** This node goes: both are told. */
  void close() {
    if (!over) {
      over = true;
      ended.accept(this);
      discard(outer.close(GOING_AWAY, "the server stops"));
      discard(inner.close(GOING_AWAY, "the gateway stops"));
    }
  }

  private void connect(WebSocketBase from, WebSocketBase to) {
    to.setWriteQueueMaxSize(WAITING_BYTES);
    to.drainHandler(drained -> from.resume());
    from.frameHandler(frame -> pass(frame, from, to));
    from.exceptionHandler(cause -> LOG.log(DEBUG, "stream: {0}", cause.getMessage()));
    from.closeHandler(closed -> end(from, to));
  }

  private void pass(WebSocketFrame frame, WebSocketBase from, WebSocketBase to) {
    if (frame.isClose() || to.isClosed()) {
      return; // told by the close handler
    }
    if (frame.isPing() || frame.isText() || frame.isBinary() || frame.isContinuation()) {
      discard(frame.isPing() ? to.writePing(frame.binaryData()) : to.writeFrame(frame));
      if (to.writeQueueFull()) {
        from.pause();
      }
    }
  }

  private void end(WebSocketBase from, WebSocketBase to) {
    if (!over) {
      over = true;
      ended.accept(this);
      if (!to.isClosed()) {
        discard(to.close(code(from.closeStatusCode()), from.closeReason()));
      }
    }
  }

  /** Some codes only say what one side saw; they are never sent (RFC 6455, 7.4.1). */
  private static short code(@Nullable Short seen) {
    if (seen == null || seen == 1006 || seen == 1015) {
      return GOING_AWAY;
    }
    return seen == 1005 ? NORMAL : seen;
  }

  private static void discard(Future<?> done) {
    done.onFailure(cause -> LOG.log(DEBUG, "frame not passed: {0}", cause.getMessage()));
  }
}
