package io.pacewire.platform.live;

import static io.pacewire.platform.stack.Await.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastException;
import io.pacewire.platform.live.ConnectionOwners.Claim;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who owns a client while the cluster's memory stalls or fails. */
@ExtendWith(VertxExtension.class)
class TroubledOwnersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MANY = 50;

  private final List<String> left = new CopyOnWriteArrayList<>();
  private final FakeMembers members = new FakeMembers();

  private ConnectionOwners node(Vertx vertx, String nodeId) {
    return ConnectionOwners.create(vertx, nodeId, members.instance());
  }

  /** Both nodes ask all the others: the one that came first is answered first, too. */
  @Test
  void ofTwoThatDoNotKnowOfEachOther_theOneThatCameLastStays(Vertx vertx) throws Exception {
    ConnectionOwners here = node(vertx, "here");
    ConnectionOwners there = node(vertx, "there");
    members.stalls = true;
    long beforeMs = System.currentTimeMillis();
    Future<Claim> unused = here.claim("phone", () -> left.add("first"));
    await().until(() -> System.currentTimeMillis() > beforeMs); // the next one is later
    Future<Claim> last = there.claim("phone", () -> left.add("last"));
    Claim stays = get(last);
    await().atMost(PATIENCE).until(() -> !left.isEmpty());
    assertThat(left).containsExactly("first");
    assertThat(stays.isLost()).isFalse();
  }

  @Test
  void whatCannotBeRestored_keepsNoOther_andIsRestoredLater(Vertx vertx) throws Exception {
    ConnectionOwners owners = node(vertx, "here");
    for (int i = 0; i < MANY; i++) {
      Claim unused = get(owners.claim("client " + i, () -> left.add("gone")));
    }
    members.owners.clear();
    AtomicInteger failures = new AtomicInteger();
    members.beforeRestore = client -> {
      if (client.equals("client 7") && failures.getAndIncrement() < 2) {
        throw new HazelcastException("a partition moves");
      }
    };
    members.merge();
    await().atMost(PATIENCE).until(() -> members.owners.size() >= MANY - 1);
    await().atMost(PATIENCE).until(() -> members.owners.containsKey("client 7"));
    assertThat(members.owners).hasSize(MANY);
    assertThat(left).isEmpty();
  }

  @Test
  void aNodeThatCannotBeForgottenNow_isLater_andTheOthersAreRestoredMeanwhile(Vertx vertx)
      throws Exception {
    Claim unused = get(node(vertx, "here").claim("phone", () -> left.add("gone")));
    members.owners.clear();
    AtomicInteger times = new AtomicInteger();
    members.beforeForget = () -> {
      if (times.incrementAndGet() == 1) {
        throw new HazelcastException("a partition moves");
      }
    };
    members.lose("there");
    await().atMost(PATIENCE).until(() -> members.owners.containsKey("phone"));
    await().atMost(PATIENCE).until(() -> times.get() == 2);
  }

  @Test
  void whoGoesWhileHeIsRestored_isNotWrittenBack(Vertx vertx) throws Exception {
    ConnectionOwners owners = node(vertx, "here");
    Claim goes = get(owners.claim("goes", () -> left.add("gone")));
    members.beforeRestore = client -> goes.release();
    members.merge();
    await().atMost(PATIENCE).until(() -> members.removals.get() == 2);
    assertThat(members.owners).isEmpty();
  }

  @Test
  void whoIsThere_isKnownOnEveryNode_asLongAsHeIs(Vertx vertx) throws Exception {
    ConnectionOwners here = node(vertx, "here");
    ConnectionOwners there = node(vertx, "there");
    Claim claim = get(here.claim("phone", () -> left.add("gone")));
    assertThat(isHeld(here, "phone")).isTrue();
    assertThat(isHeld(there, "phone")).isTrue();
    assertThat(isHeld(there, "watch")).isFalse();
    members.stalls = true;
    assertThat(isHeld(there, "phone")).as("where it cannot be told").isFalse();
    members.stalls = false;
    claim.release();
    assertThat(isHeld(here, "phone")).isFalse();
    assertThat(isHeld(there, "phone")).isFalse();
  }

  private static boolean isHeld(ConnectionOwners owners, String client) throws Exception {
    return get(owners.isHeld(client));
  }
}
