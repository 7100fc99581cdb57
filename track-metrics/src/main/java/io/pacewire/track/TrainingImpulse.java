package io.pacewire.track;

/**
 * Banister's training impulse (Morton, Fitz-Clarke and Banister, Modeling human performance in
 * running, J Appl Physiol 69:1171, 1990): minutes times the share of the heart rate reserve, weighted
 * by how blood lactate rises with it.
 */
final class TrainingImpulse {
  private static final double MALE_FACTOR = 0.64;
  private static final double MALE_EXPONENT = 1.92;
  private static final double FEMALE_FACTOR = 0.86;
  private static final double FEMALE_EXPONENT = 1.67;

  private TrainingImpulse() {}

  static double of(int heartRateBpm, double minutes, AthleteParameters athlete) {
    double reserve = (double) (heartRateBpm - athlete.restingHeartRateBpm())
        / (athlete.maxHeartRateBpm() - athlete.restingHeartRateBpm());
    double share = Math.max(0, Math.min(1, reserve));
    return minutes * share * weight(share, athlete.sex());
  }

  private static double weight(double share, AthleteParameters.Sex sex) {
    switch (sex) {
      case MALE:
        return MALE_FACTOR * StrictMath.exp(MALE_EXPONENT * share);
      case FEMALE:
        return FEMALE_FACTOR * StrictMath.exp(FEMALE_EXPONENT * share);
      default:
        double male = weight(share, AthleteParameters.Sex.MALE);
        return (male + weight(share, AthleteParameters.Sex.FEMALE)) / 2;
    }
  }
}
