package io.pacewire.ingest;

import io.pacewire.platform.live.LedgerFeed;
import io.vertx.core.buffer.Buffer;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A connection's ear for what training stored of its device; opened and closed more than once at will. */
final class LedgerSubscription {
  private final LedgerFeed feed;
  private final UUID deviceId;
  private final Consumer<Buffer> receiver;
  private LedgerFeed.@Nullable Subscription subscription;

  LedgerSubscription(LedgerFeed feed, UUID deviceId, Consumer<Buffer> receiver) {
    this.feed = feed;
    this.deviceId = deviceId;
    this.receiver = receiver;
  }

  void open() {
    if (subscription == null) {
      subscription = feed.subscribe(deviceId, receiver::accept);
    }
  }

  void close() {
    if (subscription != null) {
      subscription.close();
      subscription = null;
    }
  }
}
