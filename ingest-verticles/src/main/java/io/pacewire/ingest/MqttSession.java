package io.pacewire.ingest;

import io.pacewire.platform.live.ConnectionOwners;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What MQTT keeps of a client beyond its connection: to what it is subscribed, which commands it has
 * been sent under which packet id, and which recordings its ledger is about.
 */
final class MqttSession {
  static final int NOT_SUBSCRIBED = -1;
  private static final int MOST_RECORDINGS = 16;
  private static final long NOT_LEFT = -1;

  private final UUID deviceId;
  private final String clientId;
  /** Of this connection; who finds another one in the store was overtaken. */
  private final UUID connection = UUID.randomUUID();

  private Set<Recording> recordings = Set.of(); // until there is one
  private @Nullable Map<String, Integer> sent; // null until it is asked for
  private long expiryS;
  private int commandsQos = NOT_SUBSCRIBED;
  private int ledgerQos = NOT_SUBSCRIBED;
  private boolean present;
  /** Whether what the store has of the client is this connection's, or was found to be nothing. */
  private boolean taken;

  private long endsAtMs = NOT_LEFT;
  private int saves;

  private final ConnectionOwners.Claim claim;

  /** @param claim of the connection to its client id */
  MqttSession(UUID deviceId, String clientId, long expiryS, ConnectionOwners.Claim claim) {
    this.deviceId = deviceId;
    this.clientId = clientId;
    this.expiryS = expiryS;
    this.claim = claim;
  }

  /** One writer of one recording session. */
  record Recording(UUID sessionId, int writer) {}

  /** Takes over what an earlier connection left. */
  void resume(JsonObject left) {
    present = true;
    commandsQos = left.getInteger("commands", NOT_SUBSCRIBED);
    ledgerQos = left.getInteger("ledger", NOT_SUBSCRIBED);
    for (Object recording : left.getJsonArray("recordings", new JsonArray())) {
      JsonArray pair = (JsonArray) recording;
      boolean unused =
          remember(new Recording(UUID.fromString(pair.getString(0)), pair.getInteger(1)));
    }
    for (Map.Entry<String, Object> one : left.getJsonObject("sent", new JsonObject())) {
      sent().put(one.getKey(), (Integer) one.getValue());
    }
  }

  JsonObject toJson() {
    JsonArray pairs = new JsonArray();
    recordings.forEach(
        one -> pairs.add(new JsonArray().add(one.sessionId().toString()).add(one.writer())));
    JsonObject ids = new JsonObject();
    if (sent != null) {
      sent.forEach(ids::put);
    }
    return new JsonObject()
        .put("commands", commandsQos)
        .put("ledger", ledgerQos)
        .put("recordings", pairs)
        .put("sent", ids);
  }

  UUID deviceId() {
    return deviceId;
  }

  String clientId() {
    return clientId;
  }

  UUID connection() {
    return connection;
  }

  boolean isPresent() {
    return present;
  }

  /** Whether a newer connection has the client id, as far as is known here, or this one is over. */
  boolean isOvertaken() {
    return claim.isLost();
  }

  boolean isTaken() {
    return taken;
  }

  void taken() {
    taken = true;
  }

  /** Whether its connection is over. */
  boolean isLeft() {
    return endsAtMs != NOT_LEFT;
  }

  /** The connection is over, and the session ends then, whatever else there is to save. */
  void left(long atMs) {
    endsAtMs = atMs;
  }

  /** By our clock; only where it {@link #isLeft is left}. */
  long endsAtMs() {
    return endsAtMs;
  }

  /** The number of one more save, by which it is known from those before. */
  int nextSave() {
    return ++saves;
  }

  long expiryS() {
    return expiryS;
  }

  void expiryS(long seconds) {
    expiryS = seconds;
  }

  boolean isKept() {
    return expiryS > 0;
  }

  int commandsQos() {
    return commandsQos;
  }

  void commandsQos(int qos) {
    commandsQos = qos;
  }

  int ledgerQos() {
    return ledgerQos;
  }

  void ledgerQos(int qos) {
    ledgerQos = qos;
  }

  /** Packet ids by command: what is not acknowledged goes again under the same one. */
  Map<String, Integer> sent() {
    if (sent == null) {
      sent = new LinkedHashMap<>();
    }
    return sent;
  }

  Set<Recording> recordings() {
    return recordings;
  }

  /** Whether it was new. */
  boolean remember(Recording recording) {
    if (recordings.isEmpty()) {
      recordings = new LinkedHashSet<>();
    }
    if (!recordings.add(recording)) {
      return false;
    }
    if (recordings.size() > MOST_RECORDINGS) {
      recordings.remove(recordings.iterator().next());
    }
    return true;
  }
}
