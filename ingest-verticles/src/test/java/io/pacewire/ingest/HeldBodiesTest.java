package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HeldBodiesTest {
  private static final int MOST = 4_000;
  private final HeldBodies held = new HeldBodies(MOST);
  private final UUID one = UUID.randomUUID();
  private final UUID other = UUID.randomUUID();

  @Test
  void anAthlete_holdsItsPart_ofWhatOthersLeave() {
    assertThat(held.take(one, 1_000)).isNull();
    assertThat(held.take(one, 1)).isEqualTo(WebLimit.ATHLETE_BYTES);
    assertThat(held.take(other, 751)).isEqualTo(WebLimit.NODE_BYTES);
    assertThat(held.take(other, 750)).isNull();
    assertThat(held.take(other, 1)).isEqualTo(WebLimit.NODE_BYTES);
    held.giveBack(one, 400);
    assertThat(held.take(other, 100)).isNull();
    assertThat(held.take(one, 187)).isNull();
    assertThat(held.take(one, 1)).isEqualTo(WebLimit.NODE_BYTES);
    held.giveBack(one, 787);
    held.giveBack(other, 850);
    assertThat(held.heldBytes()).isZero();
  }

  /** Whoever holds all it may leaves three quarters of what it found. */
  @Test
  void aFew_leaveRoomForEverybody() {
    for (int i = 0; i < HeldBodies.PARTS; i++) {
      fill(UUID.randomUUID());
    }
    assertThat(held.heldBytes()).isLessThan(MOST * 7 / 10);
    assertThat(held.take(other, 300)).isNull();
  }

  private void fill(UUID athlete) {
    for (int step = MOST; step > 0; step /= 2) {
      while (held.take(athlete, step) == null) {
        // as much as goes in
      }
    }
  }

  @Test
  void aNode_hasRoomForBodiesOfEachOfItsEventLoops() {
    for (int loops : new int[] {1, 2, 8}) {
      HeldBodies bodies = HeldBodies.of(IngestConfig.from(new JsonObject()
          .put(
              "ingest",
              new JsonObject()
                  .put("trainingUrl", "http://127.0.0.1:1")
                  .put("loops", loops)
                  .put(
                      "tls",
                      new JsonObject()
                          .put("enabled", false)
                          .put("certificateFile", "none")
                          .put("keyFile", "none")))
          .put("kafka", new JsonObject().put("bootstrapServers", "127.0.0.1:1"))
          .put("tokens", new JsonObject().put("jwksUrl", "http://127.0.0.1:1/keys"))));
      assertThat(bodies.take(one, loops * 1_048_576L)).isNull();
    }
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
