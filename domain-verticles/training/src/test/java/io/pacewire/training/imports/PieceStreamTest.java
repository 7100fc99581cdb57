package io.pacewire.training.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pacewire.activity.ActivityArchive;
import io.pacewire.activity.ActivitySample;
import io.pacewire.activity.ActivitySink;
import io.pacewire.activity.ArchiveFile;
import io.pacewire.activity.ArchiveLimits;
import io.pacewire.activity.ArchiveReport;
import io.pacewire.activity.ArchiveSink;
import io.pacewire.activity.ExportFormat;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** An archive whose bytes stop coming within its second file is neither at its end nor damaged. */
class PieceStreamTest {
  private static final int PIECE_BYTES = 4_096;
  private static final int LOST = 3;
  private static final byte[] ARCHIVE = MadeFiles.zip(MadeFiles.files(
      "a.gpx",
      MadeFiles.run(ExportFormat.GPX, MadeFiles.START_MS, 60),
      "b.gpx",
      MadeFiles.run(ExportFormat.GPX, MadeFiles.START_MS, 3_600),
      "c.gpx",
      MadeFiles.run(ExportFormat.GPX, MadeFiles.START_MS, 60)));

  private final List<String> told = new ArrayList<>();
  private int asked;

  @Test
  void allPieces_areTheArchive() throws IOException {
    ArchiveReport report = read(PieceStreamTest::piece, () -> false);
    assertThat(report.read()).isEqualTo(3);
    assertThat(report.endedEarly()).isEmpty();
  }

  @Test
  void whatIsCancelledWithinAFile_isNoFaultOfTheFile() {
    assertThatThrownBy(() -> read(PieceStreamTest::piece, () -> asked++ == LOST))
        .isInstanceOf(PieceStream.Lost.class)
        .hasCauseInstanceOf(CancellationException.class);
    assertThat(told).containsExactly("read a.gpx");
  }

  @Test
  void aPieceThatTheDatabaseDoesNotGive_isNoFaultOfTheFile() {
    PgException starting = new PgException("the database system is starting up", "", "57P03", "");
    assertThatThrownBy(() -> read(
            number -> number == LOST ? Future.failedFuture(starting) : piece(number), () -> false))
        .isInstanceOf(PieceStream.Lost.class)
        .hasCause(starting);
    assertThat(told).containsExactly("read a.gpx");
  }

  @Test
  void aPieceThatIsGone_isNotTheEnd() {
    assertThatThrownBy(() -> read(
            number -> number == LOST ? Future.succeededFuture(Optional.empty()) : piece(number),
            () -> false))
        .isInstanceOf(PieceStream.Lost.class)
        .hasMessage("piece 3 is gone");
    assertThat(told).containsExactly("read a.gpx");
  }

  private ArchiveReport read(
      IntFunction<Future<Optional<Buffer>>> pieces, BooleanSupplier cancelled) throws IOException {
    ArchiveLimits limits = new ArchiveLimits(10, 1 << 24, 1 << 26, 250);
    return ActivityArchive.read(
        new PieceStream(pieces, ARCHIVE.length, cancelled), "all.zip", limits, new ArchiveSink() {
          @Override
          public ActivitySink open(ArchiveFile file) {
            return new ActivitySink() {
              @Override
              public void sample(ActivitySample sample) {}
            };
          }

          @Override
          public void read(ArchiveFile file, int activities) {
            told.add("read " + file.name());
          }

          @Override
          public void fault(ArchiveFile file, Fault fault, String text) {
            told.add(fault + " " + file.name() + ": " + text);
          }
        });
  }

  private static Future<Optional<Buffer>> piece(int number) {
    int from = number * PIECE_BYTES;
    return Future.succeededFuture(
        from >= ARCHIVE.length
            ? Optional.empty()
            : Optional.of(Buffer.buffer(ARCHIVE)
                .getBuffer(from, Math.min(ARCHIVE.length, from + PIECE_BYTES))));
  }
}
