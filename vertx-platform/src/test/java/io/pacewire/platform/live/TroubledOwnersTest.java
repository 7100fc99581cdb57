package io.pacewire.platform.live;

import static io.pacewire.platform.stack.Await.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.platform.live.ConnectionOwners.Claim;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who owns a client while the cluster's memory stalls or fails. */
@ExtendWith(VertxExtension.class)
class TroubledOwnersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

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
}
