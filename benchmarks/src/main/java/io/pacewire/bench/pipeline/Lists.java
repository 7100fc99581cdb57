package io.pacewire.bench.pipeline;

import io.pacewire.bench.ingest.Series;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.Envelope;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.SessionIds;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;

/** Lists and details of an athlete with many trainings, asked for one after the other at the gateway. */
final class Lists {
  private static final int BATCHES = 30;
  private static final int SECONDS_A_BATCH = 60;
  private static final long FINISHED_WITHIN_S = 60;
  private static final int DETAILS = 200;

  private final PipelineStage stage;
  private final PipelineStage.Server server;
  private final PrintStream say;
  private final UUID athlete = UUID.randomUUID();

  Lists(PipelineStage stage, PipelineStage.Server server, PrintStream say) {
    this.stage = stage;
    this.server = server;
    this.say = say;
  }

  void measure(int trainings, int requests, int rounds, Series listMs, Series detailMs)
      throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      finishOne(vertx);
      multiply(trainings);
      HttpClientAgent client = vertx.createHttpClient(new HttpClientOptions()
          .setSsl(true)
          .setTrustAll(true)
          .setVerifyHost(false)
          .setDefaultHost("127.0.0.1")
          .setDefaultPort(server.gatewayPort()));
      String token = stage.keys().token(athlete, UUID.randomUUID(), "athlete");
      JsonArray some = new JsonObject(ask(client, token, "/v1/trainings?limit=" + DETAILS))
          .getJsonArray("trainings");
      IntFunction<String> list = i -> "/v1/trainings?limit=50";
      IntFunction<String> detail =
          i -> "/v1/trainings/" + some.getJsonObject(i % some.size()).getString("trainingId");
      for (int round = 0; round <= rounds; round++) {
        double listP99 = p99Ms(client, token, requests, list);
        double detailP99 = p99Ms(client, token, requests, detail);
        if (round > 0) {
          listMs.add(listP99);
          detailMs.add(detailP99);
          say.printf(
              Locale.ROOT,
              "lists %d  of %,d trainings: list p99 %.1f ms, detail p99 %.1f ms, %d of each%n",
              round,
              trainings,
              listP99,
              detailP99,
              requests);
        }
      }
    } finally {
      Phone.get(vertx.close());
    }
  }

  private static double p99Ms(
      HttpClientAgent client, String token, int requests, IntFunction<String> uris)
      throws Exception {
    long[] tookNs = new long[requests];
    for (int i = 0; i < requests; i++) {
      long beganNs = System.nanoTime();
      String unused = ask(client, token, uris.apply(i));
      tookNs[i] = System.nanoTime() - beganNs;
    }
    Arrays.sort(tookNs);
    return tookNs[requests * 99 / 100] / 1e6;
  }

  private static String ask(HttpClientAgent client, String token, String uri) throws Exception {
    return Phone.get(client
        .request(HttpMethod.GET, uri)
        .compose(request -> request
            .putHeader("Authorization", "Bearer " + token)
            .send()
            // Within, so that it is there before the answer is: the body waits for nobody.
            .compose(response -> response.statusCode() == 200
                ? response.body().map(Buffer::toString)
                : Future.failedFuture(new IOException(uri + ": " + response.statusCode())))));
  }

  /** Half an hour, by way of a phone. */
  private void finishOne(Vertx vertx) throws Exception {
    long before = trainings();
    long startMs = System.currentTimeMillis();
    UUID session = SessionIds.next(startMs, new Random());
    Phone phone = Phone.connect(
        vertx.createWebSocketClient(),
        server.streamPort(),
        stage.keys().token(athlete, UUID.randomUUID(), "ingest"),
        session);
    int northE7 = 523_000_000;
    for (int seq = 0; seq < BATCHES; seq++) {
      SampleBatch batch = new SampleBatch();
      batch.header(session, 0, 1, seq);
      long atMs = startMs + 1_000L * seq * SECONDS_A_BATCH;
      if (seq == 0) {
        batch.addMark(Mark.start(atMs, 0, "run", "UTC", 0, "Phone", "1.0", 1));
      }
      for (int i = 0; i < SECONDS_A_BATCH; i++, atMs += 1_000, northE7 += 270) {
        batch.fixes().add(atMs, atMs - startMs, northE7, 134_000_000, 3_000, 400, 300, 300, 0);
        batch.heartRates().add(atMs, atMs - startMs, 140 + i % 9, 1);
      }
      if (seq == BATCHES - 1) {
        batch.addMark(Mark.finish(atMs - 1_000, atMs - 1_000 - startMs, BATCHES));
      }
      phone.send(Envelope.encode(atMs, null, BatchCodec.encode(batch)));
    }
    phone.awaitAllStored();
    phone.close();
    Patience.until("a training", FINISHED_WITHIN_S, () -> trainings() > before);
  }

  private long trainings() throws Exception {
    return stage
        .tables()
        .number("SELECT count(*) FROM training_summary WHERE athlete_id = '" + athlete + "'");
  }

  /** Copies of it, one every 16 hours into the past. */
  private void multiply(int trainings) throws Exception {
    Tables tables = stage.tables();
    tables.run("CREATE UNLOGGED TABLE copy AS SELECT gen_random_uuid() AS id, n FROM "
        + "generate_series(1, " + (trainings - 1) + ") AS n");
    String earlier =
        "'{\"training_id\": \"' || id || '\", \"start_at_ms\": ' || (start_at_ms - n * 57600000::bigint)";
    copy("training_revision", earlier + " || '}'");
    copy("training", earlier + " || '}'");
    copy(
        "training_summary",
        earlier + " || ', \"day\": \"' || (day - (n * 2 / 3)) || '\", \"distance_m\": '"
            + " || (distance_m + n % 977) || ', \"timer_s\": ' || (timer_s + n % 613) || '}'");
    tables.run("DROP TABLE copy");
    for (String table : List.of("training_revision", "training", "training_summary")) {
      tables.run("ANALYZE " + table);
    }
    if (trainings() != trainings) {
      throw new IOException("there are " + trainings() + " trainings");
    }
  }

  /** @param changes an expression of a JSON object with the columns that differ */
  private void copy(String table, String changes) throws Exception {
    stage
        .tables()
        .run("INSERT INTO " + table + " SELECT (jsonb_populate_record(original, (" + changes
            + ")::jsonb)).* FROM " + table + " AS original CROSS JOIN copy WHERE athlete_id = '"
            + athlete + "'");
  }
}
