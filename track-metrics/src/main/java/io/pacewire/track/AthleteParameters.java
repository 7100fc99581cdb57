package io.pacewire.track;

/** What figures need to know of the athlete; kept with the result. Immutable. */
public final class AthleteParameters {
  private final int maxHeartRateBpm;
  private final int restingHeartRateBpm;
  private final double weightKg;

  public AthleteParameters(int maxHeartRateBpm, int restingHeartRateBpm, double weightKg) {
    if (maxHeartRateBpm < 100 || maxHeartRateBpm > 250) {
      throw new IllegalArgumentException("maxHeartRateBpm out of range: " + maxHeartRateBpm);
    }
    if (restingHeartRateBpm < 25 || restingHeartRateBpm >= maxHeartRateBpm) {
      throw new IllegalArgumentException(
          "restingHeartRateBpm out of range: " + restingHeartRateBpm);
    }
    if (!(weightKg >= 20 && weightKg <= 400)) {
      throw new IllegalArgumentException("weightKg out of range: " + weightKg);
    }
    this.maxHeartRateBpm = maxHeartRateBpm;
    this.restingHeartRateBpm = restingHeartRateBpm;
    this.weightKg = weightKg;
  }

  /** For an athlete who has said nothing: 190 and 60 bpm, 70 kg. */
  public static AthleteParameters defaults() {
    return new AthleteParameters(190, 60, 70);
  }

  public int maxHeartRateBpm() {
    return maxHeartRateBpm;
  }

  public int restingHeartRateBpm() {
    return restingHeartRateBpm;
  }

  public double weightKg() {
    return weightKg;
  }
}
