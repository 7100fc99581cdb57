package io.pacewire.gateway;

import static java.lang.System.Logger.Level.DEBUG;

import io.pacewire.platform.web.Connections;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;

/**
 * Whether a viewer reads what is written to it. One that does not is behind: it is told when it has
 * caught up, and cut off where it does not.
 */
final class SlowViewer {
  private static final System.Logger LOG = System.getLogger(SlowViewer.class.getName());
  /** Each ping is answered by Vert.x itself, however full the queue is. */
  private static final int MOST_PINGS_BEHIND = 64;

  private static final long CLOSE_WITHIN_MS = 10_000;
  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final ServerWebSocket socket;
  private final HttpConnection connection;
  private final LiveViewers viewers;
  private final Runnable caughtUp;
  private boolean behind;
  private boolean closed;
  private int pings;
  private long timer = NO_TIMER;

  SlowViewer(
      Vertx vertx,
      ServerWebSocket socket,
      HttpConnection connection,
      LiveViewers viewers,
      Runnable caughtUp) {
    this.vertx = vertx;
    this.socket = socket;
    this.connection = connection;
    this.viewers = viewers;
    this.caughtUp = caughtUp;
  }

  void watch() {
    socket.drainHandler(drained -> {
      if (behind && !closed && !socket.isClosed() && !socket.writeQueueFull()) {
        ahead();
        caughtUp.run();
      }
    });
    socket.frameHandler(this::frame);
  }

  boolean isBehind() {
    return behind;
  }

  /** False makes it one that is behind. */
  boolean hasRoom() {
    if (!behind && socket.writeQueueFull()) {
      if (viewers.fallBehind()) {
        behind = true;
        timer = vertx.setTimer(viewers.bounds().behindMs(), due -> cut("does not read"));
      } else {
        cut("too many do not read");
        return false;
      }
    }
    return !behind;
  }

  /** It has been told that it is over; who reads nothing does not hear it. */
  void endSoon() {
    long unused = vertx.setTimer(CLOSE_WITHIN_MS, due -> cut("did not close"));
  }

  void close() {
    closed = true;
    ahead();
  }

  private void ahead() {
    if (behind) {
      behind = false;
      pings = 0;
      viewers.catchUp();
      vertx.cancelTimer(timer);
      timer = NO_TIMER;
    }
  }

  private void frame(WebSocketFrame frame) {
    if (!frame.isPing() || socket.isClosed()) {
      return;
    }
    pings = socket.writeQueueFull() ? pings + 1 : 0;
    if (pings > MOST_PINGS_BEHIND) {
      cut("asks and does not read");
    }
  }

  /** Without a word: a close frame would wait behind all that is not read, and the memory with it. */
  private void cut(String why) {
    LOG.log(DEBUG, "viewer is cut off: {0}", why);
    Connections.sever(connection);
  }
}
