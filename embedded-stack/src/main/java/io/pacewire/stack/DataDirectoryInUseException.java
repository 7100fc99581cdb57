package io.pacewire.stack;

import java.nio.file.Path;

/** Another instance runs on this data directory. */
public final class DataDirectoryInUseException extends StackException {
  private final long pid;

  DataDirectoryInUseException(Path directory, long pid) {
    super(
        "data directory "
            + directory
            + " is in use by "
            + (pid > 0 ? "process " + pid : "another process")
            + " (choose another with --data)",
        null);
    this.pid = pid;
  }

  /** The process that holds it, 0 if it could not be found out. */
  public long pid() {
    return pid;
  }
}
