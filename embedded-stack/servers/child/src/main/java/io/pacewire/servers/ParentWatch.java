package io.pacewire.servers;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Ends this JVM when the process that started it is gone, however it went: the parent holds the other end of our
 * standard input, and the kernel closes it even after a {@code kill -9}.
 */
public final class ParentWatch {
  private ParentWatch() {}

  /** Reads standard input on a daemon thread until it ends, then exits (which runs the shutdown hooks). */
  public static void start() {
    Thread watch = new Thread(ParentWatch::awaitEndOfInput, "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  /** Settings the parent wrote for this server. */
  public static Properties settings(String file) throws IOException {
    Properties settings = new Properties();
    try (Reader in = Files.newBufferedReader(Path.of(file))) { // UTF-8, as paths may need
      settings.load(in);
    }
    return settings;
  }

  private static void awaitEndOfInput() {
    // Not System.in: a library that replaces or closes it would look like a dead parent.
    try (FileInputStream in = new FileInputStream(FileDescriptor.in)) {
      while (in.read() >= 0) {
        // Nothing is ever said here; only the end matters.
      }
    } catch (IOException gone) {
      System.err.println("standard input failed: " + gone.getMessage());
    }
    System.err.println("parent is gone, stopping");
    System.exit(0);
  }
}
