package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.HalfOpenClient;
import io.pacewire.platform.stack.RealServers;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A node that stops says so: who streams comes back elsewhere. */
@ExtendWith(RealServers.class)
class GoingAwayIT {
  @Test
  void aStream_isClosedAsGoingAway(@TempDir Path folder) throws Exception {
    TestIngest ingest = new TestIngest(folder, Map.of());
    try (RawStream stream = RawStream.open(
        ingest.verticle.streamPort(), ingest.token(UUID.randomUUID(), UUID.randomUUID()))) {
      stream.roundTrip();
      Future<Void> stopped = ingest.vertx.close();
      assertThat(stream.closed()).isEqualTo("1001 the server stops");
      Await.get(stopped);
    }
  }

  @Test
  void whoHasSentHalfOfABody_isToldToComeAgain(@TempDir Path folder) throws Exception {
    TestIngest ingest = new TestIngest(folder, Map.of());
    try (HalfOpenClient half = HalfOpenClient.overTls(ingest.verticle.streamPort())) {
      half.send("POST /v1/batches HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
          + "Content-Type: application/json\r\nContent-Length: 100\r\nAuthorization: Bearer "
          + ingest.token(UUID.randomUUID(), UUID.randomUUID()) + "\r\n\r\n");
      assertThat(half.head()).as("its body is read").startsWith("HTTP/1.1 100 ");
      half.send("{");
      Future<Void> stopped = ingest.vertx.close();
      assertThat(half.head()).startsWith("HTTP/1.1 503 ").containsIgnoringCase("retry-after: ");
      assertThat(half.ends()).isTrue();
      Await.get(stopped);
    }
  }
}
