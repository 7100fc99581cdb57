package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.platform.stack.Await;
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
}
