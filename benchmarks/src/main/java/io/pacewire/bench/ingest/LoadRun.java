package io.pacewire.bench.ingest;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Connects, sends while it warms up and while it measures, waits for the last answers, and tells. */
final class LoadRun {
  private static final int CONNECTING_AT_ONCE = 32;
  private static final long CONNECT_WITHIN_S = 60;
  private static final long DRAIN_WITHIN_MS = 30_000;
  private static final long BEGUN_WITHIN_MS = 120_000;
  private static final long LOOK_MS = 5;
  private static final int LEAST_BATCHES = 64;
  private static final int MOST_BATCHES = 1 << 14;
  private static final int MOST_MESSAGES = 16_000_000;

  private final LoadPlan plan;
  private final EventLoopGroup loops;
  private final Runnable begun;
  private final List<Messages> messages = new ArrayList<>();
  private final List<LoadConnection> connections = new ArrayList<>();
  private final @Nullable SslContext tls;
  private @Nullable LoadSubscriber subscriber;
  private long high;
  private long startMs;

  /** @param begun told when the measurement begins */
  LoadRun(LoadPlan plan, EventLoopGroup loops, Runnable begun) throws IOException {
    this.plan = plan;
    this.loops = loops;
    this.begun = begun;
    this.tls = plan.tls()
        ? SslContextBuilder.forClient()
            .trustManager(InsecureTrustManagerFactory.INSTANCE)
            .build()
        : null;
  }

  JsonObject run() throws Exception {
    prepare();
    try {
      if (plan.delivered() && plan.sessions() == 0) {
        LoadSubscriber listening = new LoadSubscriber(messages, connections);
        subscriber = listening;
        connect(listening);
        listening.ready().get(CONNECT_WITHIN_S, TimeUnit.SECONDS);
      }
      connectAll();
      return send();
    } finally {
      connections.forEach(LoadConnection::close);
      if (subscriber != null) {
        subscriber.close();
      }
    }
  }

  private void prepare() {
    long now = System.currentTimeMillis();
    high = now << 16 | 0x7000 | ThreadLocalRandom.current().nextInt(1 << 12);
    if (plan.sessions() > 0) {
      prepareRecordings(now);
      return;
    }
    for (int i = 0; i < plan.connections(); i++) {
      UUID session = new UUID(high, Long.MIN_VALUE | i);
      Messages sealed = new Messages(session, plan.samples(), now);
      messages.add(sealed);
      connections.add(new LoadConnection(speech(i, sealed), plan));
    }
  }

  /** So long that they last for minutes of what two fast cores do, within some hundred megabytes. */
  private void prepareRecordings(long nowMs) {
    int all = plan.connections() * plan.sessions();
    int batches = Math.max(LEAST_BATCHES, Math.min(MOST_BATCHES, MOST_MESSAGES / all));
    startMs = nowMs - plan.recordedAgoMs();
    Recordings recordings = plan.recordedAgoMs() > 0
        ? Recordings.until(nowMs, plan.recordedAgoMs(), plan.samples())
        : new Recordings(nowMs, plan.stepMs(), plan.samples(), batches);
    for (int i = 0; i < plan.connections(); i++) {
      int first = i * plan.sessions();
      List<UUID> sessions = IntStream.range(first, first + plan.sessions())
          .mapToObj(session -> new UUID(high, Long.MIN_VALUE | session))
          .toList();
      connections.add(new LoadConnection(
          new RecordingSpeech(plan.tokens().get(i), recordings, first, sessions), plan));
    }
  }

  private Speech speech(int connection, Messages sealed) {
    String token = plan.tokens().isEmpty() ? null : plan.tokens().get(connection);
    String clientId = sealed.session() + "-" + connection;
    return switch (plan.door()) {
      case MQTT_3 -> new MqttSpeech(MqttSpeech.VERSION_3, clientId, token, sealed);
      case MQTT_5 -> new MqttSpeech(MqttSpeech.VERSION_5, clientId, token, sealed);
      case STREAM -> new StreamSpeech(String.valueOf(token), sealed);
    };
  }

  /** A few at a time: the server's accept queue is not what is measured. */
  private void connectAll() throws Exception {
    for (int from = 0; from < connections.size(); from += CONNECTING_AT_ONCE) {
      int to = Math.min(connections.size(), from + CONNECTING_AT_ONCE);
      List<CompletableFuture<Void>> admissions = new ArrayList<>();
      for (LoadConnection connection : connections.subList(from, to)) {
        connect(connection);
        admissions.add(connection.admission());
      }
      CompletableFuture.allOf(admissions.toArray(CompletableFuture[]::new))
          .get(CONNECT_WITHIN_S, TimeUnit.SECONDS);
    }
  }

