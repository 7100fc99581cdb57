package io.pacewire.platform.kafka;

import io.pacewire.platform.config.ConfigSection;
import io.vertx.core.json.JsonObject;

/** Where the brokers are. */
public record KafkaSettings(String bootstrapServers) {

  public static KafkaSettings from(JsonObject root) {
    return new KafkaSettings(ConfigSection.root(root).section("kafka").string("bootstrapServers"));
  }
}
