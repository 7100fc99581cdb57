package io.pacewire.stack;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out from /proc who listens on a port. Sees only what the kernel lets this user see. */
final class PortHolder {
  private static final Path PROC = Path.of("/proc");
  private static final String LISTENING = "0A";
  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private PortHolder() {}

  /** Name and pid of the listener, such as {@code nginx (pid 4711)}. */
  static Optional<String> of(int port) {
    return Stream.of("net/tcp", "net/tcp6")
        .flatMap(table -> inode(PROC.resolve(table), port).stream())
        .flatMap(inode -> owner(inode).stream())
        .findFirst();
  }

  private static Optional<String> inode(Path table, int port) {
    String suffix = String.format(Locale.ROOT, ":%04X", port);
    try (Stream<String> lines = Files.lines(table)) {
      return lines
          .map(line -> line.strip().split("\\s+"))
          .filter(fields -> fields.length > INODE && fields[STATE].equals(LISTENING))
          .filter(fields -> fields[LOCAL_ADDRESS].endsWith(suffix))
          .map(fields -> fields[INODE])
          .findFirst();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<String> owner(String inode) {
    String socket = "socket:[" + inode + "]";
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (holds(process, socket)) {
          String name = Files.readString(process.resolve("comm")).strip();
          return Optional.of(name + " (pid " + process.getFileName() + ")");
        }
      }
    } catch (IOException gone) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static boolean holds(Path process, String socket) {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : open) {
        if (Files.readSymbolicLink(descriptor).toString().equals(socket)) {
          return true;
        }
      }
    } catch (IOException notOurs) {
      return false;
    }
    return false;
  }
}
