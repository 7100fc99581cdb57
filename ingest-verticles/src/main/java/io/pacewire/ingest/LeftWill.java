package io.pacewire.ingest;

import io.vertx.core.json.JsonObject;
import java.util.UUID;

/**
 * A will that waits whether its client comes back, on whichever node.
 *
 * @param connection that it was the will of
 * @param taken whether that connection had its session: otherwise what is there is older
 * @param dueAtMs when it is told
 */
record LeftWill(Presence presence, String clientId, UUID connection, boolean taken, long dueAtMs) {

  UUID deviceId() {
    return presence.device().deviceId();
  }

  /** What the client's place is called. */
  String client() {
    return presence.device().client(clientId);
  }

  /** What another node needs to tell it. */
  String encode() {
    Device device = presence.device();
    return new JsonObject()
        .put("athlete", device.athleteId().toString())
        .put("device", device.deviceId().toString())
        .put("tenant", device.tenant())
        .put("issuedAtMs", device.tokenIssuedAtMs())
        .put("subject", presence.subject().toString())
        .put("hub", presence.hub())
        .put("payload", presence.payload())
        .put("client", clientId)
        .put("connection", connection.toString())
        .put("taken", taken)
        .put("dueAtMs", dueAtMs)
        .encode();
  }

  static LeftWill decode(String text) {
    JsonObject json = new JsonObject(text);
    Device device = new Device(
        uuid(json, "athlete"),
        uuid(json, "device"),
        json.getString("tenant"),
        0, // it has no connection that would end with its token
        json.getLong("issuedAtMs"));
    return new LeftWill(
        new Presence(
            device, uuid(json, "subject"), json.getBoolean("hub"), json.getBinary("payload")),
        json.getString("client"),
        uuid(json, "connection"),
        json.getBoolean("taken"),
        json.getLong("dueAtMs"));
  }

  private static UUID uuid(JsonObject json, String name) {
    return UUID.fromString(json.getString(name));
  }
}
