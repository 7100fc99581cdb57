package io.pacewire.platform.live;

import static io.pacewire.platform.stack.Await.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastInstance;
import io.pacewire.platform.cluster.Cluster;
import io.pacewire.platform.live.ConnectionOwners.Claim;
import io.pacewire.platform.stack.TwoNodes;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A node that is killed: nobody releases what its connections had. */
class GoneNodeIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void whatItOwned_isDeleted_andNothingElse() throws Exception {
    try (TwoNodes nodes = new TwoNodes()) {
      ConnectionOwners here = ConnectionOwners.create(nodes.first());
      ConnectionOwners there = ConnectionOwners.create(nodes.second());
      Claim unused = get(here.claim("stays", () -> {}));
      for (int i = 0; i < 50; i++) {
        Claim unusedToo = get(there.claim("made up " + i, () -> {}));
      }
      Map<String, String> owners = shared(nodes.first()).getMap(SharedOwners.MAP);
      assertThat(owners).hasSize(51);
      shared(nodes.second()).getLifecycleService().terminate();
      await().atMost(PATIENCE).until(() -> owners.size() == 1);
      assertThat(owners).containsOnlyKeys("stays");
    }
  }

  private static HazelcastInstance shared(Vertx node) {
    return Objects.requireNonNull(Cluster.of(node).shared());
  }
}
