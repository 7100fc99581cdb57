package io.pacewire.ingest;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** One record under way to Kafka; the callback and the entry in the list of answers at once. */
final class SentRecord implements Callback {
  final Door door;
  final Runnable acknowledge;
  final @Nullable Consumer<Exception> refuse;
  final int bytes;
  private final Answers answers;

  @Nullable
  Exception fault;

  @Nullable
  SentRecord next;

  SentRecord(
      Answers answers,
      Door door,
      Runnable acknowledge,
      @Nullable Consumer<Exception> refuse,
      int bytes) {
    this.answers = answers;
    this.door = door;
    this.acknowledge = acknowledge;
    this.refuse = refuse;
    this.bytes = bytes;
  }

  /** On Kafka's thread. */
  @Override
  public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
    fault = exception;
    answers.add(this);
  }

  /** What Kafka answered since it was looked at last. */
  static final class Answers {
    private final Runnable some;
    /** The latest first. */
    private final AtomicReference<@Nullable SentRecord> latest = new AtomicReference<>();

    /** @param some is run, on Kafka's thread, when there are some where there were none */
    Answers(Runnable some) {
      this.some = some;
    }

    private void add(SentRecord answered) {
      SentRecord before;
      do {
        before = latest.get();
        answered.next = before;
      } while (!latest.compareAndSet(before, answered));
      if (before == null) {
        some.run();
      }
    }

    /** All of them, the first answer first. */
    @Nullable
    SentRecord take() {
      SentRecord first = null;
      SentRecord rest = latest.getAndSet(null);
      while (rest != null) {
        SentRecord following = rest.next;
        rest.next = first;
        first = rest;
        rest = following;
      }
      return first;
    }
  }
}
