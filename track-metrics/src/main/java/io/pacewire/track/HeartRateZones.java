package io.pacewire.track;

/**
 * Five zones as shares of the maximum heart rate: from 50, 60, 70, 80 and 90 percent, as Edwards cut
 * them (The Heart Rate Monitor Book, 1993).
 */
public final class HeartRateZones {
  /** How many there are: 1 to 5. */
  public static final int COUNT = 5;

  private static final int[] FROM_PERCENT = {50, 60, 70, 80, 90};

  private HeartRateZones() {}

  /** 1 to 5; 0 below the first zone. */
  public static int zone(int heartRateBpm, int maxHeartRateBpm) {
    int zone = 0;
    for (int percent : FROM_PERCENT) {
      if (heartRateBpm * 100 >= percent * maxHeartRateBpm) {
        zone++;
      }
    }
    return zone;
  }
}
