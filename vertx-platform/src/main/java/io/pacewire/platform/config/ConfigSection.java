package io.pacewire.platform.config;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Typed reading of a part of the settings' tree. Values from files and the environment are texts;
 * those are read as numbers where a number is wanted.
 */
public final class ConfigSection {
  private static final int MAX_SECRET_BYTES = 64 * 1024;

  private final String prefix;
  private final JsonObject values;

  private ConfigSection(String prefix, JsonObject values) {
    this.prefix = prefix;
    this.values = values;
  }

  public static ConfigSection root(JsonObject tree) {
    return new ConfigSection("", tree);
  }

  /** The part below {@code key}; empty where nothing is set there. */
  public ConfigSection section(String key) {
    Object value = values.getValue(key);
    if (value == null) {
      return new ConfigSection(full(key) + ".", new JsonObject());
    }
    if (value instanceof JsonObject object) {
      return new ConfigSection(full(key) + ".", object);
    }
    throw new ConfigException(full(key) + " must hold settings, was " + value);
  }

  public boolean has(String key) {
    return values.getValue(key) != null;
  }

  public String string(String key) {
    String value = text(key);
    if (value == null || value.isBlank()) {
      throw new ConfigException(full(key) + " is missing");
    }
    return value;
  }

  public String string(String key, String otherwise) {
    String value = text(key);
    return value == null ? otherwise : value;
  }

  public int integer(String key, int otherwise, int least, int most) {
    String value = text(key);
    if (value == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value.trim());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below, with the key
    }
    throw new ConfigException(full(key) + " must be " + least + ".." + most + ", was " + value);
  }

  /** A TCP port; 0 asks the system for a free one. */
  public int port(String key, int otherwise) {
    return integer(key, otherwise, 0, 65_535);
  }

  public boolean flag(String key, boolean otherwise) {
    String value = text(key);
    if (value == null) {
      return otherwise;
    }
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new ConfigException(full(key) + " must be true or false, was " + value);
    };
  }

  public Path path(String key) {
    return Path.of(string(key));
  }

  /** What the file at this path says, without the line's end: secrets come by file. */
  public String secret(String key) {
    Path file = path(key);
    try {
      if (Files.size(file) > MAX_SECRET_BYTES) {
        throw new ConfigException(full(key) + ": " + file + " is too large for a secret");
      }
      String secret = Files.readString(file).strip();
      if (secret.isEmpty()) {
        throw new ConfigException(full(key) + ": " + file + " is empty");
      }
      return secret;
    } catch (IOException e) {
      throw new ConfigException(full(key) + ": " + file + " cannot be read");
    }
  }

  private @Nullable String text(String key) {
    Object value = values.getValue(key);
    if (value instanceof JsonObject) {
      throw new ConfigException(full(key) + " must be one value");
    }
    return value == null ? null : value.toString();
  }

  private String full(String key) {
    return prefix + key;
  }
}
