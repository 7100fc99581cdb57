package io.pacewire.platform.live;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.UUID;

/**
 * Brings a command to the node that holds a device's connection. Nothing is kept: whoever sends must
 * keep what was not taken, and a command may come twice where only the answer was lost.
 */
public final class DeviceCommands {
  private static final long ANSWER_MS = 1_000;

  private final Vertx vertx;

  /** A connection that takes commands. */
  public interface Receiver {
    /** Completes with true once the command is the device's, or is sure to become so. */
    Future<Boolean> deliver(Buffer command);
  }

  /** Ends what {@link #receive} began. */
  public interface Subscription {
    void close();
  }

  public DeviceCommands(Vertx vertx) {
    this.vertx = vertx;
  }

  /** False where the device is connected nowhere, or its node does not answer within a second. */
  public Future<Boolean> send(UUID deviceId, Buffer command) {
    return vertx
        .eventBus()
        .<Boolean>request(
            address(deviceId), command, new DeliveryOptions().setSendTimeout(ANSWER_MS))
        .map(answer -> Boolean.TRUE.equals(answer.body()))
        .otherwise(false);
  }

  /** Where a device has several connections one of them gets a command. */
  public Subscription receive(UUID deviceId, Receiver receiver) {
    MessageConsumer<Buffer> consumer =
        LateMessages.ignore(vertx.eventBus().consumer(address(deviceId), message -> {
          Future<Boolean> delivered =
              Future.succeededFuture(message.body()).compose(receiver::deliver);
          delivered.onComplete(done -> message.reply(done.succeeded() && done.result()));
        }));
    return () -> {
      var unused = consumer.unregister();
    };
  }

  private static String address(UUID deviceId) {
    return "commands." + deviceId;
  }
}
