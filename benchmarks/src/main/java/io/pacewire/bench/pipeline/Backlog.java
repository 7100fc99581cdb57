package io.pacewire.bench.pipeline;

import io.pacewire.events.EventTopics;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How many live batches the training role has not stored and folded yet, by the offsets it committed. */
final class Backlog implements AutoCloseable {
  private static final String GROUP = "training";
  private static final long WITHIN_S = 30;

  private final Admin admin;

  Backlog(String bootstrapServers) {
    admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  long records() throws Exception {
    Map<TopicPartition, OffsetAndMetadata> committed = admin
        .listConsumerGroupOffsets(GROUP)
        .partitionsToOffsetAndMetadata()
        .get(WITHIN_S, TimeUnit.SECONDS);
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (TopicPartition partition : committed.keySet()) {
      if (partition.topic().equals(EventTopics.TELEMETRY_LIVE)) {
        asked.put(partition, OffsetSpec.latest());
      }
    }
    long records = 0;
    for (var end :
        admin.listOffsets(asked).all().get(WITHIN_S, TimeUnit.SECONDS).entrySet()) {
      OffsetAndMetadata done = committed.get(end.getKey());
      records += end.getValue().offset() - (done == null ? 0 : done.offset());
    }
    return records;
  }

  @Override
  public void close() {
    admin.close();
  }
}
