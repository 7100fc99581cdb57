package io.pacewire.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * One instance per data directory. The kernel drops the lock with the process, however that ends; the pid inside the
 * file is for messages only.
 */
public final class DataDirectoryLock implements AutoCloseable {
  private static final String FILE = "pacewire.lock";

  private final Path directory;
  private final FileChannel channel;

  private DataDirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Takes the lock, making the directory if need be.
   *
   * @throws DataDirectoryInUseException if another process or another stack of this one holds it
   */
  public static DataDirectoryLock acquire(Path dataDirectory) {
    try {
      Path directory = Layout.prepare(dataDirectory).root();
      Path file = directory.resolve(FILE);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new DataDirectoryInUseException(directory, holder(file));
      }
      channel.truncate(0);
      channel.write(StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"), 0);
      return new DataDirectoryLock(directory, channel);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot use data directory " + dataDirectory, failure);
    }
  }

  /** The locked directory, as a real path. */
  public Path directory() {
    return directory;
  }

  @Override
  public void close() {
    try {
      channel.truncate(0);
      channel.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  private static long holder(Path file) {
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (IOException | NumberFormatException unknown) {
      return 0;
    }
  }
}
