package io.pacewire.ingest;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * In front of all that takes apart what a connection sends: while the connection is held, Vert.x would go on
 * reading until it has more than a dozen whole messages, however long. Here a little is read behind what
 * brought it to be held, so that a WebSocket's pings are answered and an end is noticed; then nothing is, until
 * the connection is let on. What is more than a little is counted for all connections together, by the buffers
 * it lies in. Used from one event loop.
 */
final class HeldReads extends ChannelDuplexHandler {
  /** So much may be read of each connection that is held before it is counted and not read any more. */
  static final int UNCOUNTED_BYTES = 4_096;

  private final ReadAhead ahead;
  private final Consumer<ReadAheadLimit> full;
  private @Nullable ChannelHandlerContext context;
  private boolean holds;
  private boolean stopped;
  /** Netty would have read on. */
  private boolean wanted;

  private boolean ended;
  private int heldBytes;
  private int countedBytes;
  /** Of those that came when it was held already. */
  private int readOnBytes;

  /** Of which the newest counts: what was to follow an earlier one comes before all is handed on. */
  private int letOns;

  /**
   * @param ahead closed with the connection
   * @param full told once of what has no room: nothing that comes is taken any more
   */
  HeldReads(ReadAhead ahead, Consumer<ReadAheadLimit> full) {
    this.ahead = ahead;
    this.full = full;
  }

  /** Whose connection it is. */
  void belongsTo(UUID athlete) {
    ahead.belongsTo(athlete);
  }

  /** What is read from now on is not taken. */
  void hold() {
    holds = true;
  }

  /**
   * After Vert.x was told to hand on what it has, unless the connection was held again by that: a socket hands it
   * on at once, a WebSocket in a turn of its own.
   */
  void letOn() {
    holds = false;
    letOns++;
    ChannelHandlerContext known = context;
    if (known != null && heldBytes > 0) {
      int which = letOns;
      known.executor().execute(() -> goOn(known, which));
    }
  }

  private void goOn(ChannelHandlerContext known, int which) {
    if (holds || ended || which != letOns) {
      return;
    }
    heldBytes = 0;
    readOnBytes = 0;
    ReadAheadLimit unused = ahead.change(-countedBytes);
    countedBytes = 0;
    setStopped(known, false);
  }

  private void setStopped(ChannelHandlerContext known, boolean stop) {
    if (stopped == stop) {
      return;
    }
    stopped = stop;
    var unused = known.channel().config().setAutoRead(!stop); // ends a read of many buffers, too
    if (!stop && wanted) {
      wanted = false;
      known.read();
    }
  }

  @Override
  public void read(ChannelHandlerContext known) {
    if (stopped) {
      wanted = true;
      var unused = known.channel().config().setAutoRead(false); // Vert.x has turned it on
    } else {
      known.read();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext known, Object message) {
    if (!(message instanceof ByteBuf bytes)) {
      known.fireChannelRead(message);
      return;
    }
    if (ended) {
      bytes.release();
      return;
    }
    int bufferBytes = bytes.capacity();
    boolean heldBefore = holds;
    known.fireChannelRead(bytes);
    if (holds) {
      readOnBytes += heldBefore ? bufferBytes : 0;
      count(known, bufferBytes);
    }
  }

  private void count(ChannelHandlerContext known, int bufferBytes) {
    heldBytes += bufferBytes;
    int more = Math.max(0, heldBytes - UNCOUNTED_BYTES - countedBytes);
    ReadAheadLimit limit = ahead.change(more);
    if (limit == null) {
      countedBytes += more;
      setStopped(known, readOnBytes > UNCOUNTED_BYTES);
    } else {
      ended = true; // what still comes is read and thrown away: a reset would overtake the farewell
      setStopped(known, false);
      full.accept(limit);
    }
  }

  /** Vert.x, which never hears of it any more, may have stopped reading of its own accord. */
  @Override
  public void channelReadComplete(ChannelHandlerContext known) {
    known.fireChannelReadComplete();
    if (ended) {
      var unused = known.channel().config().setAutoRead(true);
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    context = null;
    ahead.close();
  }
}
