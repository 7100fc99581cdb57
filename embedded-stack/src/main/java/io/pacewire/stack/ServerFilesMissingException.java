package io.pacewire.stack;

import java.nio.file.Path;

/** The folder with binaries and class paths is not there: the build did not get that far. */
public final class ServerFilesMissingException extends StackException {
  ServerFilesMissingException(Path missing) {
    super(
        "server files are missing: " + missing + " (built by: mvn package -pl embedded-stack)",
        null);
  }
}
