package io.pacewire.platform.live;

import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.impl.MessageConsumerImpl;

/**
 * What was on its way to a consumer when it unregistered. Vert.x warns of each: a device that leaves
 * amid its news could fill the log. None of what crosses this package's addresses is lost with it; who
 * waits for an answer gets a failure, as ever.
 */
final class LateMessages {
  private LateMessages() {}

  static <T> MessageConsumer<T> ignore(MessageConsumer<T> consumer) {
    if (consumer instanceof MessageConsumerImpl<T> known) {
      known.discardHandler(late -> {});
    }
    return consumer;
  }
}
