package io.pacewire.activity;

import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that must wait: in memory while they are few, then in a temporary file. That has no name where the
 * system can do without (Linux, macOS), so that a track never outlives the process, however that ends.
 */
final class Spool extends OutputStream {
  static final int MEMORY_BYTES = 1 << 20;

  private final int memoryBytes;
  private final Path directory;
  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private @Nullable FileChannel file;
  private @Nullable OutputStream toFile;
  private long size;

  Spool() {
    this(MEMORY_BYTES);
  }

  Spool(int memoryBytes) {
    this(memoryBytes, Path.of(System.getProperty("java.io.tmpdir")));
  }

  Spool(int memoryBytes, Path directory) {
    this.memoryBytes = memoryBytes;
    this.directory = directory;
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
    OutputStream to = toFile;
    if (to == null && size + length > memoryBytes) {
      to = opened();
      memory.writeTo(to);
      memory.reset();
    }
    (to == null ? memory : to).write(bytes, offset, length);
    size += length;
  }

  private OutputStream opened() throws IOException {
    Path path = Files.createTempFile(directory, "pacewire-", ".spool");
    FileChannel opened = FileChannel.open(path, READ, WRITE, DELETE_ON_CLOSE);
    file = opened;
    OutputStream to = Channels.newOutputStream(opened);
    toFile = to;
    return to;
  }

  /** All of it, once; empty again afterwards. */
  void drainTo(OutputStream out) throws IOException {
    FileChannel written = file;
    if (written == null) {
      memory.writeTo(out);
    } else {
      long unused = Channels.newInputStream(written.position(0)).transferTo(out);
    }
    close();
  }

  @Override
  public void close() throws IOException {
    memory.reset();
    size = 0;
    FileChannel opened = file;
    file = null;
    toFile = null;
    if (opened != null) {
      opened.close();
    }
  }
}