  private void connect(ChannelHandler handler) throws InterruptedException {
    Channel unused = new Bootstrap()
        .group(loops)
        .channel(NioSocketChannel.class)
        .handler(new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            if (tls != null) {
              channel.pipeline().addLast(tls.newHandler(channel.alloc(), "localhost", plan.port()));
            }
            channel.pipeline().addLast(handler);
          }
        })
        .connect("127.0.0.1", plan.port())
        .sync()
        .channel();
  }

  private JsonObject send() throws Exception {
    if (plan.ratePerS() > 0) {
      try (Bursts bursts = new Bursts(connections, plan.burstMs())) {
        bursts.start();
        return measure();
      }
    }
    connections.forEach(LoadConnection::start);
    return measure();
  }

  private JsonObject measure() throws Exception {
    pause(plan.warmMs());
    awaitFirst();
    begun.run();
    Reading before = Reading.of(connections, plan.processes());
    connections.forEach(connection -> connection.measure(true));
    pause(plan.measureMs());
    connections.forEach(connection -> connection.measure(false));
    Reading after = Reading.of(connections, plan.processes());
    connections.forEach(LoadConnection::stop);
    boolean drained = drain();
    Latencies latencies = new Latencies();
    for (LoadConnection connection : connections) {
      if (connection.latencies() != null) {
        latencies.addAll(connection.latencies());
      }
    }
    Latencies storing = new Latencies();
    connections.forEach(connection -> storing.addAll(connection.storing()));
    JsonObject told = new JsonObject()
        .put("sent", total(LoadConnection::sent))
        .put("credited", total(LoadConnection::credited))
        .put("drained", drained)
        .put(
            "sentEach",
            new JsonArray(connections.stream().map(LoadConnection::sent).toList()))
        .put("sessionsHigh", high)
        .put("startMs", startMs)
        .put("perS", (after.credited() - before.credited()) * 1e9 / (after.ns() - before.ns()))
        .put("measured", after.credited() - before.credited())
        .put("cpuNs", new JsonArray(after.cpuNsSince(before)))
        .put("ownCpuNs", after.ownCpuNs() - before.ownCpuNs())
        .put("p50Ms", finite(latencies.quantileMs(0.5)))
        .put("p99Ms", finite(latencies.quantileMs(0.99)))
        .put("storedP50Ms", finite(storing.quantileMs(0.5)))
        .put("storedP99Ms", finite(storing.quantileMs(0.99)))
        .put("repeated", subscriber == null ? 0 : subscriber.repeated())
        .put("fault", fault());
    if (!plan.acknowledgedFile().isEmpty()) {
      Acknowledged.write(Path.of(plan.acknowledgedFile()), messages, connections);
    }
    return told;
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  /** Ends early where every connection is gone. */
  private void pause(long ms) throws InterruptedException {
    CompletableFuture<?>[] ends =
        connections.stream().map(LoadConnection::closed).toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(ends).get(ms, TimeUnit.MILLISECONDS);
    } catch (java.util.concurrent.TimeoutException expected) {
      // as it should be
    } catch (java.util.concurrent.ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** What measures, or kills, does so under load, and when all recordings have begun. */
  private void awaitFirst() throws InterruptedException {
    boolean wholeTurns = plan.sessions() > 0 && plan.recordedAgoMs() == 0;
    long first = wholeTurns ? (long) plan.connections() * plan.sessions() : 1;
    long withinMs = wholeTurns ? BEGUN_WITHIN_MS : DRAIN_WITHIN_MS;
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(withinMs);
    while (plan.window() > 0 && total(LoadConnection::credited) < first && fault() == null) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "only " + total(LoadConnection::credited) + " were credited");
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MS);
    }
  }

  private boolean drain() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DRAIN_WITHIN_MS);
    while (total(LoadConnection::credited) < total(LoadConnection::sent)) {
      if (System.nanoTime() > deadline || fault() != null) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MS);
    }
    return true;
  }

  private @Nullable String fault() {
    for (LoadConnection connection : connections) {
      if (connection.fault() != null) {
        return connection.fault();
      }
    }
    return subscriber == null ? null : subscriber.fault();
  }

  private long total(java.util.function.ToLongFunction<LoadConnection> count) {
    return connections.stream().mapToLong(count).sum();
  }
}
