package io.pacewire.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Names of everything below the data directory. */
record Layout(Path root) {
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** Makes the folders that are missing, for the owner alone, and returns them under their real path. */
  static Layout prepare(Path dataDirectory) throws IOException {
    Files.createDirectories(dataDirectory, PRIVATE_FOLDER);
    Layout layout = new Layout(dataDirectory.toRealPath());
    for (Path folder : Set.of(layout.secrets(), layout.run(), layout.logs(), layout.temporary())) {
      Files.createDirectories(folder, PRIVATE_FOLDER);
    }
    return layout;
  }

  Path secrets() {
    return root.resolve("secrets");
  }

  Path run() {
    return root.resolve("run");
  }

  Path logs() {
    return root.resolve("logs");
  }

  Path temporary() {
    return run().resolve("tmp");
  }

  Path mail() {
    return data(StackServer.SMTP);
  }

  Path data(StackServer server) {
    return root.resolve(server.id());
  }

  Path log(StackServer server) {
    return logs().resolve(server.id() + ".log");
  }

  Path pidFile(StackServer server) {
    return run().resolve(server.id() + ".pid");
  }

  Path settings(StackServer server) {
    return run().resolve(server.id() + ".conf");
  }
}
