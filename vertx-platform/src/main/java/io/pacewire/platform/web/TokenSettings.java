package io.pacewire.platform.web;

import io.pacewire.platform.config.ConfigException;
import io.pacewire.platform.config.ConfigSection;
import io.vertx.core.json.JsonObject;

/** Whose tokens are taken, and where the keys are that verify them. */
public record TokenSettings(String issuer, String audience, String jwksUrl) {

  public TokenSettings {
    if (!jwksUrl.startsWith("http://") && !jwksUrl.startsWith("https://")) {
      throw new ConfigException("tokens.jwksUrl must be an http(s) URL, was " + jwksUrl);
    }
  }

  public static TokenSettings from(JsonObject root) {
    ConfigSection tokens = ConfigSection.root(root).section("tokens");
    return new TokenSettings(
        tokens.string("issuer", "pacewire"),
        tokens.string("audience", "pacewire"),
        tokens.string("jwksUrl"));
  }
}
