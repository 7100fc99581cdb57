package io.pacewire.ingest;

import static java.lang.System.Logger.Level.WARNING;

import io.vertx.core.Context;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
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
  private final SentRecord.Answers answers;

  private long inFlightBytes;
  private long acked;
  private long failed;
  private boolean resuming;

  PublishLoop(Context context, Producer<String, byte[]> producer, long budgetBytes) {
    this.context = context;
    this.producer = producer;
    this.highBytes = budgetBytes;
    this.lowBytes = budgetBytes / 2;
    this.answers = new SentRecord.Answers(() -> context.runOnContext(turn -> drain()));
  }

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
    send(record, door, acknowledge, null);
  }

  /** @param refuse runs instead where Kafka takes the others but will never take this one */
  void send(
      ProducerRecord<String, byte[]> record,
      Door door,
      Runnable acknowledge,
      @Nullable Consumer<Exception> refuse) {
    int bytes = record.value().length + RECORD_OVERHEAD_BYTES;
    inFlightBytes += bytes;
    if (inFlightBytes > highBytes && paused.size() < doors.size()) {
      doors.forEach(this::pause); // also those that were woken a moment ago
    }
    SentRecord sent = new SentRecord(answers, door, acknowledge, refuse, bytes);
    try {
      var unused = producer.send(record, sent);
    } catch (RuntimeException e) {
      sent.onCompletion(null, e);
    }
  }

  long inFlightBytes() {
    return inFlightBytes;
  }

  /** Connections that are open. */
  int doors() {
    return doors.size();
  }

  /** Records Kafka took so far. */
  long acked() {
    return acked;
  }

  /** Records it did not. */
  long failed() {
    return failed;
  }

  private void drain() {
    Set<Door> touched = new LinkedHashSet<>();
    Door latest = null;
    long failedBefore = failed;
    Exception lastFault = null;
    for (SentRecord one = answers.take(); one != null; one = one.next) {
      inFlightBytes -= one.bytes;
      if (one.fault == null) {
        acked++;
        guarded(one.door, one.acknowledge);
      } else {
        lastFault = one.fault;
        if (!failed(one, one.fault)) {
          continue;
        }
      }
      if (one.door != latest) {
        latest = one.door;
        touched.add(latest);
      }
    }
    if (lastFault != null) { // one line, however many expire at once
      LOG.log(
          WARNING,
          "Kafka did not take {0} batches: {1}",
          Long.toString(failed - failedBefore),
          lastFault.getMessage());
    }
    touched.forEach(door -> guarded(door, door::flush));
    resumeSome();
  }

  /** Whether its door goes on, as only this record is not taken. */
  private boolean failed(SentRecord one, Exception fault) {
    failed++;
    Consumer<Exception> refuse = one.refuse;
    if (refuse != null && RecordFaults.isForGood(fault)) {
      guarded(one.door, () -> refuse.accept(fault));
      return true;
    }
    fail(one.door, "broker-unavailable");
    return false;
  }

  /** What goes wrong with one connection must not keep the others waiting, or the count from falling. */
  private static void guarded(Door door, Runnable answer) {
    try {
      answer.run();
    } catch (RuntimeException e) {
      LOG.log(WARNING, "a connection could not be answered", e);
      fail(door, "internal");
    }
  }

  /** One that cannot be steered is not ended either, amid the others: what it sends is counted all the same. */
  private static void steer(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.log(WARNING, "a connection could not be held or let go on", e);
    }
  }

  private static void fail(Door door, String reason) {
    try {
      door.fail(reason);
    } catch (RuntimeException e) {
      LOG.log(WARNING, "a connection could not be ended", e);
    }
  }

  private void pause(Door door) {
    if (paused.add(door)) {
      steer(door::pause);
    }
  }

  /** A few a turn while there is room: waking all at once overshoots the budget several times over. */
  private void resumeSome() {
    Iterator<Door> waiting = paused.iterator();
    for (int i = 0; i < DOORS_A_TURN && inFlightBytes <= lowBytes && waiting.hasNext(); i++) {
      Door next = waiting.next();
      waiting.remove();
      steer(next::resume);
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
