package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.platform.stack.Await;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ExportSpoolTest {
  @TempDir
  Path directory;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = vertx.createHttpClient(); // one that nobody holds is closed

  @AfterEach
  void close() throws Exception {
    Await.get(vertx.close());
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  /** A zip is sent while it grows: what is written after it was sent is the next part of it. */
  @Test
  void whatIsWrittenInParts_isSentInParts_fromDiskAndFromMemory() throws Exception {
    int[] lengths = {3_000_001, 10, 1_500_000, 0, 2_000_000};
    ExportSpool spool = new ExportSpool(directory);
    for (int length : lengths) {
      spool.write(bytes(length), 0, length);
      spool.done();
      assertThat(spool.size()).isEqualTo(length);
      assertThat(sent(spool)).isEqualTo(bytes(length));
      assertThat(spool.size()).isZero();
    }
    Await.get(spool.drop(vertx));
    assertThat(directory).isEmptyDirectory();
  }

  /** As after a process that was killed by now: nothing is left that somebody could find. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "an open file keeps its name there")
  void whatWaitsOnDisk_hasNoName() throws Exception {
    try (ExportSpool spool = new ExportSpool(directory)) {
      spool.write(bytes(2_000_000), 0, 2_000_000);
      spool.done();
      assertThat(directory).isEmptyDirectory();
      assertThat(sent(spool)).isEqualTo(bytes(2_000_000));
    }
  }

  private byte[] sent(ExportSpool spool) throws Exception {
    HttpServer server = Await.get(vertx
        .createHttpServer()
        .requestHandler(request -> {
          var unused = spool
              .sendTo(request.response().setChunked(true), vertx)
              .compose(all -> request.response().end());
        })
        .listen(0, "127.0.0.1"));
    return Await.get(client
            .request(HttpMethod.GET, server.actualPort(), "127.0.0.1", "/")
            // In the turn in which the answer comes: what came before somebody asks for it would be
            // lost.
            .compose(request -> request.send().compose(HttpClientResponse::body)))
        .getBytes();
  }
}
