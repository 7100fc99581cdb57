package io.pacewire.training;

import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A file that is made faster than it is sent: in memory while it is short, then on disk, under no name
 * where the system can do without (Linux, macOS), so that a track never outlives the process, however that
 * ends. Written by a worker, and sent from the event loop while nobody writes.
 */
final class ExportSpool extends OutputStream {
  private static final int MEMORY_BYTES = 1 << 20;
  private static final int BUFFER_BYTES = 128 << 10;

  private final Path directory;
  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private @Nullable FileChannel file;
  private @Nullable OutputStream toFile;
  private long size;

  ExportSpool() {
    this(Path.of(System.getProperty("java.io.tmpdir")));
  }

  ExportSpool(Path directory) {
    this.directory = directory;
  }

  /** Bytes that were written and not sent. */
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
    if (to == null && size + length > MEMORY_BYTES) {
      to = new BufferedOutputStream(Channels.newOutputStream(emptied()), BUFFER_BYTES);
      toFile = to;
      memory.writeTo(to);
      memory.reset();
    }
    (to == null ? memory : to).write(bytes, offset, length);
    size += length;
  }

  private FileChannel emptied() throws IOException {
    FileChannel emptied = file;
    if (emptied == null) {
      Path path = Files.createTempFile(directory, "pacewire-export-", ".spool");
      emptied = FileChannel.open(path, READ, WRITE, DELETE_ON_CLOSE);
      file = emptied;
    }
    return emptied.truncate(0);
  }

  /** To be called by the worker before {@link #sendTo}. */
  void done() throws IOException {
    OutputStream opened = toFile;
    if (opened != null) {
      opened.flush();
    }
  }

  /** Sends what there is as fast as it is taken, and is empty again. */
  Future<Void> sendTo(HttpServerResponse response, Vertx vertx) {
    FileChannel spooled = toFile == null ? null : file;
    long length = size;
    toFile = null;
    size = 0;
    if (spooled == null) {
      Buffer all = Buffer.buffer(memory.toByteArray());
      memory.reset();
      return all.length() == 0 ? Future.succeededFuture() : response.write(all);
    }
    Iterable<Long> places = () -> LongStream.iterate(0, at -> at < length, at -> at + BUFFER_BYTES)
        .boxed()
        .iterator();
    return InTurn.each(
        places,
        at -> vertx
            .executeBlocking(() -> read(spooled, at, Math.min(BUFFER_BYTES, length - at)), false)
            .compose(response::write));
  }

  private static Buffer read(FileChannel file, long from, long length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) length);
    while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) >= 0) {
      // reads on
    }
    return Buffer.buffer(bytes.array());
  }

  /** Takes the file away. */
  Future<Void> drop(Vertx vertx) {
    return file == null
        ? Future.succeededFuture()
        : vertx
            .executeBlocking(
                () -> {
                  close();
                  return true;
                },
                false)
            .mapEmpty();
  }

  @Override
  public void close() throws IOException {
    toFile = null;
    memory.reset();
    FileChannel opened = file;
    file = null;
    if (opened != null) {
      opened.close();
    }
  }
}
