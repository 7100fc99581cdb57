package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.activity.ExportFormat;
import io.pacewire.events.EventTopics;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.training.imports.MadeFiles;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.ConsumerGroupState;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The consumers of one node, on a real PostgreSQL and a real Kafka. */
@ExtendWith(RealServers.class)
class SeveralConsumersIT {
  private static final String GROUP = "training";
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int ATHLETES = 4;

  @Test
  void theyShareThePartitions_theSameOfBothLanes_andLeaveTogether() throws Exception {
    try (Admin admin = RealServers.admin()) {
      TrainingNode node = TrainingNode.named("one");
      try {
        sharedAndTakenIn(node, admin);
      } finally {
        node.close();
      }
      assertThat(describe(admin).members()).as("nobody is waited for").isEmpty();
    }
  }

  private static void sharedAndTakenIn(TrainingNode node, Admin admin) throws Exception {
    Collection<MemberDescription> members = shared(admin).members();
    assertThat(members)
        .extracting(one -> one.groupInstanceId().orElse(""))
        .containsExactlyInAnyOrder("one", "one.consumer-2");
    Set<Integer> all = new HashSet<>();
    for (MemberDescription member : members) {
      Set<Integer> live = partitions(member, EventTopics.TELEMETRY_LIVE);
      assertThat(live)
          .as("else what one folds the other may be storing")
          .isNotEmpty()
          .isEqualTo(partitions(member, EventTopics.TELEMETRY_BACKFILL));
      assertThat(live).allSatisfy(partition -> assertThat(all.add(partition)).isTrue());
    }
    for (int i = 0; i < ATHLETES; i++) {
      UUID athlete = UUID.randomUUID();
      byte[] file = MadeFiles.run(ExportFormat.GPX, MadeFiles.START_MS, 120);
      assertThat(node.imported(athlete, file).getJsonObject("counts").getInteger("imported"))
          .isEqualTo(1);
    }
  }

  private static ConsumerGroupDescription shared(Admin admin) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> describe(admin),
            now -> now.state() == ConsumerGroupState.STABLE && now.members().size() == 2);
  }

  private static ConsumerGroupDescription describe(Admin admin) throws Exception {
    return admin
        .describeConsumerGroups(List.of(GROUP))
        .describedGroups()
        .get(GROUP)
        .get(20, TimeUnit.SECONDS);
  }

  private static Set<Integer> partitions(MemberDescription member, String topic) {
    return member.assignment().topicPartitions().stream()
        .filter(one -> one.topic().equals(topic))
        .map(TopicPartition::partition)
        .collect(Collectors.toSet());
  }
}
