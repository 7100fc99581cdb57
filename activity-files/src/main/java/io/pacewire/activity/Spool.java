package io.pacewire.activity;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Bytes that must wait: in memory while they are few, then in a temporary file. */
final class Spool extends OutputStream {
  static final int MEMORY_BYTES = 1 << 20;

  private final int memoryBytes;
  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private @Nullable Path file;
  private @Nullable OutputStream toFile;
  private long size;

  Spool() {
    this(MEMORY_BYTES);
  }

  Spool(int memoryBytes) {
    this.memoryBytes = memoryBytes;
  }

  long size() {
    return size;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (toFile == null && size + length > memoryBytes) {
      file = Files.createTempFile("pacewire-", ".spool");
      toFile = Files.newOutputStream(file);
      memory.writeTo(toFile);
      memory.reset();
    }
    (toFile == null ? memory : toFile).write(bytes, offset, length);
    size += length;
  }

  /** All of it, once; empty again afterwards. */
  void drainTo(OutputStream out) throws IOException {
    if (toFile == null || file == null) {
      memory.writeTo(out);
    } else {
      toFile.flush();
      try (InputStream in = Files.newInputStream(file)) {
        long unused = in.transferTo(out);
      }
    }
    close();
  }

  @Override
  public void close() throws IOException {
    memory.reset();
    size = 0;
    OutputStream opened = toFile;
    toFile = null;
    try {
      if (opened != null) {
        opened.close();
      }
    } finally {
      if (file != null) {
        Files.deleteIfExists(file);
        file = null;
      }
    }
  }
}
