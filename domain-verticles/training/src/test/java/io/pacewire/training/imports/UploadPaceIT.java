package io.pacewire.training.imports;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pacewire.platform.pg.Migrations;
import io.pacewire.platform.pg.PgSettings;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.training.imports.ImportJob.State;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.net.InetAddress;
import java.net.Socket;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who sends too slowly is let go, and takes nobody's place meanwhile. */
@ExtendWith(RealServers.class)
class UploadPaceIT {
  private static Vertx vertx;
  private static Pool pool;
  private static ImportStores stores;

  @BeforeAll
  static void open() throws Exception {
    vertx = Vertx.vertx();
    PgSettings settings = RealServers.schema("training");
    Await.get(Migrations.run(vertx, settings));
    pool = settings.pool(vertx);
    stores =
        ImportStores.in(pool, (athlete, training) -> Future.failedFuture("nothing was deleted"));
  }

  @AfterAll
  static void close() throws Exception {
    Await.get(pool.close());
    Await.get(vertx.close());
  }

  private static ImportJob job() {
    return new ImportJob(
        UUID.randomUUID(),
        UUID.randomUUID(),
        "upload",
        ZoneId.of("UTC"),
        State.UPLOADING,
        0,
        0,
        InstantSource.system().millis(),
        null,
        0,
        null,
        false);
  }

  private interface Reader<T> {
    Future<T> read(HttpServerRequest request, UploadPace pace);
  }

  /** What becomes of an upload of which this comes, and no more. */
  private static ImportUpload.Body uploaded(int statedBytes, String sent) throws Exception {
    ImportJob job = job();
    assertThat(Await.get(stores.imports().insert(job, null, 4, 100))).isTrue();
    return read(
        statedBytes,
        sent,
        (request, pace) -> new ImportUpload(
                request, stores, job.id(), 1 << 20, InstantSource.system(), pace)
            .run());
  }

  private static <T> T read(int statedBytes, String sent, Reader<T> reader) throws Exception {
    Promise<T> done = Promise.promise();
    HttpServer server = Await.get(vertx
        .createHttpServer()
        .requestHandler(request -> {
          request.pause();
          reader.read(request, new UploadPace(vertx, 200, 1_000)).onComplete(done);
        })
        .listen(0, "127.0.0.1"));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
      socket
          .getOutputStream()
          .write(("POST / HTTP/1.1\r\nHost: here\r\nContent-Length: " + statedBytes + "\r\n\r\n"
                  + sent)
              .getBytes(US_ASCII));
      socket.getOutputStream().flush();
      return Await.get(done.future());
    } finally {
      Await.get(server.close());
    }
  }

  @Test
  void theSameUploadOnceMore_thatStalls_isLetGo() throws Exception {
    String gpx = "<gpx>" + " ".repeat(95);
    var unused = read(100, gpx, (request, pace) -> new SameBody(request, 100, null, pace).check());
    assertThatThrownBy(() -> read(
            200_000, gpx, (request, pace) -> new SameBody(request, 200_000, null, pace).check()))
        .cause()
        .isInstanceOfSatisfying(
            ProblemException.class, told -> assertThat(told.problem().status()).isEqualTo(408));
  }

  @Test
  void anUploadThatStalls_isLetGo_andAWholeOneIsNot() throws Exception {
    String gpx = "<gpx>" + " ".repeat(95);
    assertThat(uploaded(100, gpx).bytes()).isEqualTo(100);
    assertThatThrownBy(() -> uploaded(200_000, gpx))
        .cause()
        .isInstanceOfSatisfying(ProblemException.class, told -> {
          assertThat(told.problem().status()).isEqualTo(408);
          assertThat(told.problem().name()).isEqualTo("upload-too-slow");
        });
  }

  /** Whoever did not hear that it is stored drops it: it stays, with all its pieces. */
  @Test
  void whatIsStored_isNotDropped() throws Exception {
    ImportJob job = job();
    assertThat(Await.get(stores.imports().insert(job, null, 4, 100))).isTrue();
    Await.get(stores.pieces().insert(job.id(), 0, Buffer.buffer("<gpx>")));
    ImportUpload.Body body = new ImportUpload.Body(5, new byte[32]);
    assertThat(Await.get(stores.imports().uploaded(job.id(), body, 1))).isTrue();
    Await.get(stores.imports().drop(job.id()));
    Await.get(stores.pieces().deleteLeft());
    assertThat(Await.get(stores.imports().find(job.athleteId(), job.id()))).isPresent();
    assertThat(Await.get(stores.pieces().find(job.id(), 0))).isPresent();
  }

  @Test
  void whatADeadNodeLeft_goes_andWhatIsStillRead_stays() throws Exception {
    ImportJob left = job();
    ImportJob read = job();
    for (ImportJob job : List.of(left, read)) {
      assertThat(Await.get(stores.imports().insert(job, null, 4, 100))).isTrue();
      Await.get(stores.pieces().insert(job.id(), 0, Buffer.buffer("<gpx>")));
    }
    Await.get(pool.preparedQuery("UPDATE import_job SET state = 3 WHERE import_id = $1")
        .execute(Tuple.of(left.id())));
    Await.get(stores.pieces().deleteLeft());
    assertThat(Await.get(stores.pieces().find(left.id(), 0))).isEmpty();
    assertThat(Await.get(stores.pieces().find(read.id(), 0))).isPresent();
  }

  @Test
  void uploadsUnderWay_takeNoPlaceOfThoseThatWait_butOfTheirAthletes() throws Exception {
    var unused = Await.get(pool.query("DELETE FROM import_job").execute());
    ImportJob first = job();
    assertThat(Await.get(stores.imports().insert(first, null, 4, 1))).isTrue();
    for (int i = 0; i < 5; i++) {
      assertThat(Await.get(stores.imports().insert(job(), null, 4, 1))).isTrue();
    }
    assertThat(Await.get(stores
            .imports()
            .uploaded(first.id(), new ImportUpload.Body(1, new byte[32]), first.createdAtMs())))
        .isTrue();
    assertThat(Await.get(stores.imports().insert(job(), null, 4, 1)))
        .as("now one waits")
        .isFalse();
    assertThat(Await.get(stores.imports().insert(job(), null, 4, 2))).isTrue();
  }
}
