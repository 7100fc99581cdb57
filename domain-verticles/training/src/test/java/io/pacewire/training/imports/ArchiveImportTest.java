package io.pacewire.training.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.activity.ArchiveReport;
import io.pacewire.activity.ExportFormat;
import io.pacewire.training.imports.ImportJob.State;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ArchiveImportTest {

  /** Without a zone no recording can be frozen, which is a fault that no file may die of. */
  @Test
  @SuppressWarnings("NullAway")
  void whatThrowsWhileAFileIsFrozen_costsNoOtherFile() throws Exception {
    ImportJob job = new ImportJob(
        UUID.randomUUID(),
        UUID.randomUUID(),
        "all.zip",
        null,
        State.WORKING,
        0,
        0,
        0,
        null,
        1,
        null,
        false);
    Vertx vertx = Vertx.vertx();
    try {
      RecordingSender sender = new RecordingSender(
          job,
          vertx,
          new ImportStores(null, null, null, null, null),
          null,
          InstantSource.system(),
          () -> false);
      byte[] archive = MadeFiles.zip(MadeFiles.files(
          "a.gpx",
          MadeFiles.run(ExportFormat.GPX, MadeFiles.START_MS, 60),
          "b.fit",
          MadeFiles.run(ExportFormat.FIT, MadeFiles.START_MS, 60)));

      ArchiveReport report = new ArchiveImport(job, new BitSet(), sender, () -> false)
          .read(new ByteArrayInputStream(archive));

      assertThat(report.read()).isEqualTo(2);
      assertThat(report.endedEarly()).isEmpty();
    } finally {
      var unused = vertx.close();
    }
  }
}
