package io.pacewire.launcher;

import io.pacewire.events.EventTopics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** Makes the topics of the embedded broker: one copy, eight partitions. */
public final class Topics {
  private static final int PARTITIONS = 8;
  private static final short COPIES = 1;
  private static final long TIMEOUT_S = 30;

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
    }
  }

  /** Of revocations the last of each device is enough, and after a day no token is left to refuse. */
  private static Map<String, String> config(String topic) {
    return topic.equals(EventTopics.REVOCATIONS)
        ? Map.of("cleanup.policy", "compact,delete", "retention.ms", "86400000")
        : Map.of("retention.ms", "604800000");
  }
}
