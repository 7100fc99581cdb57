package io.pacewire.platform.config;

/** A setting that is missing or wrong. The message names the full key and the value's fault. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ConfigException(String message) {
    super(message);
  }
}
