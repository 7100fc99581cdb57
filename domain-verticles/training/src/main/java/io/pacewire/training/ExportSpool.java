package io.pacewire.training;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that is made faster than it is sent: in memory while it is short, then on disk. Written by a
 * worker, and sent from the event loop while nobody writes.
 */
final class ExportSpool extends OutputStream {
  private static final int MEMORY_BYTES = 1 << 20;

  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private @Nullable Path file;
  private @Nullable OutputStream toFile;
  private long size;

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
    if (toFile == null && size + length > MEMORY_BYTES) {
      if (file == null) {
        file = Files.createTempFile("pacewire-export-", ".spool");
      }
      toFile = Files.newOutputStream(file);
      memory.writeTo(toFile);
      memory.reset();
    }
    (toFile == null ? memory : toFile).write(bytes, offset, length);
    size += length;
  }

  /** To be called by the worker before {@link #sendTo}. */
  void done() throws IOException {
    OutputStream opened = toFile;
    if (opened != null) {
      opened.close();
    }
  }

  /** Sends what there is as fast as it is taken, and is empty again. */
  Future<Void> sendTo(HttpServerResponse response, Vertx vertx) {
    Path spooled = toFile == null ? null : file;
    toFile = null;
    size = 0;
    if (spooled == null) {
      Buffer all = Buffer.buffer(memory.toByteArray());
      memory.reset();
      return all.length() == 0 ? Future.succeededFuture() : response.write(all);
    }
    return vertx
        .fileSystem()
        .open(
            spooled.toString(), new OpenOptions().setRead(true).setWrite(false).setCreate(false))
        .compose(
            opened -> opened.pipe().endOnComplete(false).to(response).eventually(opened::close));
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
    done();
    toFile = null;
    memory.reset();
    if (file != null) {
      boolean unused = Files.deleteIfExists(file);
    }
  }
}
