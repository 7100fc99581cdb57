package io.pacewire.launcher;

import java.nio.file.Path;

/** Where the project's own files are; the script says so. */
final class Home {
  private Home() {}

  static Path directory() {
    return Path.of(System.getProperty("pacewire.home", ".")).toAbsolutePath().normalize();
  }

  static Path serverFiles() {
    String named = System.getProperty("pacewire.servers");
    return named == null ? directory().resolve("embedded-stack/target/servers") : Path.of(named);
  }
}
