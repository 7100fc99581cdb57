package io.pacewire.ingest;

import static java.lang.System.Logger.Level.WARNING;

import io.vertx.core.Context;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What one event loop has on its way to Kafka, bounded in bytes. Over the budget every door of the
 * loop stops reading; acknowledgements are drained once a turn, so that one write carries many.
 */
final class PublishLoop {
  private static final System.Logger LOG = System.getLogger(PublishLoop.class.getName());
  /** What a record costs beyond its value: key and headers. */
  private static final int RECORD_OVERHEAD_BYTES = 300;

  private static final int DOORS_A_TURN = 16;

  private final Context context;
  private final Producer<String, byte[]> producer;
  private final long highBytes;
  private final long lowBytes;
  private final Set<Door> doors = new LinkedHashSet<>();
  private final Set<Door> paused = new LinkedHashSet<>();
  private final ConcurrentLinkedQueue<Done> done = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean drainScheduled = new AtomicBoolean();
  private long inFlightBytes;
  private boolean resuming;

  PublishLoop(Context context, Producer<String, byte[]> producer, long budgetBytes) {
    this.context = context;
    this.producer = producer;
    this.highBytes = budgetBytes;
    this.lowBytes = budgetBytes / 2;
  }

  private record Done(
      Door door, Runnable acknowledge, int bytes, @Nullable Exception fault) {}

  void open(Door door) {
    doors.add(door);
    if (inFlightBytes > highBytes || !paused.isEmpty()) {
      pause(door);
    }
  }

  void closed(Door door) {
    doors.remove(door);
    paused.remove(door);
  }

  /**
   * Sends a record. {@code acknowledge} runs on the event loop once Kafka has it on all in-sync
   * replicas; where Kafka fails, the door fails instead.
   */
  void send(ProducerRecord<String, byte[]> record, Door door, Runnable acknowledge) {
    int bytes = record.value().length + RECORD_OVERHEAD_BYTES;
    inFlightBytes += bytes;
    if (inFlightBytes > highBytes && paused.size() < doors.size()) {
      doors.forEach(this::pause); // also those that were woken a moment ago
    }
    try {
      var unused = producer.send(
          record, (metadata, fault) -> complete(new Done(door, acknowledge, bytes, fault)));
    } catch (RuntimeException e) {
      complete(new Done(door, acknowledge, bytes, e));
    }
  }

  long inFlightBytes() {
    return inFlightBytes;
  }

  private void complete(Done one) {
    done.add(one);
    if (drainScheduled.compareAndSet(false, true)) {
      context.runOnContext(turn -> drain());
    }
  }

  private void drain() {
    drainScheduled.set(false);
    Set<Door> touched = new LinkedHashSet<>();
    for (Done one = done.poll(); one != null; one = done.poll()) {
      inFlightBytes -= one.bytes;
      if (one.fault == null) {
        one.acknowledge.run();
        touched.add(one.door);
      } else {
        LOG.log(WARNING, "Kafka did not take a batch: {0}", one.fault.getMessage());
        one.door.fail("broker-unavailable");
      }
    }
    touched.forEach(Door::flush);
    resumeSome();
  }

  private void pause(Door door) {
    if (paused.add(door)) {
      door.pause();
    }
  }

  /** A few a turn while there is room: waking all at once overshoots the budget several times over. */
  private void resumeSome() {
    Iterator<Door> waiting = paused.iterator();
    for (int i = 0; i < DOORS_A_TURN && inFlightBytes <= lowBytes && waiting.hasNext(); i++) {
      Door next = waiting.next();
      waiting.remove();
      next.resume();
    }
    if (!resuming && !paused.isEmpty() && inFlightBytes <= lowBytes) {
      resuming = true;
      context.runOnContext(turn -> {
        resuming = false;
        resumeSome();
      });
    }
  }
}
