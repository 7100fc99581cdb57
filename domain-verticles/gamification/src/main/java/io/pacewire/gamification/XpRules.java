package io.pacewire.gamification;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** How much experience a training is worth, and in which week. Pure: same training, same points. */
final class XpRules {
  private static final double XP_PER_KM = 10;

  /** Total needed for level n is 50 n (n - 1): each level takes 100 more than the one before. */
  private static final double XP_STEP = 50;

  private XpRules() {}

  static int award(double distanceM, double movingS) {
    if (!(movingS > 0) || !(distanceM > 0)) {
      return 0;
    }
    return (int) Math.floor(distanceM / 1_000 * XP_PER_KM);
  }

  /** 1 for a beginner. */
  static int level(long totalXp) {
    return (int) Math.floor((1 + Math.sqrt(1 + 4 * Math.max(0, totalXp) / XP_STEP)) / 2);
  }

  /**
   * The ISO 8601 week, such as {@code 2026-W48}, in which the training began where the athlete was.
   *
   * @param timeZone IANA name; UTC where the device sent one that nobody knows
   */
  static String week(long startAtMs, String timeZone) {
    LocalDate date = Instant.ofEpochMilli(startAtMs).atZone(zone(timeZone)).toLocalDate();
    return String.format(
        Locale.ROOT,
        "%d-W%02d",
        date.get(IsoFields.WEEK_BASED_YEAR),
        date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
  }

  private static ZoneId zone(String timeZone) {
    try {
      return ZoneId.of(timeZone);
    } catch (DateTimeException e) {
      return ZoneOffset.UTC;
    }
  }
}
