package io.pacewire.platform.stack;

import static org.awaitility.Awaitility.await;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import io.pacewire.platform.cluster.Cluster;
import io.pacewire.platform.cluster.ClusterSettings;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.DeliveryOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Two nodes of a cluster, in this JVM, that can be parted: both go on, and meet again by themselves. */
public final class TwoNodes implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String NAME = "two-nodes.";
  private static final long ANSWER_MS = 1_000;

  private final List<Vertx> nodes = new ArrayList<>();

  public TwoNodes() throws Exception {
    int firstPort = freePort();
    System.setProperty(
        ClusterSettings.MEETING_S, "15"); // whatever is done meanwhile takes its time
    try {
      for (int port : new int[] {firstPort, freePort()}) {
        ClusterSettings settings =
            new ClusterSettings(true, "127.0.0.1", port, List.of("127.0.0.1:" + firstPort));
        nodes.add(Await.get(Cluster.start(
            settings, new VertxOptions().setEventLoopPoolSize(2), List.of("ingest"))));
      }
    } finally {
      System.clearProperty(ClusterSettings.MEETING_S);
    }
    for (int node = 0; node < nodes.size(); node++) {
      var unused = nodes.get(node).eventBus().consumer(NAME + node, question -> question.reply(""));
    }
  }

  public Vertx first() {
    return nodes.get(0);
  }

  public Vertx second() {
    return nodes.get(1);
  }

  /**
   * Each is gone to the other, as with a network that is cut. They look for each other every 15 seconds: to
   * have as much of that as can be they are parted right after they have met.
   */
  public void part() {
    cut();
    awaitSizes(2);
    cut();
    await().atMost(PATIENCE).until(() -> !hears(0, 1) && !hears(1, 0));
  }

  private void cut() {
    Member second = other(0);
    Member first = other(1);
    suspect(0, second);
    suspect(1, first);
    awaitSizes(1);
  }

  /** Over the bus, which learns a little later who is gone. */
  private boolean hears(int asked, int asking) throws Exception {
    return Await.get(nodes
        .get(asking)
        .eventBus()
        .request(NAME + asked, "", new DeliveryOptions().setSendTimeout(ANSWER_MS))
        .map(true)
        .otherwise(false));
  }

  /** As they do some seconds after. */
  public void awaitMeeting() {
    awaitSizes(2);
  }

  private void awaitSizes(int size) {
    await()
        .atMost(PATIENCE)
        .until(() -> nodes.stream().allMatch(node -> Cluster.of(node).size() == size));
  }

  private void suspect(int node, Member other) {
    ((HazelcastInstanceProxy) shared(node))
        .getOriginal()
        .node
        .getClusterService()
        .suspectMember(other, "cut", true);
  }

  /** As a node sees the other one. */
  private Member other(int node) {
    return shared(node).getCluster().getMembers().stream()
        .filter(member -> !member.localMember())
        .findFirst()
        .orElseThrow();
  }

  private HazelcastInstance shared(int node) {
    return Cluster.of(nodes.get(node)).shared();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    nodes.forEach(node -> node.close().toCompletionStage().toCompletableFuture().join());
  }
}
