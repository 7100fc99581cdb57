package io.pacewire.bench.pipeline;

import io.pacewire.bench.imports.ImportBenchmark;
import io.pacewire.bench.ingest.Series;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** An athlete's years as one zip, by way of REST, with a heap as small as the goal says. */
final class ImportedArchive {
  private static final String HEAP = "-Xmx512m";
  private static final int WARM_UP = 60;

  private final PipelineStage stage;
  private final PrintStream say;

  ImportedArchive(PipelineStage stage, PrintStream say) {
    this.stage = stage;
    this.say = say;
  }

  /** @param activities in equal parts GPX, TCX and FIT, of 3,600 points each */
  void measure(int activities, Series perS) throws Exception {
    PipelineStage.Server server =
        stage.server(Set.of("training"), new JsonObject(), HEAP, "-XX:+UseParallelGC");
    URI role = URI.create("http://127.0.0.1:" + server.trainingPort());
    ImportBenchmark.Result unused =
        of(role, UUID.randomUUID()).run(Math.min(WARM_UP, activities), done -> {});
    UUID athlete = UUID.randomUUID();
    ImportBenchmark.Result result = of(role, athlete)
        .run(
            activities,
            done -> say.printf(
                Locale.ROOT, "import   %,d of %,d files are settled%n", done, activities));
    perS.add(result.importedPerS());
    say.printf(
        Locale.ROOT,
        "import   %,d activities, %,d MB: made and uploaded in %.1f s, imported in %.1f s, %.1f /s;"
            + " heap at most %,d MB of %s%n",
        result.activities(),
        result.archiveBytes() >> 20,
        result.uploadS(),
        result.importS(),
        result.importedPerS(),
        server.process().ask(new JsonObject().put("ask", "counted")).getLong("peakHeapBytes") >> 20,
        HEAP);
    long trainings = stage
        .tables()
        .number("SELECT count(*) FROM training_summary WHERE status = 'finished'"
            + " AND athlete_id = '" + athlete + "'");
    if (trainings != activities) {
      throw new IOException("the row is void: there are " + trainings + " trainings");
    }
    server.process().close();
  }

  /** An athlete of his own each time: nobody trains twice at once. */
  private ImportBenchmark of(URI role, UUID athlete) {
    return new ImportBenchmark(
        HttpClient.newHttpClient(),
        role,
        () -> stage.keys().token(athlete, UUID.randomUUID(), "athlete"));
  }
}
