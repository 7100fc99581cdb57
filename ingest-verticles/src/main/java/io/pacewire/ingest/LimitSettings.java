package io.pacewire.ingest;

import io.pacewire.platform.config.ConfigSection;
import java.util.List;

/**
 * Who may send how much.
 *
 * @param device what one device may send live
 * @param athlete all devices of one athlete
 * @param tenant all athletes of one tenant; individual athletes are the tenant {@code public}
 * @param deviceBackfill one device's backlog
 * @param nodeBackfill the backlog of all devices, on each node
 * @param deviceConnections MQTT and stream connections of one device at once, on each node; 0 for any
 *     number
 * @param waitingConnections of nobody yet: before CONNECT, or the first request, on each node; 0 for any
 *     number
 * @param forgedTokensPerS from one address, on each node; 0 for any number
 */
public record LimitSettings(
    Limit device,
    Limit athlete,
    Limit tenant,
    Limit deviceBackfill,
    Limit nodeBackfill,
    int deviceConnections,
    int waitingConnections,
    int forgedTokensPerS) {
  static final List<String> NAMES =
      List.of("device", "athlete", "tenant", "deviceBackfill", "nodeBackfill");

  private static final int MOST_BATCHES = 10_000_000;
  private static final int MOST_BYTES = 2_000_000_000;

  static LimitSettings from(ConfigSection ingest) {
    ConfigSection limits = ingest.section("limits");
    int burstS = limits.integer("burstS", 20, 1, 3_600);
    // Backlog is in no hurry, and many phones come out of a valley at once.
    int backfillBurstS = limits.integer("backfillBurstS", 1, 1, 3_600);
    int debtS = limits.integer("debtS", 10, 1, 30);
    Limit device = limit(limits, "device", 50, 1_048_576, burstS, debtS);
    Limit backfill = limit(limits, "deviceBackfill", 20, 65_536, backfillBurstS, debtS);
    Limit athlete = limit(limits, "athlete", 100, 2_097_152, burstS, debtS);
    return new LimitSettings(
        device,
        athlete.dividedDownTo(
            both(device.batchesPerS(), backfill.batchesPerS()),
            both(device.bytesPerS(), backfill.bytesPerS())),
        limit(limits, "tenant", 0, 0, burstS, debtS).dividedDownTo(0, 0),
        backfill,
        limit(limits, "nodeBackfill", 2_500, 2_097_152, backfillBurstS, debtS),
        limits.integer("deviceConnections", 16, 0, 1_000_000),
        limits.integer("waitingConnections", 4_096, 0, 1_000_000),
        limits.integer("forgedTokensPerS", 20, 0, 1_000_000));
  }

  private static Limit limit(
      ConfigSection limits, String name, int batchesPerS, int bytesPerS, int burstS, int debtS) {
    ConfigSection own = limits.section(name);
    return Limit.whole(
        name,
        own.integer("batchesPerS", batchesPerS, 0, MOST_BATCHES),
        own.integer("bytesPerS", bytesPerS, 0, MOST_BYTES),
        burstS,
        debtS);
  }

  /** Without a limit for backlog there is none to get past by calling it live. */
  boolean believesAll() {
    return deviceBackfill.isNone() && nodeBackfill.isNone();
  }

  /** What one device may send of both lanes: as much as anybody may where it has no limit of its own. */
  private static int both(int live, int backfill) {
    return live == 0 || backfill == 0
        ? Integer.MAX_VALUE
        : (int) Math.min(Integer.MAX_VALUE, (long) live + backfill);
  }
}
