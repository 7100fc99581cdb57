package io.pacewire.ingest;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** MQTT.js, installed where the build puts what it makes; without npm its tests are skipped, loudly. */
final class NodePackage {
  private static final String MQTT = "mqtt@5.16.0";
  private static String failure;
  private static Path folder;

  private NodePackage() {}

  static synchronized Path mqtt() throws Exception {
    if (folder == null && failure == null) {
      failure = install();
    }
    if (failure != null) {
      System.err.println("SKIPPED: MQTT.js: " + failure);
      Assumptions.abort(failure);
    }
    return folder;
  }

  private static String install() throws Exception {
    Path into = Files.createDirectories(Path.of("target/mqttjs")).toAbsolutePath();
    if (!Files.exists(into.resolve("node_modules/mqtt/package.json"))) {
      try {
        Process npm = new ProcessBuilder(
                "npm", "install", "--no-audit", "--no-fund", "--prefix", into.toString(), MQTT)
            .redirectErrorStream(true)
            .redirectOutput(new File("target/mqttjs-npm.log"))
            .start();
        if (!npm.waitFor(2, TimeUnit.MINUTES) || npm.exitValue() != 0) {
          npm.destroy();
          return "npm did not install " + MQTT + ", see target/mqttjs-npm.log";
        }
      } catch (java.io.IOException e) {
        return "no npm: " + e.getMessage();
      }
    }
    Files.copy(
        Path.of("src/test/resources/mqttjs/guest.mjs"),
        into.resolve("guest.mjs"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    folder = into;
    return null;
  }
}
