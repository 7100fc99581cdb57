package io.pacewire.platform.live;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicates;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Which connection of which node has a client's id: what all nodes of a cluster know together. */
final class SharedOwners {
  static final String MAP = "pacewire.connections";

  /** Where vertx-hazelcast tells the other members what a node is called. */
  private static final String NODE_ID = "__vertx.nodeId";

  private final Vertx vertx;
  private final HazelcastInstance cluster;
  private final IMap<String, String> owners;
  private final Retries retries;

  SharedOwners(Vertx vertx, HazelcastInstance cluster) {
    this.vertx = vertx;
    this.cluster = cluster;
    this.owners = cluster.getMap(MAP);
    this.retries = new Retries(vertx);
  }

  /** Makes the connection the owner and tells whose place it took; null where nobody was. */
  Future<@Nullable String> swap(String client, String token) {
    return onContext(owners.putAsync(client, token));
  }

  /** Null where nobody is. */
  Future<@Nullable String> owner(String client) {
    return onContext(owners.getAsync(client));
  }

  /** Nothing where somebody else has become the owner meanwhile. */
  Future<?> remove(String client, String token) {
    return onContext(owners.submitToKey(client, new RemoveToken(token)));
  }

  /** Blocks. Takes the place unless a newer connection has it; tells who had it, null where nobody did. */
  @Nullable
  String restore(String client, String token) {
    return owners.executeOnKey(client, new TakeUnlessNewer(token));
  }

  /** Blocks. A node that is gone owns nothing; one that is back meanwhile has told what it owns. */
  private void forgetNode(String nodeId) {
    boolean isBack =
        cluster.getCluster().getMembers().stream().anyMatch(one -> nodeId.equals(nodeId(one)));
    if (!isBack) {
      owners.removeAll(Predicates.like("this", nodeId + "/%"));
    }
  }

  /** As tokens have it: Hazelcast's own id is another one, and a new one after each merge. */
  private static @Nullable String nodeId(Member member) {
    return member.getAttribute(NODE_ID);
  }

  /**
   * Calls back when the cluster lost a node or two parts of it found each other again.
   *
   * @param restore blocks, on a worker; is called again some seconds later where it fails
   */
  void onChange(Runnable restore) {
    var unused = cluster.getCluster().addMembershipListener(new MembershipListener() {
      @Override
      public void memberAdded(MembershipEvent event) {}

      @Override
      public void memberRemoved(MembershipEvent event) {
        String nodeId = nodeId(event.getMember());
        if (nodeId != null) {
          retries.run("owners after a node went", () -> nodeGone(nodeId, restore));
        }
      }
    });
    var unusedToo = cluster.getLifecycleService().addLifecycleListener(event -> {
      if (event.getState() == LifecycleState.MERGED) {
        retries.run("owners after a merge", restore);
      }
    });
  }

  private void nodeGone(String nodeId, Runnable restore) {
    try {
      forgetNode(nodeId);
    } finally {
      restore.run();
    }
  }

  private <T> Future<T> onContext(CompletionStage<T> stage) {
    Context context = vertx.getOrCreateContext();
    return Future.fromCompletionStage(stage, context);
  }

  /** Runs where the entry is. */
  private static final class RemoveToken implements EntryProcessor<String, String, Boolean> {
    private static final long serialVersionUID = 1;

    private final String token;

    RemoveToken(String token) {
      this.token = token;
    }

    @Override
    @SuppressWarnings("NullAway") // null is how an entry is removed
    public Boolean process(Map.Entry<String, String> entry) {
      boolean mine = token.equals(entry.getValue());
      if (mine) {
        String unused = entry.setValue(null);
      }
      return mine;
    }
  }

  /** Runs where the entry is. */
  private static final class TakeUnlessNewer
      implements EntryProcessor<String, String, @Nullable String> {
    private static final long serialVersionUID = 1;

    private final String token;

    TakeUnlessNewer(String token) {
      this.token = token;
    }

    @Override
    public @Nullable String process(Map.Entry<String, String> entry) {
      @Nullable String other = entry.getValue();
      if (other == null || OwnerToken.isNewer(token, other)) {
        String unused = entry.setValue(token);
      }
      return other;
    }
  }
}
