package io.pacewire.ingest;

import static java.lang.System.Logger.Level.INFO;

import io.vertx.core.internal.concurrent.OutboundMessageQueue;
import io.vertx.core.net.impl.VertxConnection;
import io.vertx.core.streams.impl.MessagePassingQueue;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Makes an idle connection smaller. Vert.x 5.0.8 gives each a queue of what other threads write, an
 * array of 1,024 places, 4.7 KB on the heap, without a setting for its size; an empty linked queue has
 * 48 bytes and the same contract. So only the innermost queue is replaced, by reflection: order,
 * back-pressure, and writing from whichever thread stay Vert.x' own. Where a Vert.x is built
 * otherwise, all stays as it is.
 */
final class LinkedWriteQueue {
  private static final System.Logger LOG = System.getLogger(LinkedWriteQueue.class.getName());

  /** From a connection through its queue to the queue in that; empty where there is no such way. */
  private static final List<Field> WAY = way();

  private LinkedWriteQueue() {}

  /**
   * To be called on the connection's event loop, before anything else has seen the connection.
   *
   * @return whether it was possible
   */
  static boolean into(VertxConnection connection) {
    if (WAY.isEmpty()) {
      return false;
    }
    try {
      Field last = WAY.get(WAY.size() - 1);
      Object holder = connection;
      for (Field field : WAY.subList(0, WAY.size() - 1)) {
        holder = field.get(holder);
      }
      if (!(last.get(holder) instanceof Queue<?> queue) || !queue.isEmpty()) {
        return false;
      }
      last.set(holder, new ConcurrentLinkedQueue<>());
      return true;
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      return false; // a queue of another kind, as where writing from other threads is forbidden
    }
  }

  private static List<Field> way() {
    try {
      return List.of(
          opened(VertxConnection.class, "outboundMessageQueue"),
          opened(OutboundMessageQueue.class, "mqp"),
          opened(MessagePassingQueue.class, "queue"));
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.log(INFO, "connections keep Vert.x'' own write queue: {0}", e.toString());
      return List.of();
    }
  }

  private static Field opened(Class<?> owner, String name) throws NoSuchFieldException {
    Field field = owner.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }
}
