package io.pacewire.training;

import io.pacewire.events.EventTopics;
import io.pacewire.platform.kafka.BatchPublisher;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes batches to Kafka as ingest does. */
final class SentBatches implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final BatchPublisher publisher =
      BatchPublisher.create(vertx, RealServers.kafka(), "sent-batches");

  /** Returns once all are on the topic. */
  void send(RecordedRun run, List<TelemetryRecord> records) throws Exception {
    List<Future<Void>> sent = new ArrayList<>();
    for (TelemetryRecord record : records) {
      sent.add(publisher.publish(
          EventTopics.TELEMETRY_LIVE,
          run.athlete.toString(),
          record.bytes(),
          headers(run, record)));
    }
    Await.get(Future.all(sent));
  }

  private static Map<String, String> headers(RecordedRun run, TelemetryRecord record) {
    return Map.of(
        "session", run.session.toString(),
        "writer", Integer.toString(record.writer().writer()),
        "seq", Integer.toString(record.seq()),
        "device", run.device.toString(),
        "received-at", Long.toString(record.receivedAtMs()),
        "sent-at", Long.toString(record.receivedAtMs()));
  }

  @Override
  public void close() {
    try {
      Await.get(publisher.close());
      Await.get(vertx.close());
    } catch (Exception e) {
      throw new AssertionError("not closed", e);
    }
  }
}
