package io.pacewire.bench.imports;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** One athlete's archive, from its first byte until each of its activities is a training. */
public final class ImportBenchmark {
  private static final long LOOK_MS = 250;
  private static final int PIPE_BYTES = 256 * 1024;
  private static final int ACCEPTED = 202;
  private static final int OK = 200;
  private static final int TELL_EACH = 500;
  private static final int PAGE = 1_000;
  private static final String LITTLE = "?limit=1&outcome=refused";

  private final HttpClient client;
  private final URI role;
  private final Callable<String> tokens;

  /**
   * @param role where the training role or a gateway answers
   * @param tokens of an athlete who has no training; asked anew for each request, as tokens run out
   */
  public ImportBenchmark(HttpClient client, URI role, Callable<String> tokens) {
    this.client = client;
    this.role = role;
    this.tokens = tokens;
  }

  /**
   * @param uploadS until the archive was stored; it was made meanwhile, by the same processors
   * @param importS from then until all of it were trainings
   */
  public record Result(int activities, long archiveBytes, double uploadS, double importS) {
    /** Activities a second, of reading, storing, folding and writing. */
    public double importedPerS() {
      return activities / importS;
    }

    /** The same with making and uploading the archive. */
    public double allPerS() {
      return activities / (uploadS + importS);
    }
  }

  /**
   * @param progress told now and then how many files are settled
   * @throws IOException where an activity was refused, or taken for another's duplicate
   */
  public Result run(int activities, IntConsumer progress) throws Exception {
    long begun = System.nanoTime();
    HttpResponse<String> answer = client.send(
        request("/v1/imports?name=made.zip")
            .POST(BodyPublishers.ofInputStream(() -> archive(activities)))
            .build(),
        BodyHandlers.ofString());
    if (answer.statusCode() != ACCEPTED) {
      throw new IOException("the upload was answered " + answer.statusCode() + answer.body());
    }
    long stored = System.nanoTime();
    String location = answer.headers().firstValue("Location").orElseThrow();
    JsonObject report = report(location + LITTLE);
    int told = 0;
    while (!report.getString("state").matches("done|failed")) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MS);
      report = report(location + LITTLE);
      int settled = report.getJsonObject("counts").getInteger("imported");
      if (settled >= told + TELL_EACH) {
        told = settled;
        progress.accept(settled);
      }
    }
    long done = System.nanoTime();
    if (report.getJsonObject("counts").getInteger("imported") != activities) {
      throw new IOException("not all were imported: " + report.encode());
    }
    checkEachFile(location, activities);
    return new Result(
        activities, report.getLong("sizeBytes"), (stored - begun) / 1e9, (done - stored) / 1e9);
  }

  /** Each is told of, and became a training of its own. */
  private void checkEachFile(String location, int activities) throws Exception {
    Set<String> trainings = new HashSet<>();
    for (int from = 0; from < activities; from += PAGE) {
      JsonObject page = report(location + "?limit=" + PAGE + "&fromNumber=" + from);
      for (Object one : page.getJsonArray("files")) {
        JsonArray parts = ((JsonObject) one).getJsonArray("activities");
        trainings.add(parts.getJsonObject(0).getString("trainingId"));
      }
    }
    if (trainings.size() != activities || trainings.contains(null)) {
      throw new IOException("the report tells of " + trainings.size() + " trainings");
    }
  }

  private JsonObject report(String path) throws Exception {
    HttpResponse<String> answer = client.send(request(path).build(), BodyHandlers.ofString());
    if (answer.statusCode() != OK) {
      throw new IOException("the report was answered " + answer.statusCode() + answer.body());
    }
    return new JsonObject(answer.body());
  }

  private HttpRequest.Builder request(String path) throws Exception {
    return HttpRequest.newBuilder(role.resolve(path))
        .timeout(Duration.ofHours(1))
        .header("Authorization", "Bearer " + tokens.call());
  }

  private static InputStream archive(int activities) {
    try {
      PipedInputStream in = new PipedInputStream(PIPE_BYTES);
      OutputStream out = new PipedOutputStream(in);
      Thread maker = new Thread(
          () -> {
            try (out) {
              MadeArchive.write(out, activities);
            } catch (IOException e) {
              throw new UncheckedIOException(e); // the upload breaks off, and its answer says so
            }
          },
          "archive");
      maker.setDaemon(true);
      maker.start();
      return in;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
