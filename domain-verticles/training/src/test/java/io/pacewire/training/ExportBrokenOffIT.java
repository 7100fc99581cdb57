package io.pacewire.training;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.platform.pg.Migrations;
import io.pacewire.platform.pg.PgSettings;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client that goes while its file is on the way takes nothing with it. */
@EnabledOnOs(OS.LINUX)
@ExtendWith(RealServers.class)
class ExportBrokenOffIT {
  private static final int READERS = 3;

  /** Of whole archives; one more than may be under way. */
  private static final int HASTY = 17;

  /** So much as text is longer than what a spool keeps in memory and a socket takes unread. */
  private static final int BATCHES = 6_000;

  private static final int AT_ONCE = 500;

  private static final int LITTLE_BYTES = 4_096;

  @Test
  void itsPlaceIsFree_andItsFileGone() throws Exception {
    Vertx vertx = Vertx.vertx();
    PgSettings settings = RealServers.schema("training");
    Await.get(Migrations.run(vertx, settings));
    Pool pool = settings.pool(vertx);
    TrainingCore core = new TrainingCore(vertx, pool);
    ApiServer server = new ApiServer(vertx, core);
    try {
      RecordedRun run = RecordedRun.of(BATCHES);
      for (int from = 0; from < BATCHES; from += AT_ONCE) {
        core.apply(run.records(from, from + AT_ONCE - 1));
      }
      String path = "/v1/trainings/" + run.session + "/export?format=json";
      Set<Path> before = spools();
      Set<Path> seen = new HashSet<>();
      for (int i = 0; i < READERS; i++) {
        try (Socket begun = ask(server, run, path)) {
          assertThat(new String(begun.getInputStream().readNBytes(15), US_ASCII))
              .isEqualTo("HTTP/1.1 200 OK");
          seen.addAll(spools());
        }
      }
      seen.removeAll(before);
      assertThat(seen).as("they were on their way").isNotEmpty();
      for (int i = 0; i < HASTY; i++) {
        ask(server, run, "/v1/export?format=gpx").close();
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(spools()).doesNotContainAnyElementsOf(seen));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> server.get(run.athlete, "/v1/export?format=gpx").statusCode() == 200);
      assertThat(server.get(run.athlete, path).statusCode()).isEqualTo(200);
    } finally {
      server.close();
      Await.get(pool.close());
      Await.get(vertx.close());
    }
  }

  /** Takes little at a time, so that what is sent waits. */
  private static Socket ask(ApiServer server, RecordedRun run, String path) throws Exception {
    URI uri = server.uri(path);
    Socket socket = new Socket();
    socket.setReceiveBufferSize(LITTLE_BYTES);
    socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
    String head = "GET " + path + " HTTP/1.1\r\nHost: " + uri.getAuthority()
        + "\r\nAuthorization: Bearer " + server.token(run.athlete) + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(US_ASCII));
    socket.getOutputStream().flush();
    return socket;
  }

  /** Open files of this process: they have no name by which they could be found elsewhere. */
  private static Set<Path> spools() throws Exception {
    Set<Path> spools = new HashSet<>();
    try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path one : open) {
        try {
          Path file = Files.readSymbolicLink(one);
          if (file.toString().matches(".*/pacewire-export-[^/]*[.]spool.*")) {
            spools.add(file);
          }
        } catch (NoSuchFileException e) {
          // closed meanwhile
        }
      }
    }
    return spools;
  }
}
