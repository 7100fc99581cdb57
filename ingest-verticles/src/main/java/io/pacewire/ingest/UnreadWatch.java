package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;

/**
 * Notices who does not read what is written: it is not read either, so that answers to it do not pile
 * up, and closed after a while.
 */
final class UnreadWatch extends ChannelInboundHandlerAdapter {
  private static final System.Logger LOG = System.getLogger(UnreadWatch.class.getName());
  private static final long NEVER = 0;

  private final ReadGate reading;
  private final long unreadForMs;
  private long sinceNanos = NEVER;

  /** @param unreadForMs so long a client may not read what is written to it */
  UnreadWatch(ReadGate reading, long unreadForMs) {
    this.reading = reading;
    this.unreadForMs = unreadForMs;
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    context.fireChannelWritabilityChanged();
    if (context.channel().isWritable()) {
      sinceNanos = NEVER;
      reading.open(ReadGate.Reason.UNREAD);
    } else if (sinceNanos == NEVER) {
      long began = System.nanoTime();
      sinceNanos = began;
      reading.close(ReadGate.Reason.UNREAD);
      var unused = context
          .executor()
          .schedule(() -> closeUnread(context, began), unreadForMs, TimeUnit.MILLISECONDS);
    }
  }

  private void closeUnread(ChannelHandlerContext context, long began) {
    if (sinceNanos == began) {
      LOG.log(DEBUG, "who does not read is closed");
      MqttProtocol.closeNow(context.channel());
    }
  }
}
