package io.pacewire.launcher;

import io.pacewire.platform.config.ConfigException;
import io.pacewire.platform.config.ConfigSource;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every setting there is: the one table that documentation and the command line are made of. */
final class Settings {
  /**
   * @param fallback null where the embedded mode decides
   * @param least smallest number that is taken; {@code most} the largest, 0 where it is no number
   */
  record Setting(String key, @Nullable String fallback, long least, long most, String meaning) {
    Setting(String key, String fallback, String meaning) {
      this(
          key, fallback, 0, key.toLowerCase(Locale.ROOT).endsWith("port") ? LAST_PORT : 0, meaning);
    }
  }

  private static final int LAST_PORT = 65_535;

  static final List<Setting> ALL = List.of(
      new Setting("gateway.host", "127.0.0.1", "address the gateway listens on"),
      new Setting("gateway.port", "8443", "HTTPS port of console and REST"),
      new Setting("ingest.host", "127.0.0.1", "address the ingest doors listen on"),
      new Setting("ingest.mqtt.port", "8883", "MQTT over TLS"),
      new Setting("ingest.stream.port", "8884", "binary WebSocket over TLS"),
      new Setting(
          "ingest.maxBatchBytes", "65536", 4096, 1048576, "largest batch taken, envelope and all"),
      new Setting("ingest.window", "256", 1, 65536, "batches a device may have on the way"),
      new Setting(
          "ingest.inFlightBytes", "16777216", 1048576, 1073741824, "bytes on their way to Kafka"),
      new Setting("ingest.idleTimeoutS", "90", 5, 3600, "a silent WebSocket is closed after"),
      new Setting("identity.port", "0", "HTTP port of the role, on loopback"),
      new Setting("identity.hashThreads", "2", 1, 64, "passwords hashed at the same time"),
      new Setting("training.port", "0", "HTTP port of the role, on loopback"),
      new Setting("training.pollRecords", "500", 1, 10000, "most batches of one poll"),
      new Setting(
          "training.foldsInMemory",
          "20000",
          100,
          1000000,
          "writers whose state is kept between polls"),
      new Setting(
          "training.silenceEndsAfterS",
          "21600",
          1,
          604800,
          "a session that nobody finished is closed then, s"),
      new Setting(
          "training.missingGivenUpAfterS",
          "120",
          1,
          604800,
          "a finished session goes without missing batches then, s"),
      new Setting(
          "training.revisionAfterS",
          "30",
          1,
          604800,
          "so long nothing more may come before a training takes in what came late, s"),
      new Setting("inventory.port", "0", "HTTP port of the role, on loopback"),
      new Setting("gamification.port", "0", "HTTP port of the role, on loopback"),
      new Setting("stack.postgres.port", "0", "PostgreSQL of the embedded stack"),
      new Setting("stack.kafka.port", "0", "Kafka of the embedded stack"),
      new Setting("stack.kafka.controllerPort", "0", "Kafka's controller"),
      new Setting("stack.redis.port", "0", "Redis of the embedded stack"),
      new Setting("stack.s3.port", "0", "S3 of the embedded stack"),
      new Setting("stack.smtp.port", "0", "SMTP of the embedded stack"),
      new Setting(
          "stack.minimumFreeMib", "512", 0, 1048576, "nothing starts with less free disk space"));

  private Settings() {}

  static List<String> keys() {
    return ALL.stream().map(Setting::key).toList();
  }

  static JsonObject read(@Nullable Path file, Map<String, String> options) {
    JsonObject defaults = new JsonObject();
    for (Setting setting : ALL) {
      if (setting.fallback() != null) {
        ConfigSource.put(defaults, setting.key(), setting.fallback());
      }
    }
    JsonObject read = ConfigSource.read(defaults, file, options, keys());
    ALL.forEach(setting -> check(setting, read));
    return read;
  }

  /** Before any server is started: what cannot be right would only be found when a role reads it. */
  private static void check(Setting setting, JsonObject read) {
    if (setting.most() == 0) {
      return;
    }
    String value = String.valueOf(value(setting.key(), read));
    boolean isNumber = value.matches("-?\\d{1,18}");
    if (!isNumber
        || Long.parseLong(value) < setting.least()
        || Long.parseLong(value) > setting.most()) {
      throw new ConfigException(setting.key() + " must be a whole number from " + setting.least()
          + " to " + setting.most() + ", was " + value);
    }
  }

  private static @Nullable Object value(String key, JsonObject tree) {
    Object value = tree;
    for (String part : key.split("\\.", -1)) {
      value = value instanceof JsonObject section ? section.getValue(part) : null;
    }
    return value;
  }
}
