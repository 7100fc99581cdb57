package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReadAheadBytesTest {
  private static final int MOST = 4_000;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ReadAheadBytes all = new ReadAheadBytes(MOST, "unfinished", registry);
  private final UUID athlete = UUID.randomUUID();

  @Test
  void connectionsOfAnAthlete_haveOnePartTogether() {
    ReadAhead one = new ReadAhead(all, athlete);
    ReadAhead two = new ReadAhead(all, athlete);
    assertThat(one.change(600)).isNull();
    assertThat(two.change(401)).isEqualTo(ReadAheadLimit.ATHLETE_BYTES);
    assertThat(two.change(400)).isNull();
    assertThat(all.heldBytes()).isEqualTo(1_000);
    assertThat(one.change(-100)).isNull();
    assertThat(two.change(100)).isNull();
    one.close();
    assertThat(one.change(5)).as("after its end it holds nothing").isNull();
    assertThat(all.heldBytes()).isEqualTo(500);
    assertThat(all.athletes()).isEqualTo(1);
    two.close();
    two.close();
    assertThat(all.heldBytes()).isZero();
    assertThat(all.athletes()).isZero();
    assertThat(ended("athleteBytes")).isEqualTo(1);
  }

  @Test
  void allTogether_haveTheWhole() {
    for (int i = 0; i < ReadAheadBytes.PARTS; i++) {
      assertThat(new ReadAhead(all, UUID.randomUUID()).change(1_000)).isNull();
    }
    assertThat(new ReadAhead(all, athlete).change(1)).isEqualTo(ReadAheadLimit.NODE_BYTES);
    assertThat(all.heldBytes()).isEqualTo(MOST);
    assertThat(registry.get("pacewire.ingest.unfinished.bytes").gauge().value()).isEqualTo(MOST);
    assertThat(ended("nodeBytes")).isEqualTo(1);
  }

  @Test
  void whoIsNobody_sharesAPartWithTheOthers_untilItIsKnown() {
    ReadAhead one = new ReadAhead(all, null);
    ReadAhead two = new ReadAhead(all, null);
    assertThat(one.change(900)).isNull();
    assertThat(two.change(101)).isEqualTo(ReadAheadLimit.WAITING_BYTES);
    one.belongsTo(athlete);
    assertThat(two.change(1_000)).isNull();
    assertThat(one.change(101)).isEqualTo(ReadAheadLimit.ATHLETE_BYTES);
    assertThat(all.heldBytes()).isEqualTo(1_900);
    one.close();
    two.close();
    assertThat(all.heldBytes()).isZero();
    assertThat(ended("waitingBytes")).isEqualTo(1);
  }

  @Test
  void whoNeverHoldsAnything_isNoEntry() {
    ReadAhead idle = new ReadAhead(all, athlete);
    assertThat(idle.change(0)).isNull();
    assertThat(all.athletes()).isZero();
    idle.close();
    assertThat(all.athletes()).isZero();
  }

  private double ended(String limit) {
    return registry
        .get("pacewire.ingest.unfinished.ended")
        .tag("limit", limit)
        .counter()
        .count();
  }
}
