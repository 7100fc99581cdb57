package io.pacewire.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StackConfigTest {
  private final StackConfig config = StackConfig.in(Path.of("anywhere"));

  @Test
  void aConfiguredPort_winsOverTheOneOfAnEarlierRun() {
    StackConfig both = config
        .withPort(StackPort.REDIS, PortChoice.configured(6_379))
        .withPort(StackPort.S3, PortChoice.configured(0))
        .withPreferredPorts(Map.of(StackPort.REDIS, 20_000, StackPort.S3, 20_001));
    assertThat(both.choice(StackPort.REDIS)).isEqualTo(new PortChoice(6_379, true));
    assertThat(both.choice(StackPort.S3)).isEqualTo(new PortChoice(20_001, false));
    assertThat(both.choice(StackPort.KAFKA)).isEqualTo(PortChoice.any());
  }

  @Test
  void aPortOutsideTheRange_isRefused() {
    assertThatThrownBy(() -> PortChoice.configured(65_536)).hasMessageContaining("65536");
    assertThatThrownBy(() -> PortChoice.preferred(-1)).hasMessageContaining("-1");
  }

  @Test
  void tooLittleMemory_isNamedWithItsSetting() {
    assertThatThrownBy(() -> new StackMemory(8, 64, 32, 64))
        .hasMessageContaining("stack.kafka.heapMib must be at least 64, was 8");
  }

  @Test
  void backoff_doublesUpToItsLimit() {
    assertThat(Backoff.after(1)).isEqualTo(Duration.ofMillis(200));
    assertThat(Backoff.after(3)).isEqualTo(Duration.ofMillis(800));
    assertThat(Backoff.after(1_000)).isEqualTo(Duration.ofSeconds(30));
  }
}
