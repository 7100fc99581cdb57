package io.pacewire.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigSourceTest {
  private static final List<String> KEYS =
      List.of("gateway.port", "gateway.host", "postgres.training.passwordFile");
  private static final JsonObject DEFAULTS =
      new JsonObject().put("gateway", new JsonObject().put("port", 8443));

  @TempDir
  Path directory;

  @Test
  void anOptionOverridesTheEnvironment_whichOverridesTheFile() throws Exception {
    Path file = directory.resolve("pacewire.json");
    Files.writeString(file, "{\"gateway\":{\"port\":1,\"host\":\"0.0.0.0\"}}");
    JsonObject tree = ConfigSource.read(
        DEFAULTS, file, Map.of("PACEWIRE_GATEWAY_PORT", "2"), Map.of("gateway.port", "3"), KEYS);
    ConfigSection gateway = ConfigSection.root(tree).section("gateway");
    assertThat(gateway.port("port", 0)).isEqualTo(3);
    assertThat(gateway.string("host", "")).isEqualTo("0.0.0.0");
  }

  @Test
  void theEnvironment_namesNestedKeys() {
    assertThat(ConfigSource.variable("postgres.training.passwordFile"))
        .isEqualTo("PACEWIRE_POSTGRES_TRAINING_PASSWORD_FILE");
  }

  @Test
  void anUnknownKey_isNamed() throws Exception {
    Path file = directory.resolve("pacewire.json");
    Files.writeString(file, "{\"gateway\":{\"prot\":1}}");
    assertThatThrownBy(() -> ConfigSource.read(DEFAULTS, file, Map.of(), Map.of(), KEYS))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("gateway.prot");
  }

  @Test
  void aPortOutOfRange_isNamedWithItsKey() {
    JsonObject tree =
        ConfigSource.read(DEFAULTS, null, Map.of(), Map.of("gateway.port", "70000"), KEYS);
    assertThatThrownBy(() -> ConfigSection.root(tree).section("gateway").port("port", 0))
        .hasMessage("gateway.port must be 0..65535, was 70000");
  }
}
