package io.pacewire.track;

/**
 * What a metre costs on foot, by grade: J/(kg m) above rest (Minetti, Moia, Roi, Susta and Ferretti,
 * Energy cost of walking and running at extreme uphill and downhill slopes, J Appl Physiol 93:1039,
 * 2002). Measured from -0.45 to 0.45; steeper ground is taken as that.
 */
enum Gait {
  RUNNING(155.4, -30.4, -43.3, 46.3, 19.5, 3.6),
  WALKING(280.5, -58.7, -76.8, 51.9, 19.6, 2.5);

  private static final double STEEPEST = 0.45;

  private final double fifth;
  private final double fourth;
  private final double third;
  private final double second;
  private final double first;
  private final double flat;

  Gait(double fifth, double fourth, double third, double second, double first, double flat) {
    this.fifth = fifth;
    this.fourth = fourth;
    this.third = third;
    this.second = second;
    this.first = first;
    this.flat = flat;
  }

  /** @param grade metres up a metre forward */
  double costJPerKgM(double grade) {
    double i = Math.max(-STEEPEST, Math.min(STEEPEST, grade));
    return ((((fifth * i + fourth) * i + third) * i + second) * i + first) * i + flat;
  }

  double flatCostJPerKgM() {
    return flat;
  }
}
