package io.pacewire.training;

import io.pacewire.platform.kafka.DeadLetters;
import io.pacewire.platform.kafka.RecordHeaders;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** What Kafka gave in one poll: read, handed on, and set aside where it has no place. */
final class PollBatch {
  private final TrackConsumer consumer;
  private final DeadLetters deadLetters;
  private final TelemetryRecords telemetry = new TelemetryRecords();

  PollBatch(TrackConsumer consumer, DeadLetters deadLetters) {
    this.consumer = consumer;
    this.deadLetters = deadLetters;
  }

  Future<Void> apply(ConsumerRecords<String, byte[]> batch) {
    IdentityHashMap<TelemetryRecord, ConsumerRecord<String, byte[]>> origins =
        new IdentityHashMap<>();
    List<TelemetryRecord> parsed = new ArrayList<>(batch.count());
    Future<Void> chain = Future.succeededFuture();
    for (ConsumerRecord<String, byte[]> record : batch) {
      try {
        TelemetryRecord one = telemetry.parse(
            String.valueOf(record.key()), record.value(), name -> RecordHeaders.text(record, name));
        origins.put(one, record);
        parsed.add(one);
      } catch (IllegalArgumentException e) {
        chain = chain.compose(done -> deadLetters.put(record, String.valueOf(e.getMessage())));
      }
    }
    return chain.compose(done -> consumer.apply(parsed)).compose(failed -> bury(failed, origins));
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
