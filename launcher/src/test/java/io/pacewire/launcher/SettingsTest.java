package io.pacewire.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pacewire.launcher.report.Goals;
import io.pacewire.platform.config.ConfigException;
import io.pacewire.platform.config.ConfigSource;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  /** The tables in the documentation are these; with {@code -Dpacewire.docs.write=true} they are written. */
  @Test
  void everySetting_isDocumented() throws IOException {
    assertDocumented(Path.of("../docs/configuration.md"), Settings.ALL);
    assertDocumented(Path.of("../docs/distributed.md"), Settings.DISTRIBUTED);
  }

  private static void assertDocumented(Path file, List<Settings.Setting> settings)
      throws IOException {
    StringBuilder table = new StringBuilder(
        "| key | variable | default | range | meaning |\n| --- | --- | --- | --- | --- |\n");
    for (Settings.Setting setting : settings) {
      table.append("| `%s` | `%s` | %s | %s | %s |\n"
          .formatted(
              setting.key(),
              ConfigSource.variable(setting.key()),
              setting.fallback() == null || setting.fallback().isEmpty()
                  ? ""
                  : "`" + setting.fallback() + "`",
              setting.most() == 0 ? "" : setting.least() + " to " + setting.most(),
              setting.meaning()));
    }
    String document = Files.readString(file);
    if (Boolean.getBoolean("pacewire.docs.write")) {
      document = document.substring(0, document.indexOf("| key |")) + table;
      Files.writeString(file, document);
    }
    assertThat(document).endsWith(table);
  }

  @Test
  void aMistypedSetting_isNamed() {
    assertThatThrownBy(() -> Settings.read(null, Map.of("gateway.prot", "1")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("gateway.prot");
  }

  @ParameterizedTest
  @CsvSource({
    "gateway.port, abc, from 0 to 65535",
    "gateway.port, 99999, from 0 to 65535",
    "gateway.port, -1, from 0 to 65535",
    "ingest.window, 0, from 1 to 65536",
    "ingest.maxBatchBytes, 1024, from 4096",
    "training.foldsInMemory, 1e5, from 100"
  })
  void aValueOutOfRange_isNamedWithItsSetting(String key, String value, String range) {
    assertThatThrownBy(() -> Settings.read(null, Map.of(key, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key)
        .hasMessageContaining(range)
        .hasMessageEndingWith("was " + value);
  }

  @Test
  void aPortThatIsTaken_isNamedWithItsSetting() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(
              () -> RolePorts.pick(Map.of("gateway.port", port), new JsonObject(), Set.of()))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("port " + port)
          .hasMessageContaining("gateway.port");
    }
  }

  @Test
  void aPickedPort_isKept() {
    Map<String, Integer> first = RolePorts.pick(Map.of(), new JsonObject(), Set.of());
    JsonObject kept = new JsonObject();
    first.forEach(kept::put);
    assertThat(RolePorts.pick(Map.of(), kept, Set.of())).isEqualTo(first);
  }

  @Test
  void goals_areCounted() {
    Goals goals = new Goals();
    goals.add("distance p50", Goals.Bound.AT_MOST, 0.35, 0.49, "%");
    goals.add("rate", Goals.Bound.AT_LEAST, 50_000, 64_000, "msg/s");
    assertThat(goals.table()).endsWith("goals: 1 of 2 hold").contains("missed");
    assertThat(goals.json().getJsonObject(1).getBoolean("holds")).isTrue();
  }
}
