package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.pacewire.wire.DeviceTopics;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TopicAliasesTest {
  private final TopicAliases aliases = new TopicAliases(16);

  @Test
  void aTopicOfOurs_isKeptWhole() throws Exception {
    String batches = DeviceTopics.batches(UUID.randomUUID());
    assertThat(topic(batches, 3)).isEqualTo(batches);
    assertThat(topic("", 3)).isEqualTo(batches);
  }

  /** Refused the same way each time, and takes no room. */
  @Test
  void ofAnEndlessTopic_littleIsKept() throws Exception {
    assertThat(topic("v1/devices/".repeat(5_000), 16)).hasSize(55_000);
    assertThat(topic("", 16)).startsWith("v1/devices/").hasSize(128);
  }

  private String topic(String name, int alias) throws Exception {
    MqttProperties properties = new MqttProperties();
    properties.add(new MqttProperties.IntegerProperty(MqttProperties.TOPIC_ALIAS, alias));
    MqttPublishMessage publish = RawClient.publishing(1, 1, name, new byte[0], properties);
    return aliases.resolve(publish).variableHeader().topicName();
  }
}
