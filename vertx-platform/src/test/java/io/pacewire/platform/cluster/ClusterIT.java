package io.pacewire.platform.cluster;

import static io.pacewire.platform.stack.Await.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.platform.live.ConnectionOwners;
import io.pacewire.platform.live.ConnectionOwners.Claim;
import io.pacewire.platform.live.DeviceCommands;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two nodes that know each other, in one JVM; two JVMs meet in the launcher's tests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterIT {
  private final List<Vertx> nodes = new ArrayList<>();
  private final List<String> left = new CopyOnWriteArrayList<>();
  private ConnectionOwners here;
  private ConnectionOwners there;
  private int firstPort;

  @BeforeAll
  void start() throws Exception {
    firstPort = freePort();
    here = ConnectionOwners.create(join(firstPort, "gateway"));
    there = ConnectionOwners.create(join(freePort(), "ingest", "gateway"));
  }

  @AfterAll
  void stop() throws Exception {
    for (Vertx node : nodes) {
      Void unused = get(node.close());
    }
  }

  @Test
  void theNodes_countEachOther() {
    assertThat(nodes).allMatch(node -> Cluster.of(node).size() == 2);
    assertThat(nodes).allMatch(node -> Cluster.of(node).size("ingest") == 1);
    assertThat(nodes).allMatch(node -> Cluster.of(node).size("gateway") == 2);
    assertThat(Cluster.of(nodes.get(0)).nodeId())
        .isNotEqualTo(Cluster.of(nodes.get(1)).nodeId());
  }

  @Test
  void aConnectionOfAnotherNode_isToldToGo_beforeTheNewOneIsIn() throws Exception {
    Claim first = get(here.claim("phone", () -> left.add("here")));
    Claim second = get(there.claim("phone", () -> left.add("there")));
    assertThat(left).containsExactly("here");
    first.release();
    Claim third = get(here.claim("phone", () -> left.add("here again")));
    assertThat(left).containsExactly("here", "there");
    second.release();
    third.release();
  }

  @Test
  void bothNodesAtOnce_endWithOneOwner() throws Exception {
    for (int round = 0; round < 20; round++) {
      List<String> gone = new CopyOnWriteArrayList<>();
      String client = "race" + round;
      Future<Claim> one = here.claim(client, () -> gone.add("here"));
      Future<Claim> other = there.claim(client, () -> gone.add("there"));
      Future<?> both = Future.join(one, other).otherwiseEmpty();
      Object unused = get(both);
      assertThat(gone).as("round " + round).hasSize(1);
    }
  }

  @Test
  void aCommand_reachesTheNodeThatHoldsTheDevice_orNobody() throws Exception {
    UUID device = UUID.randomUUID();
    DeviceCommands sender = new DeviceCommands(nodes.get(0));
    DeviceCommands holder = new DeviceCommands(nodes.get(1));
    Buffer command = Buffer.buffer("sync");
    assertThat(get(sender.send(device, command))).isFalse();
    List<Buffer> taken = new CopyOnWriteArrayList<>();
    DeviceCommands.Subscription subscription =
        holder.receive(device, got -> Future.succeededFuture(taken.add(got)));
    Awaitility.await().until(() -> get(sender.send(device, command))); // once the bus knows it
    assertThat(taken).contains(command);
    subscription.close();
    Awaitility.await().until(() -> !get(sender.send(device, command)));
  }

  @Test
  void aNodeThatLeft_ownsNothing_andTheOthersDo() throws Exception {
    Vertx third = join(freePort());
    ConnectionOwners leaving = ConnectionOwners.create(third);
    Claim stays = get(here.claim("stays", () -> left.add("stays")));
    Claim unused = get(leaving.claim("goes", () -> left.add("goes")));
    nodes.remove(third);
    Void unusedToo = get(third.close());
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> Cluster.of(nodes.get(0)).size() == 2);
    Claim back = get(there.claim("goes", () -> left.add("back")));
    Claim other = get(there.claim("stays", () -> left.add("other")));
    assertThat(left).contains("stays").doesNotContain("back");
    back.release();
    other.release();
    stays.release();
  }

  private Vertx join(int port, String... roleNames) throws Exception {
    List<String> roles = List.of(roleNames);
    ClusterSettings settings =
        new ClusterSettings(true, "127.0.0.1", port, List.of("127.0.0.1:" + firstPort));
    Vertx node = get(Cluster.start(settings, new VertxOptions().setEventLoopPoolSize(1), roles));
    nodes.add(node);
    return node;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
