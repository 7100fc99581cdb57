package io.pacewire.bench.pipeline;

import io.pacewire.bench.ingest.Latencies;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.Envelope;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/** A phone that sends each fix at once, one a second, and somebody who watches. */
final class WatchedRun {
  private static final long FIX_EVERY_MS = 1_000;

  private final Vertx vertx;
  private final Phone phone;
  private final WebSocketClient viewers; // held: Vert.x closes one that nobody holds
  private final CompletableFuture<Void> first = new CompletableFuture<>();
  private final Deque<Long> unseenMs = new ArrayDeque<>();
  private final Latencies latencies = new Latencies();
  private long seen;
  private long startMs;
  private int seq;
  private int northE7 = 525_200_000;
  private boolean measuring;
  private boolean stopped;

  WatchedRun(Vertx vertx, Phone phone, WebSocketClient viewers) {
    this.vertx = vertx;
    this.phone = phone;
    this.viewers = viewers;
  }

  /** Completes when the first figure of a later fix was seen. */
  CompletableFuture<Void> first() {
    return first;
  }

  /** The session must be there before it can be watched. */
  void begin() throws Exception {
    startMs = System.currentTimeMillis();
    phone.send(next(startMs));
    phone.awaitAllStored();
  }

  void watch(int gatewayPort, String token) throws Exception {
    ClientWebSocket viewer = viewers.webSocket();
    // Before it is connected, or the snapshot may have come and gone.
    viewer.textMessageHandler(text -> see(new JsonObject(text)));
    WebSocket unused = Phone.get(viewer.connect(new WebSocketConnectOptions()
        .setHost("127.0.0.1")
        .setPort(gatewayPort)
        .setURI("/v1/live/sessions/" + phone.session())
        .putHeader("Authorization", "Bearer " + token)));
  }

  void goOn(long afterMs) {
    long unused = vertx.setPeriodic(afterMs, FIX_EVERY_MS, tick -> sendNext());
  }

  private synchronized void sendNext() {
    if (!stopped) {
      long nowMs = System.currentTimeMillis();
      unseenMs.add(nowMs);
      phone.sendAtOnce(next(nowMs));
    }
  }

  /** Nothing of it is on its way any more then: the next row begins with empty tables. */
  void stop() throws Exception {
    synchronized (this) {
      stopped = true;
    }
    phone.awaitAllStored();
  }

  synchronized void measure(boolean on) {
    measuring = on;
  }

  /** Fixes whose figure was seen while it was measured. */
  synchronized long addTo(Latencies all) {
    all.addAll(latencies);
    return seen;
  }

  private byte[] next(long atMs) {
    SampleBatch batch = new SampleBatch();
    batch.header(phone.session(), 0, 1, seq);
    if (seq++ == 0) {
      batch.addMark(Mark.start(atMs, 0, "run", "UTC", 0, "Phone", "1.0", 1));
    }
    northE7 += 270;
    batch
        .fixes()
        .add(
            atMs,
            atMs - startMs,
            northE7,
            134_000_000 + seq % 7,
            3_000,
            400,
            SampleBatch.ABSENT,
            300,
            SampleBatch.ABSENT);
    return Envelope.encode(atMs, null, BatchCodec.encode(batch));
  }

  /** Its figures say all fixes up to the time they cover. */
  private synchronized void see(JsonObject message) {
    JsonObject figures = message.getJsonObject("figures");
    if (figures == null) {
      return;
    }
    long nowMs = System.currentTimeMillis();
    long newestMs = startMs + Math.round(figures.getDouble("elapsedS") * 1_000);
    while (!unseenMs.isEmpty() && unseenMs.peek() <= newestMs) {
      long ms = nowMs - unseenMs.remove();
      first.complete(null);
      if (measuring) {
        latencies.add(ms * 1_000_000);
        seen++;
      }
    }
  }
}
