package io.pacewire.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** Passwords of the servers: made at the first start, kept in files only the owner reads. */
final class Secrets {
  private static final int ENTROPY_BYTES = 24;

  private final Path directory;
  private final SecureRandom random = new SecureRandom();

  Secrets(Path directory) {
    this.directory = directory;
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  /** The secret of this name; letters, digits, minus and underscore only, so that it needs no quoting. */
  String value(String name) throws IOException {
    Path file = file(name);
    if (!Files.exists(file)) {
      byte[] bytes = new byte[ENTROPY_BYTES];
      random.nextBytes(bytes);
      PrivateFiles.write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
    return Files.readString(file).strip();
  }
}
