package io.pacewire.identity;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The keys that sign tokens. One signs, all are published: to change keys, put a new one whose name
 * sorts last into the folder and restart; take the old one away once its tokens have run out.
 */
public final class SigningKeys {
  private final List<SigningKey> keys;

  private SigningKeys(List<SigningKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /** Makes a key unless the file is there; readable by its owner alone, and whole or not at all. */
  public static void generate(Path file) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      boolean unused = Files.deleteIfExists(next);
      Path made = Files.createFile(
          next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Path written = Files.writeString(made, SigningKey.generatePem());
      Path moved = Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
      assert moved.equals(file);
    } catch (GeneralSecurityException e) {
      throw new IOException("signing key cannot be made: " + e.getMessage(), e);
    }
  }

  /**
   * Reads what {@link #generate} wrote, or PEM of the same two parts from elsewhere.
   *
   * @param path one key, or a folder of {@code *.pem}
   */
  static SigningKeys read(Path path) throws IOException {
    List<SigningKey> keys = new ArrayList<>();
    for (Path file : files(path)) {
      keys.add(key(file));
    }
    if (keys.isEmpty()) {
      throw new IOException("identity.signingKeyFile: " + path + " holds no *.pem");
    }
    return new SigningKeys(keys);
  }

  /** The newest key. */
  SigningKey signing() {
    return keys.get(keys.size() - 1);
  }

  /** The key set as it is published (RFC 7517, 5). */
  JsonObject jwks() {
    JsonArray published = new JsonArray();
    keys.forEach(key -> published.add(key.jwk()));
    return new JsonObject().put("keys", published);
  }

  private static List<Path> files(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(file -> file.toString().endsWith(".pem")).sorted().toList();
    }
  }

  private static SigningKey key(Path file) throws IOException {
    try {
      return SigningKey.parse(Files.readString(file));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(
          "identity.signingKeyFile: " + file + " holds no EC key pair: " + e.getMessage(), e);
    }
  }
}
