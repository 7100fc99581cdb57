package io.pacewire.ingest;

import io.pacewire.wire.DeviceTopics;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A hub or device says that it is there, or its will that it is not.
 *
 * @param subject the hub or the device
 * @param payload as the device wrote it: ours only to hand on
 */
record Presence(Device device, UUID subject, boolean hub, byte[] payload) {
  static final int MAX_BYTES = 4_096;

  /** Null where the topic is none for the presence of this device. */
  static @Nullable Presence of(Device device, @Nullable String topic, byte[] payload) {
    if (DeviceTopics.presence(device.deviceId()).equals(topic)) {
      return new Presence(device, device.deviceId(), false, payload);
    }
    if (DeviceTopics.hubPresence(device.deviceId()).equals(topic)) {
      return new Presence(device, device.deviceId(), true, payload);
    }
    return DeviceTopics.hubPresence(device.athleteId())
            .equals(topic) // the subject of a hub's token
        ? new Presence(device, device.athleteId(), true, payload)
        : null;
  }

  boolean fits() {
    return payload.length <= MAX_BYTES;
  }
}
