package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentBesideTest {
  private final List<Integer> charged = new ArrayList<>();
  private final SentBeside beside = new SentBeside();

  @Test
  void smallPackets_areChargedByTheirNumber_andWrappingByItsBytes() {
    beside.packet(2); // before anybody is told
    beside.onCharge(charged::add);
    for (int i = 1; i < SentBeside.PACKETS; i++) {
      assertThat(charged).isEmpty();
      beside.packet(2);
    }
    assertThat(charged).containsExactly(2 * SentBeside.PACKETS);
    beside.wrapping(SentBeside.BYTES - 1);
    assertThat(charged).hasSize(1);
    beside.wrapping(1);
    assertThat(charged).containsExactly(2 * SentBeside.PACKETS, SentBeside.BYTES);
  }
}
