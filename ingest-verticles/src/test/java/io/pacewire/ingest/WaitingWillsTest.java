package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WaitingWillsTest {
  private final List<Long> stopped = new ArrayList<>();
  private final WaitingWills wills = new WaitingWills(stopped::add);

  private static Presence will(UUID device, int bytes) {
    return new Presence(
        new Device(UUID.randomUUID(), device, "public", 0, 0), device, false, new byte[bytes]);
  }

  private static LeftWill left(Presence will) {
    return new LeftWill(will, "one", UUID.randomUUID(), true, 0);
  }

  @Test
  void allThatWait_areTakenAtOnce_andWaitNoMore() {
    UUID device = UUID.randomUUID();
    LeftWill first = left(will(device, 10));
    LeftWill second = left(will(device, 20));
    wills.hold("a", first, 1, 11);
    wills.hold("b", second, 2, 12);
    assertThat(wills.takeAll()).containsExactlyInAnyOrder(first, second);
    assertThat(stopped).containsExactlyInAnyOrder(11L, 12L);
    assertThat(wills.bytes()).isZero();
    assertThat(wills.takeAll()).isEmpty();
  }

  @Test
  void aClient_hasOneThatWaits_andNoneWhenItIsBack() {
    Presence will = will(UUID.randomUUID(), 100);
    for (long timer = 1; timer <= 100; timer++) {
      assertThat(wills.hasRoom(will)).isTrue();
      assertThat(wills.cancel("a", timer)).isTrue();
      wills.hold("a", left(will), timer, timer);
    }
    assertThat(stopped).hasSize(99).doesNotContain(100L);
    assertThat(wills.bytes()).isLessThan(2_000);
    wills.gone("a", 1); // not the one that waits
    assertThat(wills.bytes()).isPositive();
    assertThat(wills.cancel("a", 99)).as("that of an earlier connection").isFalse();
    assertThat(wills.bytes()).isPositive();
    assertThat(wills.cancel("a", 101)).isTrue();
    assertThat(stopped).contains(100L);
    assertThat(wills.bytes()).isZero();
  }

  @Test
  void aDevice_hasSoMany_underWhateverNames() {
    Presence will = will(UUID.randomUUID(), 0);
    for (int i = 0; i < WaitingWills.MOST_OF_DEVICE; i++) {
      assertThat(wills.hasRoom(will)).isTrue();
      wills.hold("client " + i, left(will), i, i);
    }
    assertThat(wills.hasRoom(will)).isFalse();
    assertThat(wills.hasRoom(will(UUID.randomUUID(), 0))).isTrue();
    wills.gone("client 3", 3);
    assertThat(wills.hasRoom(will)).isTrue();
  }

  @Test
  void allOfThem_haveSoManyBytes() {
    int held = 0;
    for (Presence will = will(UUID.randomUUID(), Presence.MAX_BYTES);
        wills.hasRoom(will);
        will = will(UUID.randomUUID(), Presence.MAX_BYTES)) {
      wills.hold("client " + held, left(will), held, held++);
    }
    assertThat(wills.bytes())
        .isBetween(WaitingWills.MOST_BYTES - 2L * Presence.MAX_BYTES, WaitingWills.MOST_BYTES);
    assertThat(held).isGreaterThan(1_000);
  }
}
