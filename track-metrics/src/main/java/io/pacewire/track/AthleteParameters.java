package io.pacewire.track;

import java.nio.ByteBuffer;
import java.util.List;

/** What figures need to know of the athlete; kept with the result. Immutable. */
public final class AthleteParameters {
  private static final double G_A_KG = 1_000;
  private static final int BYTE = 0xFF;
  /** Of the highest threshold power. */
  private static final int POWER_BITS = 10;

  private static final List<Sex> SEXES = List.of(Sex.values());

  private final int maxHeartRateBpm;
  private final int restingHeartRateBpm;
  private final double weightKg;
  private final int thresholdPowerW;
  private final Sex sex;
  private final int ageYears;

  /** What formulas distinguish; for {@link #UNKNOWN} they take the mean of both. */
  public enum Sex {
    /** Not said. */
    UNKNOWN,
    /** As the formulas have it. */
    FEMALE,
    /** As the formulas have it. */
    MALE
  }

  /** Without threshold power, of unknown sex, 40 years old; ranges as below. */
  public AthleteParameters(int maxHeartRateBpm, int restingHeartRateBpm, double weightKg) {
    this(maxHeartRateBpm, restingHeartRateBpm, weightKg, 0, Sex.UNKNOWN, 40);
  }

  /**
   * What an athlete says.
   *
   * @param maxHeartRateBpm 100 to 250
   * @param restingHeartRateBpm 25 to below the maximum
   * @param weightKg 20 to 400, kept to the gram
   * @param thresholdPowerW mean power of about an hour's best effort, up to 1,000; 0 where it is not
   *     known
   * @param ageYears 10 to 110
   * @throws IllegalArgumentException naming what is out of its range
   */
  public AthleteParameters(
      int maxHeartRateBpm,
      int restingHeartRateBpm,
      double weightKg,
      int thresholdPowerW,
      Sex sex,
      int ageYears) {
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
    if (thresholdPowerW < 0 || thresholdPowerW > 1_000) {
      throw new IllegalArgumentException("thresholdPowerW out of range: " + thresholdPowerW);
    }
    if (ageYears < 10 || ageYears > 110) {
      throw new IllegalArgumentException("ageYears out of range: " + ageYears);
    }
    this.thresholdPowerW = thresholdPowerW;
    this.sex = sex;
    this.ageYears = ageYears;
    this.maxHeartRateBpm = maxHeartRateBpm;
    this.restingHeartRateBpm = restingHeartRateBpm;
    this.weightKg =
        Math.round(weightKg * G_A_KG) / G_A_KG; // so that it is the same after a checkpoint
  }

  /** For an athlete who has said nothing: 190 and 60 bpm, 70 kg, 40 years, no threshold power. */
  public static AthleteParameters defaults() {
    return new AthleteParameters(190, 60, 70);
  }

  /** Beats a minute, 100 to 250. */
  public int maxHeartRateBpm() {
    return maxHeartRateBpm;
  }

  /** Beats a minute, 25 to below the maximum. */
  public int restingHeartRateBpm() {
    return restingHeartRateBpm;
  }

  /** 20 to 400, to the gram. */
  public double weightKg() {
    return weightKg;
  }

  /** 0 where it is not known. */
  public int thresholdPowerW() {
    return thresholdPowerW;
  }

  /** For formulas that distinguish. */
  public Sex sex() {
    return sex;
  }

  /** 10 to 110. */
  public int ageYears() {
    return ageYears;
  }

  void write(ByteBuffer out) {
    out.put((byte) maxHeartRateBpm).put((byte) restingHeartRateBpm);
    StateBytes.put24(out, (int) Math.round(weightKg * G_A_KG));
    out.putShort((short) sexAndPower()).put((byte) ageYears);
  }

  private int sexAndPower() {
    return SEXES.indexOf(sex) << POWER_BITS | thresholdPowerW;
  }

  /** The same object where the bytes say the same of the athlete. */
  static AthleteParameters read(ByteBuffer in, AthleteParameters before) {
    int from = in.position();
    boolean same = (in.get() & BYTE) == before.maxHeartRateBpm
        && (in.get() & BYTE) == before.restingHeartRateBpm
        && StateBytes.get24(in) == Math.round(before.weightKg * G_A_KG)
        && in.getShort() == before.sexAndPower()
        && in.get() == before.ageYears;
    if (same) {
      return before;
    }
    in.position(from);
    return read(in);
  }

  private static AthleteParameters read(ByteBuffer in) {
    int max = in.get() & BYTE;
    int resting = in.get() & BYTE;
    double weightKg = StateBytes.get24(in) / G_A_KG;
    int packed = in.getShort();
    int sex = FoldState.count(packed >> POWER_BITS, SEXES.size() - 1, "sex");
    int thresholdPowerW = packed & (1 << POWER_BITS) - 1;
    return new AthleteParameters(max, resting, weightKg, thresholdPowerW, SEXES.get(sex), in.get());
  }
}
