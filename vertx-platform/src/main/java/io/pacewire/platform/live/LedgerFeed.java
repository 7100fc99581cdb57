package io.pacewire.platform.live;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.UUID;

/**
 * Training tells the node that holds a device's connection what it stored or refused. Losing a
 * message is harmless: the ledger then says too little until the device asks.
 */
public final class LedgerFeed {
  private final Vertx vertx;

  /** Ends what {@link #subscribe} began. */
  public interface Subscription {
    void close();
  }

  public LedgerFeed(Vertx vertx) {
    this.vertx = vertx;
  }

  /** @param entry bytes of a ledger entry of the wire */
  public void publish(UUID deviceId, Buffer entry) {
    vertx.eventBus().publish(address(deviceId), entry);
  }

  public Subscription subscribe(UUID deviceId, Handler<Buffer> handler) {
    MessageConsumer<Buffer> consumer = LateMessages.ignore(
        vertx.eventBus().consumer(address(deviceId), message -> handler.handle(message.body())));
    return () -> {
      var unused = consumer.unregister();
    };
  }

  private static String address(UUID deviceId) {
    return "ledger." + deviceId;
  }
}
