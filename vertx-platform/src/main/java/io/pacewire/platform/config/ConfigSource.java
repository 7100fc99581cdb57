package io.pacewire.platform.config;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes one tree of settings: an option overrides the environment, which overrides the file, which
 * overrides the default. Key {@code gateway.port} is variable {@code PACEWIRE_GATEWAY_PORT}.
 */
public final class ConfigSource {
  private static final String PREFIX = "PACEWIRE_";

  private ConfigSource() {}

  /**
   * @param knownKeys full keys; any other in the file or the options is an error, so that a mistyped
   *     one does not pass unnoticed
   */
  public static JsonObject read(
      JsonObject defaults,
      @Nullable Path file,
      Map<String, String> options,
      Collection<String> knownKeys) {
    return read(defaults, file, System.getenv(), options, knownKeys);
  }

  static JsonObject read(
      JsonObject defaults,
      @Nullable Path file,
      Map<String, String> environment,
      Map<String, String> options,
      Collection<String> knownKeys) {
    JsonObject tree = defaults.copy();
    if (file != null) {
      merge(tree, parse(file), "", knownKeys);
    }
    for (String key : knownKeys) {
      String value = environment.get(variable(key));
      if (value != null) {
        put(tree, key, value);
      }
    }
    options.forEach((key, value) -> {
      requireKnown(key, knownKeys, "--set");
      put(tree, key, value);
    });
    return tree;
  }

  /** The environment variable of a key. */
  public static String variable(String key) {
    return PREFIX
        + key.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /** Sets a full key in a tree. */
  public static void put(JsonObject tree, String key, Object value) {
    JsonObject at = tree;
    String[] parts = key.split("\\.", -1);
    for (int i = 0; i < parts.length - 1; i++) {
      JsonObject next = at.getJsonObject(parts[i]);
      if (next == null) {
        next = new JsonObject();
        at.put(parts[i], next);
      }
      at = next;
    }
    at.put(parts[parts.length - 1], value);
  }

  private static JsonObject parse(Path file) {
    try {
      return new JsonObject(Files.readString(file));
    } catch (IOException e) {
      throw new ConfigException("--config: " + file + " cannot be read");
    } catch (DecodeException e) {
      throw new ConfigException("--config: " + file + " is not JSON: " + e.getMessage());
    }
  }

  private static void merge(
      JsonObject tree, JsonObject file, String prefix, Collection<String> knownKeys) {
    for (Map.Entry<String, Object> entry : file) {
      String key = prefix + entry.getKey();
      if (entry.getValue() instanceof JsonObject section) {
        merge(tree, section, key + ".", knownKeys);
      } else {
        requireKnown(key, knownKeys, "--config");
        put(tree, key, entry.getValue());
      }
    }
  }

  private static void requireKnown(String key, Collection<String> knownKeys, String where) {
    if (!knownKeys.contains(key)) {
      throw new ConfigException(where + ": " + key + " is no setting");
    }
  }
}
