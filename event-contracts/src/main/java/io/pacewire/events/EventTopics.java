package io.pacewire.events;

import java.util.List;

/** Names of the Kafka topics. Each has a dead-letter topic beside it. */
public final class EventTopics {
  /** Batches as received; key is the athlete. */
  public static final String TELEMETRY_LIVE = "telemetry.live.v1";

  /** As above, for backlog; the same number of partitions. */
  public static final String TELEMETRY_BACKFILL = "telemetry.backfill.v1";

  /** What hubs see, and who of hubs and devices is there; key is the hub, strap or device. */
  public static final String TELEMETRY_HUB = "telemetry.hub.v1";

  /**
   * What devices are asked to do: key is the device, value JSON, headers {@code id} and {@code
   * expires-at} (epoch milliseconds).
   */
  public static final String DEVICE_COMMANDS = "device.commands.v1";

  public static final String TRAINING = "training.v1";
  public static final String ACCOUNT = "account.v1";
  public static final String GEAR = "gear.v1";
  public static final String ACHIEVEMENT = "achievement.v1";

  /** Who must not get in any more; key is the device or the sign-in. Compacted, and kept for a day. */
  public static final String REVOCATIONS = "security.revocations.v1";

  private EventTopics() {}

  /** Where that goes which cannot succeed. */
  public static String dead(String topic) {
    return topic + ".dead";
  }

  /** Every topic but the dead-letter ones. */
  public static List<String> all() {
    return List.of(
        TELEMETRY_LIVE,
        TELEMETRY_BACKFILL,
        TELEMETRY_HUB,
        DEVICE_COMMANDS,
        TRAINING,
        ACCOUNT,
        GEAR,
        ACHIEVEMENT,
        REVOCATIONS);
  }
}
