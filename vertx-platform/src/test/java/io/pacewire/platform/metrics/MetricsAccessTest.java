package io.pacewire.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsAccessTest {
  private static final String FOREIGN = "10.0.0.7";

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1", "0:0:0:0:0:0:0:1"})
  void thisMachine_mayRead(String address) {
    assertThat(MetricsAccess.THIS_MACHINE.allows(address, null)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {FOREIGN, "2001:db8::1", "fe80::1%eth0", "null", "localhost", ""})
  void strangers_mayNot(String address) {
    assertThat(MetricsAccess.THIS_MACHINE.allows(address, null)).isFalse();
    assertThat(MetricsAccess.THIS_MACHINE.allows(address, "Bearer null")).isFalse();
    assertThat(new MetricsAccess("secret").allows(address, null)).isFalse();
    assertThat(new MetricsAccess("secret").allows(address, "Bearer secrets")).isFalse();
    assertThat(new MetricsAccess("secret").allows(address, "secret")).isFalse();
  }

  @Test
  void whoShowsTheToken_mayRead(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "secret\n");
    MetricsAccess access = MetricsAccess.from(
        new JsonObject().put("metrics", new JsonObject().put("tokenFile", file.toString())));
    assertThat(access.allows(FOREIGN, "Bearer secret")).isTrue();
    assertThat(access.toString()).doesNotContain("secret");
    assertThat(MetricsAccess.from(new JsonObject())).isEqualTo(MetricsAccess.THIS_MACHINE);
  }
}
