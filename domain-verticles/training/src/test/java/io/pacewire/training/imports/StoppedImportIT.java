package io.pacewire.training.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.activity.ExportFormat;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.platform.stack.TestSchema;
import io.pacewire.training.imports.ImportJob.State;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A node stops amid a file of several pieces, while nothing is on its way to the consumers. */
@ExtendWith(RealServers.class)
class StoppedImportIT {
  private static final UUID OWNER = UUID.randomUUID();

  /** The clock is looked at for the first file, whose recording is refused: nothing is sent. */
  @Test
  @SuppressWarnings("NullAway")
  void whoStopsAmidAFile_leavesAllOfItToTheNext() throws Exception {
    TestSchema schema = TestSchema.open("training");
    try {
      ImportStores stores = ImportStores.in(
          schema.pool(), (athlete, training) -> Future.failedFuture("nothing was deleted"));
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

  private static ImportJob claimed(ImportStores stores, byte[] archive) throws Exception {
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
    ImportJob claimed = Await.get(stores.imports().claim(OWNER, 600)).orElseThrow();
    assertThat(claimed.id()).isEqualTo(id);
    return claimed;
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
