package io.pacewire.wire;

import java.util.Optional;
import java.util.UUID;

/** The MQTT topics of a device. */
public final class DeviceTopics {
  private static final String SESSIONS = "v1/sessions/";
  private static final String BATCHES = "/batches";
  private static final String DEVICES = "v1/devices/";
  private static final String HUBS = "v1/hubs/";
  private static final String PRESENCE = "/presence";
  private static final String LEDGER = "/ledger";
  private static final String COMMANDS = "/commands";
  private static final int UUID_LENGTH = 36;

  private DeviceTopics() {}

  /** Where a device publishes batches of a session. */
  public static String batches(UUID sessionId) {
    return SESSIONS + sessionId + BATCHES;
  }

  /** Where a device hears what became of its batches. */
  public static String ledger(UUID deviceId) {
    return DEVICES + deviceId + LEDGER;
  }

  /** Where a device hears what it is asked to do. */
  public static String commands(UUID deviceId) {
    return DEVICES + deviceId + COMMANDS;
  }

  /** Where a device says that it is there, and its will that it is not. */
  public static String presence(UUID deviceId) {
    return DEVICES + deviceId + PRESENCE;
  }

  /** As {@link #presence}, for a hub. */
  public static String hubPresence(UUID hubId) {
    return HUBS + hubId + PRESENCE;
  }

  /** The session of a {@link #batches} topic; empty for any other. */
  public static Optional<UUID> sessionOfBatches(String topic) {
    return between(SESSIONS, topic, BATCHES);
  }

  /** The device of a {@link #ledger} or {@link #commands} topic; empty for any other. */
  public static Optional<UUID> deviceOf(String topic) {
    return between(DEVICES, topic, topic.endsWith(LEDGER) ? LEDGER : COMMANDS);
  }

  private static Optional<UUID> between(String prefix, String topic, String suffix) {
    if (topic.length() != prefix.length() + UUID_LENGTH + suffix.length()
        || !topic.startsWith(prefix)
        || !topic.endsWith(suffix)) {
      return Optional.empty();
    }
    String text = topic.substring(prefix.length(), prefix.length() + UUID_LENGTH);
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equals(text) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
