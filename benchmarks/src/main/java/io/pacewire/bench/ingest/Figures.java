package io.pacewire.bench.ingest;

import io.pacewire.ingest.TlsEngine;
import io.pacewire.launcher.report.Goals;
import io.pacewire.launcher.report.Goals.Bound;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is measured beside the rows, and the goals of all of it. */
final class Figures {
  private final Series idleKb = new Series();
  private final Series lost = new Series();
  private int idle;

  void idle(int connections, double heapKbEach) {
    idle = connections;
    idleKb.add(heapKbEach);
  }

  void kill(long batchesLost) {
    lost.add((double) batchesLost);
  }

  Goals goals(
      int batch,
      Contender mqtt,
      Contender halfLoad,
      @Nullable Contender hiveMqAcknowledged,
      @Nullable Contender hiveMqDelivered,
      @Nullable Contender mosquittoDelivered,
      Contender stream,
      Contender tls,
      Contender batches) {
    Goals goals = new Goals();
    against("durable, against HiveMQ CE's PUBACK only", 2.5, mqtt, hiveMqAcknowledged, goals);
    against("durable, against HiveMQ CE delivered", 10, mqtt, hiveMqDelivered, goals);
    against("durable, against Mosquitto delivered", 4, mqtt, mosquittoDelivered, goals);
    add("server CPU a message", Bound.AT_MOST, 4, mqtt.cpuNs().times(1e-3), "us", goals);
    add(
        "server CPU a sample, batches of " + batch,
        Bound.AT_MOST,
        80,
        batches.cpuNs().times(1.0 / batch),
        "ns",
        goals);
    add(
        "samples durable, batches of " + batch,
        Bound.AT_LEAST,
        5,
        batches.perS().times(batch / 1e6),
        "M/s",
        goals);
    add(
        "WebSocket against our MQTT",
        Bound.AT_LEAST,
        0.8,
        stream.perS().with(mqtt.perS(), (a, b) -> a / b),
        "x",
        goals);
    add(
        "server CPU with TLS (" + TlsEngine.provider() + ") against plain",
        Bound.AT_MOST,
        1.6,
        tls.cpuNs().with(mqtt.cpuNs(), (a, b) -> a / b),
        "x",
        goals);
    add("publish to ack at half load, p50", Bound.AT_MOST, 8, halfLoad.p50Ms(), "ms", goals);
    add("publish to ack at half load, p99", Bound.AT_MOST, 30, halfLoad.p99Ms(), "ms", goals);
    add(
        String.format(Locale.ROOT, "heap of each of %,d idle connections", idle),
        Bound.AT_MOST,
        6,
        idleKb,
        "KB",
        goals);
    add("acknowledged batches lost, worst kill -9", Bound.AT_MOST, 0, lost, "", goals);
    return goals;
  }

  private static void against(
      String figure, double goal, Contender mqtt, @Nullable Contender peer, Goals goals) {
    Series ratio = peer == null ? new Series() : mqtt.perS().with(peer.perS(), (a, b) -> a / b);
    add(figure, Bound.AT_LEAST, goal, ratio, "x", goals);
  }

  private static void add(
      String figure, Bound bound, double goal, Series series, String unit, Goals goals) {
    goals.add(figure, bound, goal, series.median(), unit, series.spread());
  }
}
