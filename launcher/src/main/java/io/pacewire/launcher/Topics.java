package io.pacewire.launcher;

import io.pacewire.events.EventTopics;
import io.pacewire.ingest.IngestConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;

/** Makes the topics of the embedded broker: one copy, eight partitions. */
public final class Topics {
  private static final int PARTITIONS = 8;
  private static final short COPIES = 1;
  private static final long TIMEOUT_S = 30;

  /** Batches of any size that ingest may be set to take; what Kafka takes by default is a little less. */
  private static final ConfigEntry LONG =
      new ConfigEntry("max.message.bytes", Integer.toString(IngestConfig.MOST_RECORD_BYTES));

  private static final List<String> LANES =
      List.of(EventTopics.TELEMETRY_LIVE, EventTopics.TELEMETRY_BACKFILL);

  private Topics() {}

  /** Twice is once. */
  public static void ensure(String bootstrapServers)
      throws InterruptedException, ExecutionException, TimeoutException {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      Set<String> there = admin.listTopics().names().get(TIMEOUT_S, TimeUnit.SECONDS);
      List<NewTopic> missing = new ArrayList<>();
      for (String topic : EventTopics.all()) {
        for (String name : List.of(topic, EventTopics.dead(topic))) {
          if (!there.contains(name)) {
            missing.add(new NewTopic(name, name.equals(topic) ? PARTITIONS : 1, COPIES)
                .configs(config(name)));
          }
        }
      }
      if (!missing.isEmpty()) {
        var unused = admin.createTopics(missing).all().get(TIMEOUT_S, TimeUnit.SECONDS);
      }
      lengthen(admin);
    }
  }

  /** Also those that were made before. */
  private static void lengthen(Admin admin)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new LinkedHashMap<>();
    for (String lane : LANES) {
      for (String name : List.of(lane, EventTopics.dead(lane))) {
        changes.put(
            new ConfigResource(ConfigResource.Type.TOPIC, name),
            List.of(new AlterConfigOp(LONG, OpType.SET)));
      }
    }
    var unused = admin.incrementalAlterConfigs(changes).all().get(TIMEOUT_S, TimeUnit.SECONDS);
  }

  /** Of revocations the last of each device is enough, and after a day no token is left to refuse. */
  private static Map<String, String> config(String topic) {
    return topic.equals(EventTopics.REVOCATIONS)
        ? Map.of("cleanup.policy", "compact,delete", "retention.ms", "86400000")
        : Map.of("retention.ms", "604800000");
  }
}
