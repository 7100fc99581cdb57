package io.pacewire.track;

/**
 * What it cost: training impulse, energy, and the way as if it had been flat. Immutable; NaN where
 * nothing says so.
 *
 * <p>Energy, by the first that is known. Power meter on wheels, where it was heard for half of the time
 * or more: work by a gross efficiency of 0.24 (Coyle,
 * Sidossis, Horowitz and Beltz, Cycling efficiency is related to the percentage of type I muscle
 * fibers, Med Sci Sports Exerc 24:782, 1992: 0.20 to 0.24). On foot: Minetti's cost of every stretch
 * by its grade ({@link Gait}) and 1 kcal/(kg h) at rest. Otherwise heart rate, over the time that it was heard: Keytel et al.,
 * Prediction of energy expenditure from heart rate monitoring during submaximal exercise, J Sports
 * Sci 23:289, 2005, without fitness.
 */
public final class EffortFigures {
  /** How the energy was found. */
  public enum EnergyFormula {
    POWER,
    GRADE,
    HEART_RATE,
    NONE
  }

  private static final double J_A_KCAL = 4_184;
  private static final double KJ_A_KCAL = 4.184;
  private static final double GROSS_EFFICIENCY = 0.24;
  private static final double RESTING_KCAL_A_KG_H = 1;
  private static final double S_AN_HOUR = 3_600;
  private static final double S_A_MINUTE = 60;

  /** A power meter that was heard for less says nothing of the rest. */
  private static final double LEAST_SHARE = 0.5;

  private final double impulse;
  private final double energyKcal;
  private final EnergyFormula formula;
  private final double gradeAdjustedM;

  EffortFigures(FoldState state, double timerS, double movingS) {
    SportProfile sport = state.sport();
    AthleteParameters athlete = state.athlete();
    boolean heart = state.heartRate().isHeard();
    double cost = state.grade().costJPerKg(state.distance().distanceUm(), sport.gait());
    impulse = heart ? state.heartRate().impulse() : Double.NaN;
    gradeAdjustedM = sport.isOnFoot() ? cost / sport.gait().flatCostJPerKgM() : Double.NaN;
    boolean powered = !sport.isOnFoot() && state.power().measuredS() >= LEAST_SHARE * timerS;
    if (powered && state.power().measuredS() > 0) {
      formula = EnergyFormula.POWER;
      energyKcal = state.power().workKj() / KJ_A_KCAL / GROSS_EFFICIENCY;
    } else if (sport.isOnFoot() && state.distance().distanceUm() > 0) {
      formula = EnergyFormula.GRADE;
      energyKcal =
          athlete.weightKg() * (cost / J_A_KCAL + RESTING_KCAL_A_KG_H * movingS / S_AN_HOUR);
    } else if (heart) {
      formula = EnergyFormula.HEART_RATE;
      energyKcal = keytelKcalPerMin(state.heartRate().averageBpm(), athlete)
          * state.heartRate().heardS()
          / S_A_MINUTE;
    } else {
      formula = EnergyFormula.NONE;
      energyKcal = Double.NaN;
    }
  }

  private static double keytelKcalPerMin(double bpm, AthleteParameters athlete) {
    double weight = athlete.weightKg();
    double age = athlete.ageYears();
    double male = -55.0969 + 0.6309 * bpm + 0.1988 * weight + 0.2017 * age;
    double female = -20.4022 + 0.4472 * bpm - 0.1263 * weight + 0.074 * age;
    double kj;
    switch (athlete.sex()) {
      case MALE:
        kj = male;
        break;
      case FEMALE:
        kj = female;
        break;
      default:
        kj = (male + female) / 2;
    }
    return Math.max(0, kj / KJ_A_KCAL);
  }

  /** Banister's TRIMP. */
  public double trainingImpulse() {
    return impulse;
  }

  public double energyKcal() {
    return energyKcal;
  }

  public EnergyFormula energyFormula() {
    return formula;
  }

  /** On foot: how far on the flat the same energy goes. */
  public double gradeAdjustedM() {
    return gradeAdjustedM;
  }
}
