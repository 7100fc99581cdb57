package io.pacewire.bench.pipeline;

import io.pacewire.bench.ingest.Series;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.Envelope;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.SessionIds;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/**
 * What a sample weighs when its training is finished and sealed: hours of a fix a second and a
 * trembling wrist at 50 Hz, sent as phones do, and every table and index there is.
 */
final class StoredBytes {
  private static final int HZ = 50;
  private static final int SECONDS_A_BATCH = 15;
  private static final int BATCHES_AN_HOUR = 240;
  private static final double NOISE_MG = 40;
  private static final long SEALED_WITHIN_S = 180;

  private final PipelineStage stage;
  private final PipelineStage.Server server;
  private final PrintStream say;
  private final Random random = new Random(1);

  StoredBytes(PipelineStage stage, PipelineStage.Server server, PrintStream say) {
    this.stage = stage;
    this.server = server;
    this.say = say;
  }

  void measure(int hours, Series bytesASample) throws Exception {
    long before = stage.tables().bytes();
    Vertx vertx = Vertx.vertx();
    try {
      WebSocketClient sockets = vertx.createWebSocketClient();
      for (int hour = 0; hour < hours; hour++) {
        record(sockets);
      }
    } finally {
      Phone.get(vertx.close());
    }
    long rawBytes = stage.tables().bytes() - before;
    Patience.until(
        "trainings sealed",
        SEALED_WITHIN_S,
        () -> stage.tables().number("SELECT count(*) FROM session_head WHERE seal = 3") == hours);
    stage.tables().run("VACUUM");
    double samples = hours * 3_600.0 * (HZ + 1);
    double each = (stage.tables().bytes() - before) / samples;
    bytesASample.add(each);
    say.printf(
        Locale.ROOT,
        "disk     %d hours of GPS and %d Hz: %.2f B a sample with everything, %.2f B before sealing%n",
        hours,
        HZ,
        each,
        rawBytes / samples);
  }

  private void record(WebSocketClient sockets) throws Exception {
    long startMs = System.currentTimeMillis();
    UUID session = SessionIds.next(startMs, random);
    String token = stage.keys().token(UUID.randomUUID(), UUID.randomUUID(), "ingest");
    Phone phone = Phone.connect(sockets, server.streamPort(), token, session);
    int northE7 = 523_000_000;
    for (int seq = 0; seq < BATCHES_AN_HOUR; seq++) {
      SampleBatch batch = new SampleBatch();
      batch.header(session, 0, 1, seq);
      long atMs = startMs + 1_000L * SECONDS_A_BATCH * seq;
      if (seq == 0) {
        batch.addMark(Mark.start(atMs, 0, "run", "UTC", 0, "Phone", "1.0", 1));
      }
      for (int second = 0; second < SECONDS_A_BATCH; second++, atMs += 1_000) {
        northE7 += 270 + random.nextInt(41) - 20;
        second(batch, startMs, atMs, northE7);
      }
      if (seq == BATCHES_AN_HOUR - 1) {
        batch.addMark(Mark.finish(atMs - 1_000, atMs - 1_000 - startMs, BATCHES_AN_HOUR));
      }
      phone.send(Envelope.encode(atMs, null, BatchCodec.encode(batch)));
    }
    phone.awaitAllStored();
    phone.close();
  }

  private void second(SampleBatch batch, long startMs, long atMs, int northE7) {
    batch
        .fixes()
        .add(
            atMs,
            atMs - startMs,
            northE7,
            134_000_000 + random.nextInt(61) - 30,
            3_000 + random.nextInt(100),
            400 + random.nextInt(100),
            300 + random.nextInt(30),
            SampleBatch.ABSENT,
            SampleBatch.ABSENT);
    for (int i = 0; i < HZ; i++) {
      long ms = atMs + i * 1_000L / HZ;
      double phase = 2 * Math.PI * 2.8 * (ms - startMs) / 1e3;
      batch
          .accels()
          .add(
              ms,
              ms - startMs,
              (int) (300 * Math.sin(phase / 2) + NOISE_MG * random.nextGaussian()),
              (int) (250 * Math.cos(phase) + NOISE_MG * random.nextGaussian()),
              (int) (1_000 + 700 * Math.sin(phase) + NOISE_MG * random.nextGaussian()));
    }
  }
}
