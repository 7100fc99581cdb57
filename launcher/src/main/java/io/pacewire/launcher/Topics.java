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

/**
 * The topics there have to be, as an operator makes them for many nodes; those of the embedded broker are
 * made here, with one copy and eight partitions at most.
 */
public final class Topics {
  private static final int EMBEDDED_PARTITIONS = 8;
  private static final short EMBEDDED_COPIES = 1;
  private static final long TIMEOUT_S = 30;

  private static final String MAX_MESSAGE_BYTES = "max.message.bytes";
  private static final long DAY_MS = 86_400_000;
  private static final long WEEK_MS = 7 * DAY_MS;
  /** Kafka's own bound is enough. */
  private static final int USUAL = 0;
  /** Batches of any size that ingest may be set to take; what Kafka takes by default is a little less. */
  private static final int LONG = IngestConfig.MOST_RECORD_BYTES;

  private static final int LANE_PARTITIONS = 128;
  private static final int FACT_PARTITIONS = 32;
  private static final int FEW_PARTITIONS = 16;
  private static final int REVOCATION_PARTITIONS = 8;

  /** Each with its dead letters behind it. */
  static final List<Topic> ALL = withDeadLetters(List.of(
      lane(EventTopics.TELEMETRY_LIVE, "batches as they came, by athlete"),
      lane(EventTopics.TELEMETRY_BACKFILL, "backlog and imports, by athlete"),
      new Topic(
          EventTopics.TELEMETRY_HUB, FEW_PARTITIONS, "delete", WEEK_MS, USUAL, "who is there"),
      new Topic(
          EventTopics.DEVICE_COMMANDS,
          FEW_PARTITIONS,
          "delete",
          WEEK_MS,
          USUAL,
          "what devices are to do, by device"),
      facts(EventTopics.TRAINING),
      facts(EventTopics.ACCOUNT),
      facts(EventTopics.GEAR),
      facts(EventTopics.ACHIEVEMENT),
      // The last of each is enough, and after a day no token is left to refuse.
      new Topic(
          EventTopics.REVOCATIONS,
          REVOCATION_PARTITIONS,
          "compact,delete",
          DAY_MS,
          USUAL,
          "who must not get in, read whole by each node")));

  private Topics() {}

  /**
   * @param retentionMs at least
   * @param maxMessageBytes 0 for Kafka's own
   * @param content what is in it
   */
  record Topic(
      String name,
      int partitions,
      String cleanupPolicy,
      long retentionMs,
      int maxMessageBytes,
      String content) {

    private Topic dead() {
      return new Topic(
          EventTopics.dead(name), 1, "delete", WEEK_MS, maxMessageBytes, "what could not be taken");
    }

    private NewTopic embedded() {
      return new NewTopic(name, Math.min(EMBEDDED_PARTITIONS, partitions), EMBEDDED_COPIES)
          .configs(
              Map.of("cleanup.policy", cleanupPolicy, "retention.ms", Long.toString(retentionMs)));
    }
  }

  private static Topic lane(String name, String content) {
    return new Topic(name, LANE_PARTITIONS, "delete", WEEK_MS, LONG, content);
  }

  private static Topic facts(String name) {
    return new Topic(name, FACT_PARTITIONS, "delete", WEEK_MS, USUAL, "facts, by athlete");
  }

  private static List<Topic> withDeadLetters(List<Topic> topics) {
    return topics.stream()
        .flatMap(topic -> List.of(topic, topic.dead()).stream())
        .toList();
  }

  /** Twice is once. */
  public static void ensure(String bootstrapServers)
      throws InterruptedException, ExecutionException, TimeoutException {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      Set<String> there = admin.listTopics().names().get(TIMEOUT_S, TimeUnit.SECONDS);
      List<NewTopic> missing = new ArrayList<>();
      for (Topic topic : ALL) {
        if (!there.contains(topic.name())) {
          missing.add(topic.embedded());
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
    for (Topic topic : ALL) {
      if (topic.maxMessageBytes() != USUAL) {
        ConfigEntry longer =
            new ConfigEntry(MAX_MESSAGE_BYTES, Integer.toString(topic.maxMessageBytes()));
        changes.put(
            new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
            List.of(new AlterConfigOp(longer, OpType.SET)));
      }
    }
    var unused = admin.incrementalAlterConfigs(changes).all().get(TIMEOUT_S, TimeUnit.SECONDS);
  }
}
