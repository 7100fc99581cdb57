package io.pacewire.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pacewire.platform.config.ConfigException;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {
  private static KafkaSettings named(String node) {
    return KafkaSettings.from(new JsonObject()
        .put(
            "kafka", new JsonObject().put("bootstrapServers", "localhost:9092").put("node", node)));
  }

  @Test
  void aNodeHasANameOfItsOwn() {
    assertThat(named("pacewire-2").node()).isEqualTo("pacewire-2");
  }

  /** Of two with one name the one that came later reads, and the other reads no more. */
  @Test
  void noNodeIsNamedAsAnothersSecondConsumer() {
    assertThatThrownBy(() -> named("pacewire.consumer-2"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("kafka.node")
        .hasMessageContaining(KafkaSettings.CONSUMER);
  }

  @Test
  void aNameThatKafkaDoesNotTake_isRefused() {
    assertThatThrownBy(() -> named("a b")).isInstanceOf(ConfigException.class);
  }
}
