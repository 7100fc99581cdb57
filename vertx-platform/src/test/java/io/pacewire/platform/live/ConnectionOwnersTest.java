package io.pacewire.platform.live;

import static io.pacewire.platform.stack.Await.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.platform.live.ConnectionOwners.Claim;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class ConnectionOwnersTest {
  private final List<String> left = new CopyOnWriteArrayList<>();

  @Test
  void whoComesLater_takesOver_andIsLetInOnlyThen(Vertx vertx) throws Exception {
    ConnectionOwners owners = ConnectionOwners.create(vertx);
    Claim unused = get(owners.claim("a", () -> left.add("first")));
    Future<Claim> second = owners.claim("a", () -> left.add("second"));
    Claim claim = get(second.onSuccess(in -> assertThat(left).containsExactly("first")));
    claim.release();
    Claim alone = get(owners.claim("a", () -> left.add("third")));
    assertThat(left).as("a connection that is over is not thrown out").containsExactly("first");
    alone.release();
    alone.release();
  }

  @Test
  void anotherClient_isLeftAlone(Vertx vertx) throws Exception {
    ConnectionOwners owners = ConnectionOwners.create(vertx);
    Claim unused = get(owners.claim("a", () -> left.add("a")));
    Claim unusedToo = get(owners.claim("b", () -> left.add("b")));
    assertThat(left).isEmpty();
  }

  @Test
  void theReleaseOfAnEarlierConnection_leavesTheNewOneItsPlace(Vertx vertx) throws Exception {
    ConnectionOwners owners = ConnectionOwners.create(vertx);
    Claim first = get(owners.claim("a", () -> left.add("first")));
    Claim unused = get(owners.claim("a", () -> left.add("second")));
    first.release();
    Claim unusedToo = get(owners.claim("a", () -> left.add("third")));
    assertThat(left).containsExactly("first", "second");
  }

  @Test
  void aConnectionThatCannotBeClosed_keepsNobodyOut(Vertx vertx) throws Exception {
    ConnectionOwners owners = ConnectionOwners.create(vertx);
    Claim unused = get(owners.claim("a", () -> {
      throw new IllegalStateException("endpoint is closed");
    }));
    assertThat(get(owners.claim("a", () -> left.add("second")))).isNotNull();
  }

  @Test
  void ofManyAtOnce_oneStays(Vertx vertx) throws Exception {
    ConnectionOwners owners = ConnectionOwners.create(vertx);
    List<Future<Claim>> claims = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String name = "c" + i;
      claims.add(owners.claim("a", () -> left.add(name)));
    }
    Claim last = get(claims.get(49));
    assertThat(last).isNotNull();
    assertThat(left).hasSize(49).doesNotContain("c49");
  }
}
