package io.pacewire.platform.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class WatchLeasesTest {
  private static final int SLOT = 7;
  private static final UUID ONE = UUID.randomUUID();
  private static final UUID OTHER = UUID.randomUUID();

  private final WatchLeases leases = new WatchLeases(30, 2);

  @Test
  void aLease_isOfOneAthlete_andEndsWhereItIsNotRenewed() {
    leases.renew(ONE, SLOT, 100);
    assertThat(leases.isWatched(ONE, SLOT, 129)).isTrue();
    assertThat(leases.isWatched(OTHER, SLOT, 101)).isFalse();
    assertThat(leases.isWatched(ONE, SLOT, 130)).isFalse();
    leases.renew(ONE, SLOT, 120);
    assertThat(leases.isWatched(ONE, SLOT, 149)).isTrue();
  }

  @Test
  void moreThanHaveRoom_shareTheirAddress_untilOthersAreOver() {
    leases.renew(ONE, 1, 100);
    leases.renew(OTHER, 2, 110);
    leases.renew(ONE, 1, 115); // no more than before
    UUID third = UUID.randomUUID();
    leases.renew(third, SLOT, 120);
    assertThat(leases.isWatched(third, SLOT, 121)).isTrue();
    assertThat(leases.isWatched(UUID.randomUUID(), SLOT, 121)).isTrue();
    assertThat(leases.isWatched(UUID.randomUUID(), 1, 121)).isFalse();
    leases.renew(third, SLOT, 141); // OTHER is over
    assertThat(leases.isWatched(third, SLOT, 165)).isTrue();
    assertThat(leases.isWatched(UUID.randomUUID(), SLOT, 165)).isFalse();
  }

  @Test
  void aWholeAddress_isWatched_whereNoAthleteIsNamed() {
    leases.renewAll(SLOT, 100);
    assertThat(leases.isWatched(ONE, SLOT, 129)).isTrue();
    assertThat(leases.isWatched(ONE, SLOT + 1, 101)).isFalse();
    assertThat(leases.isWatched(ONE, SLOT, 130)).isFalse();
  }
}
