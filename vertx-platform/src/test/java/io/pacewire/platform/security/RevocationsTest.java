package io.pacewire.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.events.AccessRevoked;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class RevocationsTest {
  private static final UUID DEVICE = UUID.randomUUID();

  private final AtomicLong nowMs = new AtomicLong(10_000_000);
  private final List<String> cut = new CopyOnWriteArrayList<>();
  private Revocations revocations;

  @BeforeEach
  void create(Vertx vertx) {
    revocations = new Revocations(vertx, () -> java.time.Instant.ofEpochMilli(nowMs.get()));
  }

  @Test
  void tokensFromBefore_areRefused_laterOnesAreNot() {
    revoke(DEVICE, 10_000_000);
    assertThat(revocations.covers(DEVICE, 9_999_000)).isTrue();
    assertThat(revocations.covers(DEVICE, 10_060_001)).isFalse();
    assertThat(revocations.covers(UUID.randomUUID(), 0)).isFalse();
    assertThat(revocations.covers(null, 0)).isFalse();
  }

  /** The operator's clock is a minute behind that of identity, which renewed the token just before. */
  @Test
  void tokensThatAClockAheadHasSigned_areRefused_andTheirConnectionsCut() {
    Revocations.Watch early = revocations.watch(DEVICE, 10_060_000, () -> cut.add("early"));
    revoke(DEVICE, 10_000_000);
    Awaitility.await().until(() -> cut.contains("early"));
    early.close();
    assertThat(revocations.covers(DEVICE, 10_060_000)).isTrue();
    nowMs.addAndGet(600_000 + 30_000 + 60_000); // the last moment at which it would be taken
    assertThat(revocations.covers(DEVICE, 10_060_000)).isTrue();
  }

  @Test
  void anOlderRevocation_doesNotMakeANewerOneForgotten() {
    revoke(DEVICE, 10_000_000);
    revoke(DEVICE, 9_000_000);
    assertThat(revocations.covers(DEVICE, 9_999_000)).isTrue();
  }

  @Test
  void onceTheTokensAreDead_nothingIsKept() {
    revoke(DEVICE, 10_000_000);
    nowMs.addAndGet(Revocations.HOLDS_MS);
    assertThat(revocations.covers(DEVICE, 0)).isFalse();
    revoke(DEVICE, 1); // from the beginning of the topic
    assertThat(revocations.size()).as("dead on arrival").isEqualTo(1);
    revoke(UUID.randomUUID(), nowMs.get());
    assertThat(revocations.size()).isEqualTo(1);
  }

  @Test
  void aFlood_isBounded() {
    for (int i = 0; i < Revocations.MOST + 10; i++) {
      revoke(new UUID(0, i), nowMs.get());
    }
    assertThat(revocations.size()).isEqualTo(Revocations.MOST);
    assertThat(revocations.covers(new UUID(0, Revocations.MOST + 9), 0)).isTrue();
  }

  @Test
  void connectionsOfTheDevice_areCut_othersAreNot() {
    Revocations.Watch gone = revocations.watch(DEVICE, 1, () -> cut.add("gone"));
    Revocations.Watch unused = revocations.watch(DEVICE, 1, () -> cut.add("old token"));
    Revocations.Watch unusedToo =
        revocations.watch(DEVICE, 10_060_001, () -> cut.add("newer token"));
    Revocations.Watch other = revocations.watch(UUID.randomUUID(), 1, () -> cut.add("other"));
    gone.close();
    gone.close();
    revoke(DEVICE, 10_000_000);
    revoke(other.id(), 10_000_000);
    Awaitility.await().until(() -> cut.contains("other"));
    assertThat(cut).containsExactly("old token", "other");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void whicheverConnectionOfADeviceCloses_theOthersAreCut(int closed) {
    List<Revocations.Watch> watches = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String name = "number " + i;
      watches.add(revocations.watch(DEVICE, 1, () -> cut.add(name)));
    }
    watches.get(closed).close();
    revoke(DEVICE, 10_000_000);
    Awaitility.await().until(() -> cut.size() == 2);
    assertThat(cut).doesNotContain("number " + closed);
    watches.forEach(Revocations.Watch::close);
    assertThat(revocations.watched()).isEmpty();
  }

  @Test
  void aConnectionThatComesAfterIt_isCutAtOnce_andLeavesNothing() {
    revoke(DEVICE, 10_000_000);
    Revocations.Watch late = revocations.watch(DEVICE, 9_999_000, () -> cut.add("late"));
    Awaitility.await().until(() -> cut.contains("late"));
    late.close();
    assertThat(revocations.watched()).isEmpty();
  }

  private void revoke(UUID id, long atMs) {
    revocations.revoke(new AccessRevoked(id, "device", atMs));
  }
}
