package io.pacewire.launcher;

import static java.lang.System.Logger.Level.DEBUG;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The archive of loaded classes that the script has the JVM write when it ends. Of a server that did not
 * come up, or only said how it is used, hardly any were loaded: that one must not be taken.
 */
final class ClassArchive {
  private static final System.Logger LOG = System.getLogger(ClassArchive.class.getName());

  private ClassArchive() {}

  /** A server came up: what is written will be worth mapping. */
  static void isWhole() {
    String archive = System.getProperty("pacewire.classes");
    if (archive == null) {
      return;
    }
    try {
      Files.writeString(Path.of(archive + ".whole"), "");
    } catch (IOException e) {
      LOG.log(DEBUG, "the next start loads its classes anew: {0}", e.getMessage());
    }
  }
}
