package io.pacewire.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What differs between the servers; {@link SupervisedChild} does what they have in common. */
interface ChildServer {
  StackServer server();

  /** The port that answers when the server is ready. */
  int port();

  /** Folder the process runs in. */
  Path workingDirectory();

  /** Makes folders and settings; called before every launch and changes nothing the second time. */
  void prepare() throws IOException, InterruptedException;

  List<String> command() throws IOException;

  /**
   * One question in the server's own protocol.
   *
   * @throws IOException if it does not answer as a ready server does
   */
  void probe() throws IOException;

  /** What is made inside the running server at its first start; called when it is ready. */
  default void populate() throws IOException {}

  /** Asks a running process to end in good order; returns at once. */
  default void askToStop(ProcessHandle process) throws IOException {
    boolean unused = process.destroy();
  }

  /** How long a process of an earlier instance may take to end before it is killed: what its data are worth. */
  Duration leftoverGrace();

  /** After an end that was asked for and went well. */
  default void stoppedCleanly() throws IOException {}
}
