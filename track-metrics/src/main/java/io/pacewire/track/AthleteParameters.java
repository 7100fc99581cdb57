package io.pacewire.track;

/** What figures need to know of the athlete; kept with the result. Immutable. */
public final class AthleteParameters {
  private final int maxHeartRateBpm;
  private final int restingHeartRateBpm;

  public AthleteParameters(int maxHeartRateBpm, int restingHeartRateBpm) {
    if (maxHeartRateBpm < 100 || maxHeartRateBpm > 250) {
      throw new IllegalArgumentException("maxHeartRateBpm out of range: " + maxHeartRateBpm);
    }
    if (restingHeartRateBpm < 25 || restingHeartRateBpm >= maxHeartRateBpm) {
      throw new IllegalArgumentException(
          "restingHeartRateBpm out of range: " + restingHeartRateBpm);
    }
    this.maxHeartRateBpm = maxHeartRateBpm;
    this.restingHeartRateBpm = restingHeartRateBpm;
  }

  /** For an athlete who has said nothing: 190 and 60 bpm. */
  public static AthleteParameters defaults() {
    return new AthleteParameters(190, 60);
  }

  public int maxHeartRateBpm() {
    return maxHeartRateBpm;
  }

  public int restingHeartRateBpm() {
    return restingHeartRateBpm;
  }
}
