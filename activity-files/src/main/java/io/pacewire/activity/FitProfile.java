package io.pacewire.activity;

/** Numbers and scales of the FIT profile that reader and writer share. */
final class FitProfile {
  static final int FILE_ID = 0;
  static final int SPORT = 12;
  static final int SESSION = 18;
  static final int LAP = 19;
  static final int RECORD = 20;
  static final int EVENT = 21;
  static final int DEVICE_INFO = 23;
  static final int ACTIVITY = 34;
  static final int FILE_CREATOR = 49;
  static final int HRV = 78;
  static final int HR = 132;
  static final int FIELD_DESCRIPTION = 206;

  /** Of every message. */
  static final int TIMESTAMP = 253;

  static final int ACTIVITY_FILE = 4;
  static final int TIMER = 0;

  /** A maker for those who have no number of their own. */
  static final int DEVELOPMENT = 255;

  static final double SEMICIRCLE_DEG = 180.0 / 2_147_483_648.0;
  static final double ALTITUDE_SCALE = 5;
  static final double ALTITUDE_OFFSET_M = 500;
  static final double SPEED_SCALE = 1_000;
  static final double DISTANCE_SCALE = 100;
  static final double DURATION_SCALE = 1_000;

  /** Of fractions: of a cycle (fractional_cadence), of a second (time128). */
  static final double FRACTION_SCALE = 128;

  /** ".FIT" as it stands in a header. */
  static final int SIGNATURE = 0x5449_462E;

  private FitProfile() {}
}
