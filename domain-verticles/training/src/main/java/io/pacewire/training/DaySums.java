package io.pacewire.training;

/**
 * What trainings add up to.
 *
 * @param timerS what the stopwatch showed, pauses left out
 * @param impulse Banister's training impulse of those trainings where a heart was heard
 * @param impulseTrainings how many those are
 * @param stress Coggan's training stress score of those with a power meter and a known threshold
 */
record DaySums(
    int trainings,
    double distanceM,
    double timerS,
    double movingS,
    double elapsedS,
    double ascentM,
    double descentM,
    double energyKcal,
    double impulse,
    int impulseTrainings,
    double stress,
    int stressTrainings) {

  static final DaySums NONE = new DaySums(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  DaySums plus(DaySums more) {
    return new DaySums(
        trainings + more.trainings,
        distanceM + more.distanceM,
        timerS + more.timerS,
        movingS + more.movingS,
        elapsedS + more.elapsedS,
        ascentM + more.ascentM,
        descentM + more.descentM,
        energyKcal + more.energyKcal,
        impulse + more.impulse,
        impulseTrainings + more.impulseTrainings,
        stress + more.stress,
        stressTrainings + more.stressTrainings);
  }
}
