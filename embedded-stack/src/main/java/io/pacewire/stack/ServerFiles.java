package io.pacewire.stack;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folder the build resolves the servers into: {@code NAME/lib/*.jar} or {@code NAME/bin}. */
public final class ServerFiles {
  private final Path root;

  private ServerFiles(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /** The files in a folder, as a distribution carries them. */
  public static ServerFiles at(Path root) {
    return new ServerFiles(root);
  }

  /**
   * The folder {@code servers} next to the jar or class folder this class came from; where there is none, next to the
   * folder above (a distribution keeps its jars in {@code lib}).
   */
  public static ServerFiles besideThisLibrary() {
    Path code = codeLocation();
    Path near = code.resolveSibling("servers");
    Path above = code.resolveSibling("..").resolve("servers");
    return at(Files.isDirectory(near) || !Files.isDirectory(above) ? near : above);
  }

  public Path root() {
    return root;
  }

  /** A file or folder of a server that must be there. */
  Path require(StackServer server, String path) {
    Path file = root.resolve(server.id()).resolve(path);
    if (!Files.exists(file)) {
      throw new ServerFilesMissingException(file);
    }
    return file;
  }

  /** Jars of a Java server in a stable order: a shared class archive is tied to it. */
  List<Path> classPath(StackServer server) throws IOException {
    Path lib = require(server, "lib");
    try (Stream<Path> files = Files.list(lib)) {
      List<Path> jars =
          files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
      if (jars.isEmpty()) {
        throw new ServerFilesMissingException(lib.resolve("*.jar"));
      }
      return jars;
    }
  }

  private static Path codeLocation() {
    try {
      return Path.of(
          ServerFiles.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
