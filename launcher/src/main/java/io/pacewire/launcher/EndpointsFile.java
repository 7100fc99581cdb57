package io.pacewire.launcher;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * {@code DIR/endpoints.json}: where everything listens, and the ports that were picked, so that a
 * restart takes the same ones and devices find it again.
 */
final class EndpointsFile {
  private static final String NAME = "endpoints.json";

  private final Path file;

  EndpointsFile(Path dataDirectory) {
    this.file = dataDirectory.resolve(NAME);
  }

  /** Empty where nothing ran here yet. */
  JsonObject read() {
    try {
      return Files.exists(file) ? new JsonObject(Files.readString(file)) : new JsonObject();
    } catch (IOException | DecodeException e) {
      return new JsonObject(); // only a convenience: whatever it said is picked anew
    }
  }

  void write(JsonObject endpoints) throws IOException {
    Path next = file.resolveSibling(NAME + ".next");
    Files.writeString(next, endpoints.encodePrettily() + "\n");
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
