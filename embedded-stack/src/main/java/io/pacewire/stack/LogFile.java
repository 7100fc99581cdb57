package io.pacewire.stack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What a child says. It writes straight into the file in append mode, so it goes on when we are killed; the file is
 * copied away and emptied under its feet when it grows. Lines written in that instant can be lost.
 */
final class LogFile {
  static final long LIMIT_BYTES = 4L << 20;
  private static final int TAIL_BYTES = 8_192;

  private final Path file;

  LogFile(Path file) {
    this.file = file;
  }

  void bound(long limitBytes) throws IOException {
    if (!Files.exists(file) || Files.size(file) <= limitBytes) {
      return;
    }
    Files.copy(
        file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel log = FileChannel.open(file, StandardOpenOption.WRITE)) {
      log.truncate(0);
    }
  }

  /** The last lines, for an error message. */
  String tail(int lines) {
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      log.seek(Math.max(0, log.length() - TAIL_BYTES));
      byte[] bytes = new byte[(int) (log.length() - log.getFilePointer())];
      log.readFully(bytes);
      List<String> all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    } catch (IOException unreadable) {
      return "";
    }
  }
}
