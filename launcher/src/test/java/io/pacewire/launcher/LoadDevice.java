package io.pacewire.launcher;

import io.pacewire.wire.ClientFrame;
import io.pacewire.wire.LedgerEntry;
import io.pacewire.wire.ServerFrame;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * A device that streams as fast as it is let, a window of batches on their way, and comes back with
 * what was not acknowledged when its connection breaks.
 */
final class LoadDevice {
  private static final int WINDOW = 100;
  private static final int LONGEST_WAIT_MS = 1_000;

  final UUID athlete = UUID.randomUUID();
  final UUID device = UUID.randomUUID();
  private final UUID session = UUID.randomUUID();
  private final Context context;
  private final Vertx vertx;
  private final WebSocketClient client;
  private final IntSupplier port;
  private final AckedBatches acked;
  private final AtomicInteger closes = new AtomicInteger();
  private final TreeMap<Integer, byte[]> outstanding = new TreeMap<>();
  private String token = "";
  private WebSocket socket;
  private int next;
  private volatile boolean stopped;
  private volatile boolean empty;

  /** @param port asked anew for each connection */
  LoadDevice(Vertx vertx, IntSupplier port, AckedBatches acked) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.port = port;
    this.acked = acked;
    this.client = vertx.createWebSocketClient(
        new WebSocketClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false));
  }

  LoadDevice start(IngestServers servers) throws Exception {
    token = servers.token(athlete, device);
    context.runOnContext(turn -> connect());
    return this;
  }

  /** Nothing new is sent; what is on its way still is, until it is acknowledged. */
  void stop() {
    stopped = true;
  }

  boolean isDrained() {
    context.runOnContext(turn -> empty = outstanding.isEmpty());
    return stopped && empty;
  }

  int closes() {
    return closes.get();
  }

  private void connect() {
    client
        .connect(new WebSocketConnectOptions()
            .setHost("127.0.0.1")
            .setPort(port.getAsInt())
            .setSsl(true)
            .setURI("/v1/stream")
            .setTimeout(5_000)
            .addHeader("Authorization", "Bearer " + token))
        .onSuccess(this::opened)
        .onFailure(cause -> later());
  }

  private void opened(WebSocket open) {
    socket = open;
    open.binaryMessageHandler(this::received);
    open.exceptionHandler(cause -> {});
    open.closeHandler(closed -> {
      closes.incrementAndGet();
      socket = null;
      later();
    });
    outstanding.values().forEach(this::send);
    pump();
  }

  private void later() {
    if (!stopped || !outstanding.isEmpty()) {
      vertx.setTimer(1 + ThreadLocalRandom.current().nextInt(LONGEST_WAIT_MS), due -> connect());
    }
  }

  private void received(Buffer message) {
    for (LedgerEntry entry : ServerFrame.parse(message.getBytes()).ledger()) {
      for (int range = 0; range < entry.acked().count(); range++) {
        var taken =
            outstanding.subMap(entry.acked().from(range), true, entry.acked().to(range), true);
        taken.values().forEach(acked::add);
        taken.clear();
      }
    }
    pump();
  }

  private void pump() {
    while (!stopped && socket != null && outstanding.size() < WINDOW) {
      byte[] batch = LoadBatch.of(session, next);
      outstanding.put(next++, batch);
      send(batch);
    }
  }

  private void send(byte[] batch) {
    WebSocket open = socket;
    if (open != null) {
      var unused = open.writeBinaryMessage(
          Buffer.buffer(ClientFrame.publish(System.currentTimeMillis(), null, batch)));
    }
  }
}
