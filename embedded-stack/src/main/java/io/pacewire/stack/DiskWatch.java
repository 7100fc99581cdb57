package io.pacewire.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps an eye on the space left for the data directory. */
final class DiskWatch {
  private final Path directory;
  private final long minimumBytes;
  private final StackListener listener;
  private boolean low;

  DiskWatch(Path directory, long minimumBytes, StackListener listener) {
    this.directory = directory;
    this.minimumBytes = minimumBytes;
    this.listener = listener;
  }

  void requireSpace() throws IOException {
    long usable = usableBytes();
    if (usable < minimumBytes) {
      throw new DiskNearlyFullException(directory, usable, minimumBytes);
    }
  }

  /** Reports once when it gets low, and again only after it had recovered. */
  synchronized void look() throws IOException {
    long usable = usableBytes();
    boolean lowNow = usable < minimumBytes;
    if (lowNow && !low) {
      listener.diskLow(usable, minimumBytes);
    }
    low = lowNow;
  }

  private long usableBytes() throws IOException {
    return Files.getFileStore(directory).getUsableSpace();
  }
}
