package io.pacewire.track;

/** The fix that is being looked at; one object for all of them. */
final class Fix {
  long atMs;
  double latitudeDeg;
  double longitudeDeg;
  double altitudeM;
  double sigmaM;
  /** Squared distance from where the filter expected it, in units of its variance. */
  double surprise;
}
