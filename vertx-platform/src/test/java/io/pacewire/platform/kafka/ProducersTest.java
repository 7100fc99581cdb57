package io.pacewire.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

class ProducersTest {
  /** What it prevents needs a broker that refuses at the right moment, so only the setting is seen here. */
  @Test
  void factsAreSentOneRequestAtATime_soThatNoneOvertakesAnother() {
    ProducerConfig config = new ProducerConfig(
        new HashMap<>(Producers.config(new KafkaSettings("127.0.0.1:1"), "facts")));
    assertThat(config.getInt(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION))
        .isEqualTo(1);
    assertThat(config.getString(ProducerConfig.ACKS_CONFIG)).isEqualTo("-1");
    assertThat(config.getBoolean(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG)).isTrue();
  }
}
