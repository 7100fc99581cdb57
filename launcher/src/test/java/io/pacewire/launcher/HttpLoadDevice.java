package io.pacewire.launcher;

import io.pacewire.wire.Envelope;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * As {@link LoadDevice}, by {@code POST /v1/batches}: a batch a request, one after the other, the same again
 * until 200 says that it is durable.
 */
final class HttpLoadDevice {
  private static final int LONGEST_WAIT_MS = 1_000;
  private static final int DURABLE = 200;
  private static final int BROKEN = 0;

  private final UUID session = UUID.randomUUID();
  private final Vertx vertx;
  private final Context context;
  private final HttpClientAgent client;
  private final IntSupplier port;
  private final AckedBatches acked;
  private final Map<Integer, AtomicInteger> others = new ConcurrentHashMap<>();
  private String token = "";
  private int seq;
  private volatile boolean stopped;
  private volatile boolean drained;

  /** @param port asked anew for each request */
  HttpLoadDevice(Vertx vertx, IntSupplier port, AckedBatches acked) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.port = port;
    this.acked = acked;
    client = vertx.createHttpClient(
        new HttpClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false));
  }

  HttpLoadDevice start(IngestServers servers) throws Exception {
    token = servers.token(UUID.randomUUID(), UUID.randomUUID());
    context.runOnContext(turn -> post(LoadBatch.of(session, seq++)));
    return this;
  }

  /** Nothing new is sent; what is on its way still is, until it is durable. */
  void stop() {
    stopped = true;
  }

  boolean isDrained() {
    return drained;
  }

  /** How often connections broke before an answer came. */
  int breaks() {
    return answers(BROKEN);
  }

  /** How often it was told so, other than that a batch is durable. */
  int answers(int status) {
    AtomicInteger count = others.get(status);
    return count == null ? 0 : count.get();
  }

  /** How often it was told anything else than that a batch is durable, or nothing. */
  int others() {
    return others.values().stream().mapToInt(AtomicInteger::get).sum();
  }

  private void post(byte[] batch) {
    Buffer body = Buffer.buffer(Envelope.encode(System.currentTimeMillis(), null, batch));
    client
        .request(new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost("127.0.0.1")
            .setPort(port.getAsInt())
            .setURI("/v1/batches")
            .putHeader("Authorization", "Bearer " + token)
            .putHeader("Content-Type", "application/x-protobuf"))
        .compose(request -> request.send(body))
        .compose(answer -> answer.body().map(answer.statusCode()))
        .otherwise(BROKEN)
        .onSuccess(status -> answered(batch, status));
  }

  private void answered(byte[] batch, int status) {
    if (status != DURABLE) {
      others.computeIfAbsent(status, first -> new AtomicInteger()).incrementAndGet();
      vertx.setTimer(1 + ThreadLocalRandom.current().nextInt(LONGEST_WAIT_MS), due -> post(batch));
      return;
    }
    acked.add(batch);
    if (stopped) {
      drained = true;
    } else {
      post(LoadBatch.of(session, seq++));
    }
  }
}
