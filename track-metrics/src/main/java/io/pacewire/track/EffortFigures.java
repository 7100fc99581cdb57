package io.pacewire.track;

/**
 * What it cost: training impulse, energy, and the way as if it had been flat. Immutable; NaN where
 * nothing says so.
 *
 * <p>Energy, by the first that is known. Power meter on wheels, where it was heard for half of the time
 * or more: work by the convention that 1 kJ costs 1 kcal, that is a gross efficiency of 0.24, and for the rest
 * of the time as much as while it was heard. Measured in trained riders were 0.20 (Moseley and Jeukendrup, The
 * reliability of cycling efficiency, Med Sci Sports Exerc 33:621, 2001), so it is rather too little, by
 * up to a fifth; devices count the same way. On foot: Minetti's cost of every stretch
 * by its grade ({@link Gait}) and 1 kcal/(kg h) at rest. Otherwise heart rate, over the time that it was heard: Keytel et al.,
 * Prediction of energy expenditure from heart rate monitoring during submaximal exercise, J Sports
 * Sci 23:289, 2005, without fitness.
 */
public final class EffortFigures {
  /** How the energy was found. */
  public enum EnergyFormula {
    /** Work at the pedals by a meter, at a gross efficiency of 0.24. */
    POWER,
    /** Minetti's cost of every stretch of way by its grade, and rest. */
    GRADE,
    /** Keytel's, over the time that the heart was heard. */
    HEART_RATE,
    /** Nothing was measured that one could follow from. */
    NONE
  }

  private static final double J_A_KCAL = 4_184;
  private static final double KJ_A_KCAL = 4.184;
  private static final double GROSS_EFFICIENCY = 0.24;
  private static final double RESTING_KCAL_A_KG_H = 1;
  private static final double S_AN_HOUR = 3_600;
  private static final double S_A_MINUTE = 60;

  /** A power meter that was heard for less, or way that took less, says nothing of the rest. */
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
    boolean onFoot = sport.isOnFoot() && state.distance().distanceUm() > 0;
    boolean powered = !sport.isOnFoot() && state.power().measuredS() >= LEAST_SHARE * timerS;
    if (powered && state.power().measuredS() > 0) {
      formula = EnergyFormula.POWER;
      double heardKcal = state.power().workKj() / KJ_A_KCAL / GROSS_EFFICIENCY;
      energyKcal = heardKcal * Math.max(1, timerS / state.power().measuredS());
    } else if (onFoot && !(heart && movingS < LEAST_SHARE * timerS)) {
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

  /** Kilocalories, what the athlete burns at rest included. */
  public double energyKcal() {
    return energyKcal;
  }

  /** By which of the class's formulas the energy was found. */
  public EnergyFormula energyFormula() {
    return formula;
  }

  /** On foot: how far on the flat the same energy goes. */
  public double gradeAdjustedM() {
    return gradeAdjustedM;
  }
}
