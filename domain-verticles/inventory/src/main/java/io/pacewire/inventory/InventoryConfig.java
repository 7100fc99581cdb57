package io.pacewire.inventory;

import io.pacewire.platform.config.ConfigSection;
import io.pacewire.platform.kafka.KafkaSettings;
import io.pacewire.platform.pg.PgSettings;
import io.pacewire.platform.web.TokenSettings;
import io.vertx.core.json.JsonObject;

/** What the inventory role needs to know. */
public record InventoryConfig(
    String host, int port, KafkaSettings kafka, PgSettings postgres, TokenSettings tokens) {

  public static InventoryConfig from(JsonObject root) {
    ConfigSection inventory = ConfigSection.root(root).section("inventory");
    return new InventoryConfig(
        inventory.string("host", "127.0.0.1"),
        inventory.port("port", 0),
        KafkaSettings.from(root),
        PgSettings.from(root, "inventory"),
        TokenSettings.from(root));
  }
}
