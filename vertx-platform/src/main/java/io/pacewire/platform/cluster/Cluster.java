package io.pacewire.platform.cluster;

import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The nodes that share an event bus; a Vert.x that is in no cluster is one of one. */
public final class Cluster {
  private static final String ALONE = "alone";

  private final @Nullable HazelcastClusterManager members;

  private Cluster(@Nullable HazelcastClusterManager members) {
    this.members = members;
  }

  /**
   * A Vert.x that joined the others, or one that stands alone where the settings say so.
   *
   * @param roles what runs on it, which the others are told
   */
  public static Future<Vertx> start(
      ClusterSettings settings, VertxOptions options, Collection<String> roles) {
    if (!settings.enabled()) {
      return Future.succeededFuture(Vertx.vertx(options));
    }
    EventBusOptions bus = new EventBusOptions()
        .setHost(settings.host())
        .setClusterPublicHost(settings.host())
        .setConnectTimeout(2_000)
        // A node that vanished without a word is noticed by the bus, too.
        .setClusterPingInterval(5_000)
        .setClusterPingReplyInterval(5_000);
    return Vertx.builder()
        .with(new VertxOptions(options).setEventBusOptions(bus))
        .withClusterManager(new HazelcastClusterManager(settings.hazelcast(roles)))
        .buildClustered();
  }

  public static Cluster of(Vertx vertx) {
    return new Cluster(
        vertx instanceof VertxInternal known
                && known.clusterManager() instanceof HazelcastClusterManager manager
            ? manager
            : null);
  }

  /** How many nodes there are now, this one included. */
  public int size() {
    return members == null ? 1 : Math.max(1, members.getNodes().size());
  }

  /** How many nodes have a role now, one at least. */
  public int size(String role) {
    HazelcastInstance instance = shared();
    return instance == null
        ? 1
        : Math.max(1, (int) instance.getCluster().getMembers().stream()
            .filter(member -> ClusterSettings.hasRole(member, role))
            .count());
  }

  /** Names this node to the others, as long as it runs. */
  public String nodeId() {
    return members == null ? ALONE : members.getNodeId();
  }

  /** Null where this node stands alone. */
  public @Nullable HazelcastInstance shared() {
    return members == null ? null : members.getHazelcastInstance();
  }
}
