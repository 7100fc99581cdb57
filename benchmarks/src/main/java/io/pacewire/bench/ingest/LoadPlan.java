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
 * @param stepMs of recordings that are made just now: from one fix to the next by their own clock; 0 where
 *     there are none
 * @param recordedAgoMs 0 for recordings that are made just now; else each was begun so long ago, has a
 *     fix and a heart rate every second since, and is sent as fast as it is let
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
    int sessions,
    int stepMs,
    long recordedAgoMs) {

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
        sessionsEach,
        1_000,
        0);
  }

  LoadPlan at(Door otherDoor, int otherPort) {
    return from(json().put("door", otherDoor.name()).put("port", otherPort));
  }

  /** A message counts when it is acknowledged, whether it is stored by then or not; other times. */
  public LoadPlan acknowledgedIn(int forMs) {
    return from(json().put("delivered", false)).lasting(0, forMs);
  }

  public LoadPlan lasting(int toWarmMs, int toMeasureMs) {
    return from(json().put("warmMs", toWarmMs).put("measureMs", toMeasureMs));
  }

  LoadPlan withTls() {
    return from(json().put("tls", true));
  }

  public LoadPlan withSamples(int each) {
    return from(json().put("samples", each));
  }

  public LoadPlan withWindow(int messages) {
    return from(json().put("window", messages));
  }

  /** At a rate, of bursts {@code eachMs} apart. */
  public LoadPlan withRate(double perS, int eachMs) {
    return from(json().put("ratePerS", perS).put("burstMs", eachMs));
  }

  /** The same, with fixes as often as they are sent at that rate: the clock of a recording is ours. */
  public LoadPlan inRealTime(double perS, int eachMs) {
    long apartMs = Math.round(1e3 * connections * sessions / (perS * samples));
    return from(withRate(perS, eachMs).json().put("stepMs", Math.max(1, apartMs)));
  }

  /** Phones that were out of reach for so long, one recording each. */
  public LoadPlan recordedSince(long agoMs) {
    return from(json().put("recordedAgoMs", agoMs));
  }

  LoadPlan toASubscriber() {
    return from(json().put("delivered", true));
  }

  LoadPlan withoutTokens() {
    return from(json().put("tokens", new JsonArray()));
  }

  LoadPlan watching(List<Long> pids) {
    return from(json().put("processes", new JsonArray(pids)));
  }

  LoadPlan keepingIn(String file) {
    return from(json().put("acknowledgedFile", file));
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
        .put("sessions", sessions)
        .put("stepMs", stepMs)
        .put("recordedAgoMs", recordedAgoMs);
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
        json.getInteger("sessions"),
        json.getInteger("stepMs"),
        json.getLong("recordedAgoMs"));
  }
}
