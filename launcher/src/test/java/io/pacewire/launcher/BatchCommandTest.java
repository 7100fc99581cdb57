package io.pacewire.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.Envelope;
import io.pacewire.wire.SampleBatch;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the recipe of ingest's README makes in a shell. */
class BatchCommandTest {
  private static final UUID SESSION = UUID.fromString("019e7044-8800-7150-b08e-91b5bc1f21a8");
  private static final long NOW_MS = 1_780_000_000_000L;

  @TempDir
  Path folder;

  private final StringWriter complaint = new StringWriter();

  @Test
  void theReadmesJson_becomesABatchAsADeviceSendsIt() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(run(json(), out)).as(complaint.toString()).isZero();
    Envelope envelope = Envelope.parse(out.toByteArray());
    SampleBatch batch = new SampleBatch();
    BatchCodec.decode(envelope.buffer(), envelope.batchFrom(), envelope.batchLength(), batch);
    assertThat(batch.sessionId()).isEqualTo(SESSION);
    assertThat(batch.seq()).isZero();
    assertThat(batch.heartRates().size()).isEqualTo(3);
    assertThat(batch.marks())
        .singleElement()
        .satisfies(mark -> assertThat(mark.atEpochMs()).isEqualTo(NOW_MS));
  }

  @Test
  void whatIsNoBatch_isNamed() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(run(json().replace("\"seq\": 0", "\"seq\": -1"), out)).isEqualTo(2);
    assertThat(complaint.toString()).contains("FILE: ").contains("seq");
    assertThat(out.size()).isZero();
  }

  private static String json() throws Exception {
    String readme = Files.readString(Path.of("../ingest-verticles/README.md"));
    int from = readme.indexOf('{', readme.indexOf("sample.json <<END"));
    return readme
        .substring(from, readme.indexOf("END\n", from))
        .replace("$SESSION", SESSION.toString())
        .replace("$NOW", Long.toString(NOW_MS));
  }

  private int run(String json, ByteArrayOutputStream out) throws Exception {
    Path file = Files.writeString(folder.resolve("sample.json"), json);
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, UTF_8));
    try {
      return new CommandLine(new BatchCommand())
          .setErr(new PrintWriter(complaint, true))
          .execute(file.toString());
    } finally {
      System.setOut(before);
    }
  }
}
