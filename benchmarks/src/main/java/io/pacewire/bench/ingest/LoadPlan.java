package io.pacewire.bench.ingest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What the generator is asked to do.
 *
 * @param door how to talk: {@link Door}
 * @param window messages each connection has on the way; 0 for one that says nothing
 * @param ratePerS messages a second, all connections together; 0 as many as the windows let through
 * @param burstMs at a rate: how often a connection sends, in one write, what is due; not all at once
 * @param delivered whether a message counts only once a QoS 1 subscriber has it, too
 * @param tokens one for each connection; none where nobody asks for one
 * @param processes whose processor time is read where the measurement begins and ends
 * @param acknowledgedFile where to write what was acknowledged; empty to keep none of it
 * @param sessions recordings that each connection has under way, a batch of each in turn; 0 for one
 *     whose samples nobody is to fold
 */
public record LoadPlan(
    Door door,
    int port,
    boolean tls,
    int connections,
    int window,
    int samples,
    int warmMs,
    int measureMs,
    double ratePerS,
    int burstMs,
    boolean delivered,
    List<String> tokens,
    List<Long> processes,
    String acknowledgedFile,
    int sessions) {

  /** How a device talks. */
  public enum Door {
    MQTT_3,
    MQTT_5,
    STREAM
  }

  /** Recordings over the binary WebSocket, each batch on the way until it is stored. */
  public static LoadPlan recordings(
      int streamPort,
      int connections,
      int sessionsEach,
      int window,
      int warmMs,
      int measureMs,
      List<String> tokens,
      List<Long> processes) {
    return new LoadPlan(
        Door.STREAM,
        streamPort,
        false,
        connections,
        window,
        1,
        warmMs,
        measureMs,
        0,
        0,
        true,
        tokens,
        processes,
        "",
        sessionsEach);
  }

  LoadPlan at(Door otherDoor, int otherPort) {
    return new LoadPlan(
        otherDoor,
        otherPort,
        tls,
        connections,
        window,
        samples,
        warmMs,
        measureMs,
        ratePerS,
        burstMs,
        delivered,
        tokens,
        processes,
        acknowledgedFile,
        sessions);
  }

  /** A message counts when it is acknowledged, whether it is stored by then or not; other times. */
  public LoadPlan acknowledgedIn(int forMs) {
    return new LoadPlan(
        door,
        port,
        tls,
        connections,
        window,
        samples,
        0,
        forMs,
        ratePerS,
        burstMs,
        false,
        tokens,
        processes,
        acknowledgedFile,
        sessions);
  }

  LoadPlan withTls() {
    return new LoadPlan(
        door,
        port,
        true,
        connections,
        window,
        samples,
        warmMs,
        measureMs,
        ratePerS,
        burstMs,
        delivered,
        tokens,
        processes,
        acknowledgedFile,
        sessions);
  }

  public LoadPlan withSamples(int each) {
    return new LoadPlan(
        door,
        port,
        tls,
        connections,
        window,
        each,
        warmMs,
        measureMs,
        ratePerS,
        burstMs,
        delivered,
        tokens,
        processes,
        acknowledgedFile,
        sessions);
  }

  /** At a rate, of bursts {@code eachMs} apart. */
  public LoadPlan withRate(double perS, int eachMs) {
    return new LoadPlan(
        door,
        port,
        tls,
        connections,
        window,
        samples,
        warmMs,
        measureMs,
        perS,
        eachMs,
        delivered,
        tokens,
        processes,
        acknowledgedFile,
        sessions);
  }

  LoadPlan toASubscriber() {
    return new LoadPlan(
        door,
        port,
        tls,
        connections,
        window,
        samples,
        warmMs,
        measureMs,
        ratePerS,
        burstMs,
        true,
        tokens,
        processes,
        acknowledgedFile,
        sessions);
  }

  LoadPlan withoutTokens() {
    return new LoadPlan(
        door,
        port,
        tls,
        connections,
        window,
        samples,
        warmMs,
        measureMs,
        ratePerS,
        burstMs,
        delivered,
        List.of(),
        processes,
        acknowledgedFile,
        sessions);
  }

  LoadPlan watching(List<Long> pids) {
    return new LoadPlan(
        door,
        port,
        tls,
        connections,
        window,
        samples,
        warmMs,
        measureMs,
        ratePerS,
        burstMs,
        delivered,
        tokens,
        pids,
        acknowledgedFile,
        sessions);
  }

  LoadPlan keepingIn(String file) {
    return new LoadPlan(
        door,
        port,
        tls,
        connections,
        window,
        samples,
        warmMs,
        measureMs,
        ratePerS,
        burstMs,
        delivered,
        tokens,
        processes,
        file,
        sessions);
  }

  public JsonObject json() {
    return new JsonObject()
        .put("door", door.name())
        .put("port", port)
        .put("tls", tls)
        .put("connections", connections)
        .put("window", window)
        .put("samples", samples)
        .put("warmMs", warmMs)
        .put("measureMs", measureMs)
        .put("ratePerS", ratePerS)
        .put("burstMs", burstMs)
        .put("delivered", delivered)
        .put("tokens", new JsonArray(tokens))
        .put("processes", new JsonArray(processes))
        .put("acknowledgedFile", acknowledgedFile)
        .put("sessions", sessions);
  }

  static LoadPlan from(JsonObject json) {
    return new LoadPlan(
        Door.valueOf(json.getString("door")),
        json.getInteger("port"),
        json.getBoolean("tls"),
        json.getInteger("connections"),
        json.getInteger("window"),
        json.getInteger("samples"),
        json.getInteger("warmMs"),
        json.getInteger("measureMs"),
        json.getDouble("ratePerS"),
        json.getInteger("burstMs"),
        json.getBoolean("delivered"),
        json.getJsonArray("tokens").stream().map(Object::toString).toList(),
        json.getJsonArray("processes").stream()
            .map(pid -> ((Number) pid).longValue())
            .toList(),
        json.getString("acknowledgedFile"),
        json.getInteger("sessions"));
  }
}
