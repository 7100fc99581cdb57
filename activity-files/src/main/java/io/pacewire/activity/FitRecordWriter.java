package io.pacewire.activity;

import static io.pacewire.activity.FitShape.field;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Samples as record messages, the counterpart of {@link FitRecord}. Only fields that were measured
 * are written, so that a file is no longer than it must be: each set of them has a definition of its
 * own, the newest {@value #LOCALS} of which are at hand.
 */
final class FitRecordWriter {
  /** Local numbers 0 to 7; the others are for other messages. */
  static final int LOCALS = 8;

  private static final int MOST_ACCURACY_M = 254;
  private static final double MOST_CADENCE = 254;

  /** In the order of the values. A place takes two; the wide forms of speed and altitude. */
  private static final int[][] FIELDS = {
    field(0, FitShape.SINT32),
    field(1, FitShape.SINT32),
    field(78, FitShape.UINT32),
    field(31, FitShape.UINT8),
    field(3, FitShape.UINT8),
    field(4, FitShape.UINT8),
    field(53, FitShape.UINT8),
    field(7, FitShape.UINT16),
    field(73, FitShape.UINT32),
    field(13, FitShape.SINT8),
    field(91, FitShape.UINT32),
    field(5, FitShape.UINT32),
    field(48, FitShape.UINT8)
  };

  private record Defined(int local, FitShape shape) {}

  private final FitOutput out;
  private final double[] all = new double[FIELDS.length];
  private final Map<Integer, Defined> shapes = new HashMap<>();
  private int nextLocal;

  FitRecordWriter(FitOutput out) {
    this.out = out;
  }

  void write(ActivitySample sample) {
    long ticks = Math.round(sample.atEpochMs() * FitProfile.FRACTION_SCALE / 1_000);
    int tick = (int) Math.floorMod(ticks, 128L);
    long timestamp = FitClock.timestamp(Math.floorDiv(ticks, 128L) * 1_000);
    if (!FitClock.canSay(timestamp)) {
      return;
    }
    fill(sample, tick);
    int mask = 0;
    int count = 1;
    for (int i = 0; i < all.length; i++) {
      if (!Double.isNaN(all[i])) {
        mask |= 1 << i;
        count++;
      }
    }
    double[] values = new double[count];
    values[0] = timestamp;
    int at = 1;
    for (double value : all) {
      if (!Double.isNaN(value)) {
        values[at++] = value;
      }
    }
    Defined defined = shapes.computeIfAbsent(mask, this::shape);
    out.write(defined.local(), defined.shape(), "", values);
  }

  private Defined shape(int mask) {
    List<int[]> fields = new ArrayList<>();
    fields.add(field(FitProfile.TIMESTAMP, FitShape.UINT32));
    for (int i = 0; i < FIELDS.length; i++) {
      if ((mask & (1 << i)) != 0) {
        fields.add(FIELDS[i]);
      }
    }
    nextLocal = (nextLocal + 1) % LOCALS;
    return new Defined(nextLocal, new FitShape(FitProfile.RECORD, fields.toArray(int[][]::new)));
  }

  private void fill(ActivitySample sample, int tick) {
    all[0] = semicircles(sample.latitudeDeg());
    all[1] = semicircles(sample.longitudeDeg());
    all[2] = (sample.altitudeM() + FitProfile.ALTITUDE_OFFSET_M) * FitProfile.ALTITUDE_SCALE;
    all[3] = Math.min(sample.accuracyM(), MOST_ACCURACY_M);
    all[4] = sample.heartRateBpm() < 0 ? Double.NaN : sample.heartRateBpm();
    double cadence = Math.rint(sample.cadencePerMin() * FitProfile.FRACTION_SCALE);
    double whole = Math.floor(cadence / FitProfile.FRACTION_SCALE);
    double rest = cadence - whole * FitProfile.FRACTION_SCALE;
    all[5] = whole <= MOST_CADENCE ? whole : Double.NaN;
    all[6] = rest > 0 && whole <= MOST_CADENCE ? rest : Double.NaN;
    all[7] = sample.powerW() < 0 ? Double.NaN : sample.powerW();
    all[8] = sample.speedMps() * FitProfile.SPEED_SCALE;
    all[9] = sample.temperatureC();
    all[10] = sample.pressurePa();
    all[11] = sample.deviceDistanceM() * FitProfile.DISTANCE_SCALE;
    all[12] = tick == 0 ? Double.NaN : tick;
  }

  /** The meridian of 180 degrees has a number from one side only. */
  private static double semicircles(double deg) {
    double rounded = Math.rint(deg / FitProfile.SEMICIRCLE_DEG);
    return rounded >= Integer.MAX_VALUE ? Integer.MIN_VALUE : rounded;
  }
}
