package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.ingest.ReadGate.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadGateTest {
  private final List<String> calls = new ArrayList<>();
  private final List<Reason> held = new ArrayList<>();
  private final ReadGate gate =
      new ReadGate(() -> calls.add("pause"), () -> calls.add("resume"), null, held::add);

  @Test
  void itGoesOn_whenTheLastReasonIsGone() {
    gate.close(Reason.BROKER);
    gate.close(Reason.QUOTA);
    gate.close(Reason.QUOTA);
    assertThat(calls).containsExactly("pause");
    gate.open(Reason.BROKER);
    assertThat(gate.isOpen()).isFalse();
    assertThat(calls).containsExactly("pause");
    gate.open(Reason.QUOTA);
    assertThat(calls).containsExactly("pause", "resume");
    assertThat(held).as("told once each").containsExactly(Reason.BROKER, Reason.QUOTA);
    assertThat(gate.isOpen()).isTrue();
  }

  @Test
  void openingWhatIsOpen_doesNothing() {
    gate.open(Reason.BROKER);
    assertThat(calls).isEmpty();
  }
}
