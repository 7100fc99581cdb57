package io.pacewire.stack;

import java.nio.file.Path;

/** Too little space is left to start servers that would then fail in the middle of a write. */
public final class DiskNearlyFullException extends StackException {
  private final long usableBytes;

  DiskNearlyFullException(Path directory, long usableBytes, long minimumBytes) {
    super(
        "disk nearly full: "
            + (usableBytes >> 20)
            + " MiB left at "
            + directory
            + ", "
            + StackConfig.FREE_SPACE_SETTING
            + " asks for "
            + (minimumBytes >> 20),
        null);
    this.usableBytes = usableBytes;
  }

  public long usableBytes() {
    return usableBytes;
  }
}
