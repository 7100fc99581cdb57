package io.pacewire.training;

import io.pacewire.platform.kafka.DeadLetters;
import io.pacewire.platform.kafka.RecordHeaders;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** What Kafka gave in one poll: read, handed on, and set aside where it has no place. */
final class PollBatch {
  private final TrackConsumer consumer;
  private final SessionSweep sweep;
  private final DeadLetters deadLetters;
  private final PartitionReads reads;
  private final Predicate<String> own;
  private final TelemetryRecords telemetry = new TelemetryRecords();
  private final List<Map<TopicPartition, Long>> begun = new ArrayList<>();

  /** @param own whether a record with this key is of an athlete whose rows are here */
  PollBatch(
      TrackConsumer consumer,
      SessionSweep sweep,
      DeadLetters deadLetters,
      PartitionReads reads,
      Predicate<String> own) {
    this.own = own;
    this.consumer = consumer;
    this.sweep = sweep;
    this.deadLetters = deadLetters;
    this.reads = reads;
  }

  /** Counts from the next poll on: what is under way goes by what was known when it began. */
  void begins(Map<TopicPartition, Long> offsets) {
    if (!offsets.isEmpty()) { // else nothing may come of it, and nobody would take it from here
      begun.add(offsets);
    }
  }

  Future<Void> apply(ConsumerRecords<String, byte[]> batch) {
    IdentityHashMap<TelemetryRecord, ConsumerRecord<String, byte[]>> origins =
        new IdentityHashMap<>();
    begun.forEach(reads::begin); // each: the last alone may be where this consumer was before
    begun.clear();
    reads.read(batch);
    List<TelemetryRecord> parsed = new ArrayList<>(batch.count());
    Future<Void> chain = Future.succeededFuture();
    for (ConsumerRecord<String, byte[]> record : batch) {
      if (isBeat(record) || !own.test(record.key())) {
        continue;
      }
      try {
        TelemetryRecord one = FoldFault.within(() -> parsed(record));
        origins.put(one, record);
        parsed.add(one);
      } catch (FoldFault e) {
        chain = chain.compose(done -> deadLetters.put(record, e.reason()));
      }
    }
    return chain
        .compose(done -> consumer.apply(parsed))
        .compose(failed -> bury(failed, origins))
        .onSuccess(done -> consumed(batch))
        .compose(done -> sweep.run(batch.count()));
  }

  private TelemetryRecord parsed(ConsumerRecord<String, byte[]> record) {
    return telemetry.parse(
        record.partition(),
        String.valueOf(record.key()),
        record.value(),
        name -> RecordHeaders.text(record, name));
  }

  /** Only tells the time: what nobody sent has no key. */
  private static boolean isBeat(ConsumerRecord<String, byte[]> record) {
    return record.key() == null;
  }

  private void consumed(ConsumerRecords<String, byte[]> batch) {
    for (ConsumerRecord<String, byte[]> record : batch) {
      sweep
          .clock()
          .consumed(new TopicPartition(record.topic(), record.partition()), record.timestamp());
    }
  }

  private Future<Void> bury(
      List<TelemetryRecord> failed,
      IdentityHashMap<TelemetryRecord, ConsumerRecord<String, byte[]>> origins) {
    Future<Void> chain = Future.succeededFuture();
    for (TelemetryRecord record : failed) {
      ConsumerRecord<String, byte[]> origin = origins.get(record);
      if (origin != null) {
        chain = chain.compose(done -> deadLetters.put(origin, "the database does not take it"));
      }
    }
    return chain;
  }
}
