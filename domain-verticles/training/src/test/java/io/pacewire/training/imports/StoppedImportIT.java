package io.pacewire.training.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.activity.ExportFormat;
import io.pacewire.platform.pg.PgSettings;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.platform.stack.TestSchema;
import io.pacewire.training.imports.ImportJob.State;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A node stops, or its database does, while nothing is on its way to the consumers. */
@ExtendWith(RealServers.class)
class StoppedImportIT {
  private static final UUID OWNER = UUID.randomUUID();

  /** The clock is looked at for the first file, whose recording is refused: nothing is sent. */
  @Test
  @SuppressWarnings("NullAway")
  void whoStopsAmidAFile_leavesAllOfItToTheNext() throws Exception {
    TestSchema schema = TestSchema.open("training");
    try {
      ImportStores stores = stores(schema.pool());
      ImportJob job = claimed(stores, archive());
      ImportRun[] run = new ImportRun[1];
      run[0] = new ImportRun(job, OWNER, stores, schema.vertx(), null, () -> {
        run[0].cancel();
        return Instant.EPOCH; // so that what is recorded lies in the future
      });

      run[0].run();

      ImportJob left =
          Await.get(stores.imports().find(job.athleteId(), job.id())).orElseThrow();
      assertThat(left.state()).as("%s", left.failure()).isEqualTo(State.WAITING);
      assertThat(left.attempts()).isZero();
      assertThat(run[0].readBytes()).isBetween(1L << 20, left.sizeBytes() - 1);
      assertThat(Await.get(stores.reports().list(job.id(), 1, null, 10))).isEmpty();
      assertThat(Await.get(stores.pieces().find(job.id(), 0))).isPresent();
    } finally {
      schema.close();
    }
  }

  /**
   * With one place: where the first kept it, the second would not be begun, and the first's lease would be
   * renewed for ever.
   */
  @Test
  @SuppressWarnings("NullAway")
  void whoseDatabaseGoesAway_hasItsPlaceAgain() throws Exception {
    TestSchema schema = TestSchema.open("training");
    PgSettings gone = new PgSettings("127.0.0.1", 1, "none", "training", "nobody", "", 1);
    Pool away = gone.pool(schema.vertx());
    try {
      ImportStores there = stores(schema.pool());
      List<ImportJob> jobs =
          List.of(waiting(there, new byte[] {1}), waiting(there, new byte[] {2}));
      ImportWorker worker = new ImportWorker(
          schema.vertx(),
          stores(claimsAlone(schema.pool(), away)),
          null,
          InstantSource.system(),
          1);
      schema.vertx().getOrCreateContext().runOnContext(begin -> worker.start());
      for (ImportJob job : jobs) {
        await() // each gives its place back some seconds after
            .atMost(Duration.ofMinutes(2))
            .until(() -> Await.get(there.imports().find(job.athleteId(), job.id()))
                    .orElseThrow()
                    .attempts()
                == 1);
      }
      Await.get(worker.close());
    } finally {
      Await.get(away.close());
      schema.close();
    }
  }

  /** Whatever comes after a claim finds nobody who listens. */
  private static SqlClient claimsAlone(Pool pool, Pool away) {
    return (SqlClient) Proxy.newProxyInstance(
        SqlClient.class.getClassLoader(),
        new Class<?>[] {SqlClient.class},
        (proxy, method, given) -> {
          boolean claims = given != null && String.valueOf(given[0]).contains("SKIP LOCKED");
          return method.invoke(claims ? pool : away, given);
        });
  }

  private static ImportStores stores(SqlClient pool) {
    return ImportStores.in(pool, (athlete, training) -> Future.failedFuture("nothing was deleted"));
  }

  private static ImportJob claimed(ImportStores stores, byte[] archive) throws Exception {
    ImportJob job = waiting(stores, archive);
    ImportJob claimed = Await.get(stores.imports().claim(OWNER, 600)).orElseThrow();
    assertThat(claimed.id()).isEqualTo(job.id());
    return claimed;
  }

  private static ImportJob waiting(ImportStores stores, byte[] archive) throws Exception {
    UUID id = UUID.randomUUID();
    ImportJob job = new ImportJob(
        id,
        UUID.randomUUID(),
        "all.zip",
        ZoneOffset.UTC,
        State.UPLOADING,
        0,
        0,
        0,
        null,
        0,
        null,
        false);
    assertThat(Await.get(stores.imports().insert(job, null, 10, 1_000))).isTrue();
    int number = 0;
    for (int at = 0; at < archive.length; at += PieceRepository.PIECE_BYTES) {
      Buffer piece = Buffer.buffer(archive)
          .getBuffer(at, Math.min(archive.length, at + PieceRepository.PIECE_BYTES));
      Await.get(stores.pieces().insert(id, number++, piece));
    }
    ImportUpload.Body body = new ImportUpload.Body(archive.length, new byte[32]);
    assertThat(Await.get(stores.imports().uploaded(id, body, 0))).isTrue();
    return job;
  }

  /** Not packed, so that its second file has some megabytes. */
  private static byte[] archive() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(Deflater.NO_COMPRESSION);
      for (int seconds : new int[] {60, 20_000, 61}) {
        zip.putNextEntry(new ZipEntry(seconds + ".gpx"));
        zip.write(MadeFiles.run(ExportFormat.GPX, MadeFiles.START_MS, seconds));
      }
    }
    return out.toByteArray();
  }
}
