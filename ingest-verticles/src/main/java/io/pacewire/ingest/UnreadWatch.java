package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;

import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;

/**
 * Notices who does not read what is written: it is not read either, so that answers to it do not pile
 * up, and closed after a while.
 */
final class UnreadWatch {
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

  /** Whenever the channel's writability has changed. */
  void changed(Channel channel) {
    if (channel.isWritable()) {
      sinceNanos = NEVER;
      reading.open(ReadGate.Reason.UNREAD);
    } else if (sinceNanos == NEVER) {
      long began = System.nanoTime();
      sinceNanos = began;
      reading.close(ReadGate.Reason.UNREAD);
      var unused = channel
          .eventLoop()
          .schedule(() -> closeUnread(channel, began), unreadForMs, TimeUnit.MILLISECONDS);
    }
  }

  private void closeUnread(Channel channel, long began) {
    if (sinceNanos == began) {
      LOG.log(DEBUG, "who does not read is closed");
      MqttProtocol.closeNow(channel);
    }
  }
}
