package io.pacewire.platform.cluster;

import static io.pacewire.platform.stack.Await.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.platform.live.ConnectionOwners;
import io.pacewire.platform.live.DeviceCommands;
import io.pacewire.platform.stack.TwoNodes;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Two nodes that part, both go on, and meet again. */
class SplitIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<String> left = new CopyOnWriteArrayList<>();

  @Test
  void ofTwoConnections_theOneThatCameLastStays_onWhicheverSide() throws Exception {
    try (TwoNodes nodes = new TwoNodes()) {
      ConnectionOwners here = ConnectionOwners.create(nodes.first());
      ConnectionOwners there = ConnectionOwners.create(nodes.second());
      UUID device = UUID.randomUUID();
      List<Buffer> taken = new CopyOnWriteArrayList<>();
      claim(here, "phone", "phone here");
      claim(there, "alone", "alone there");
      nodes.part();
      claim(there, "phone", "phone there");
      claim(there, "watch", "watch there");
      claim(here, "watch", "watch here");
      DeviceCommands.Subscription subscription = new DeviceCommands(nodes.second())
          .receive(device, got -> Future.succeededFuture(taken.add(got)));
      assertThat(left).as("neither knows of the other").isEmpty();
      assertThat(Cluster.of(nodes.first()).size("ingest")).isEqualTo(1);
      nodes.awaitMeeting();
      // Whoever joins anew says again what it does: what nodes share is divided by it.
      assertThat(Cluster.of(nodes.first()).size("ingest")).isEqualTo(2);
      assertThat(Cluster.of(nodes.second()).size("ingest")).isEqualTo(2);
      await().atMost(PATIENCE).until(() -> left.size() == 2);
      assertThat(left).containsExactlyInAnyOrder("phone here", "watch there");
      // The bus learns a little later who is there again, in each direction.
      DeviceCommands sender = new DeviceCommands(nodes.first());
      await().atMost(PATIENCE).until(() -> get(sender.send(device, Buffer.buffer("sync"))));
      // Known to all again: whoever comes now takes over from the one that stayed.
      claim(here, "phone", "phone again");
      claim(there, "watch", "watch again");
      claim(here, "alone", "alone again");
      assertThat(left)
          .containsExactlyInAnyOrder(
              "phone here", "watch there", "phone there", "watch here", "alone there");
      assertThat(taken).isNotEmpty();
      subscription.close();
    }
  }

  private void claim(ConnectionOwners owners, String client, String name) throws Exception {
    long beforeMs = System.currentTimeMillis();
    ConnectionOwners.Claim unused = get(owners.claim(client, () -> left.add(name)));
    await().until(() -> System.currentTimeMillis() > beforeMs); // the next one is later
  }
}
