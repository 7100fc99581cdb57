package io.pacewire.launcher;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command understands. */
final class CommonOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where everything is kept. Default: ${DEFAULT-VALUE}")
  Path dataDirectory = Path.of(".pacewire");

  @Option(names = "--config", paramLabel = "FILE", description = "Settings as JSON.")
  @Nullable
  Path configFile;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, such as gateway.port=0. May be given several times.")
  Map<String, String> settings = new LinkedHashMap<>();

  @Option(names = "--json", description = "Print one JSON document; logs go to standard error.")
  boolean json;

  JsonObject read() {
    return Settings.read(configFile, settings);
  }

  /** The same options for a child process. */
  java.util.List<String> arguments() {
    java.util.List<String> arguments = new java.util.ArrayList<>();
    arguments.add("--data");
    arguments.add(dataDirectory.toAbsolutePath().toString());
    Path file = configFile;
    if (file != null) {
      arguments.add("--config");
      arguments.add(file.toAbsolutePath().toString());
    }
    settings.forEach((key, value) -> {
      arguments.add("--set");
      arguments.add(key + "=" + value);
    });
    return arguments;
  }
}
