package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class HeldBodiesTest {
  private static final int MOST = 4_000;
  private final HeldBodies held = new HeldBodies(MOST);
  private final UUID one = UUID.randomUUID();
  private final UUID other = UUID.randomUUID();

  @Test
  void anAthlete_holdsItsPart_andAllTogetherTheWhole() {
    assertThat(held.take(one, 1_000)).isNull();
    assertThat(held.take(one, 1)).isEqualTo(WebLimit.ATHLETE_BYTES);
    for (int i = 0; i < HeldBodies.PARTS - 1; i++) {
      assertThat(held.take(UUID.randomUUID(), 1_000)).isNull();
    }
    assertThat(held.take(other, 1)).isEqualTo(WebLimit.NODE_BYTES);
    held.giveBack(one, 400);
    assertThat(held.take(other, 300)).isNull();
    assertThat(held.take(one, 101)).isEqualTo(WebLimit.NODE_BYTES);
    held.giveBack(other, 300);
    assertThat(held.take(one, 401)).isEqualTo(WebLimit.ATHLETE_BYTES);
    assertThat(held.heldBytes()).isEqualTo(MOST - 400);
  }

  @Test
  void requestsAreBounded_byDevice_andByAthlete() {
    UUID device = UUID.randomUUID();
    for (int i = 0; i < HeldBodies.MOST_A_DEVICE; i++) {
      assertThat(held.enter(device(one, device))).isNull();
    }
    assertThat(held.enter(device(one, device))).isEqualTo(WebLimit.DEVICE_REQUESTS);
    for (int i = HeldBodies.MOST_A_DEVICE; i < HeldBodies.MOST_AN_ATHLETE; i++) {
      assertThat(held.enter(device(one, UUID.randomUUID()))).isNull();
    }
    assertThat(held.enter(device(one, UUID.randomUUID()))).isEqualTo(WebLimit.ATHLETE_REQUESTS);
    assertThat(held.enter(device(other, UUID.randomUUID()))).isNull();
    held.leave(device(one, device));
    assertThat(held.enter(device(one, device))).isNull();
  }

  /** Its caller hung up while it was taken apart on another thread. */
  @Test
  void aBodyWhoseRequestEnded_takesNoRoomAnyMore() {
    BodyReading reading = new BodyReading(null, one, held, 100, 1_000);
    assertThat(reading.becomes(10)).isTrue();
    assertThat(held.heldBytes()).isEqualTo(10);
    reading.close();
    assertThat(held.heldBytes()).isZero();
    assertThat(reading.becomes(10)).isFalse();
    assertThat(held.heldBytes()).isZero();
  }

  private static Device device(UUID athlete, UUID device) {
    return new Device(athlete, device, "public", 0, 0);
  }
}
