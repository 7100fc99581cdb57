package io.pacewire.platform.kafka;

import io.pacewire.platform.config.ConfigException;
import io.pacewire.platform.config.ConfigSection;
import io.vertx.core.json.JsonObject;

/**
 * Where the brokers are, and as whom this node reads.
 *
 * @param node name of this node and of no other that runs, the same when it is started again: what it
 *     read is its own again at once, even if it was killed. Empty where it has none
 */
public record KafkaSettings(String bootstrapServers, String node) {

  /** Ahead of the number in the name of a node's second consumer, and of later ones: no node is named so. */
  public static final String CONSUMER = ".consumer-";

  /** Of a node without a name. */
  public KafkaSettings(String bootstrapServers) {
    this(bootstrapServers, "");
  }

  public static KafkaSettings from(JsonObject root) {
    ConfigSection kafka = ConfigSection.root(root).section("kafka");
    String node = kafka.string("node", "");
    if (!node.matches("[A-Za-z0-9._-]{0,200}")) {
      throw new ConfigException(
          "kafka.node must be at most 200 letters, digits and . _ -, was " + node);
    }
    if (node.contains(CONSUMER)) {
      throw new ConfigException("kafka.node must not have " + CONSUMER + " in it, was " + node);
    }
    return new KafkaSettings(kafka.string("bootstrapServers"), node);
  }
}
