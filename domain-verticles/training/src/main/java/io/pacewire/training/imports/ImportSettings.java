package io.pacewire.training.imports;

import io.pacewire.platform.config.ConfigSection;

/**
 * What imports may cost.
 *
 * @param maxBytes of one upload
 * @param threads that read archives on this node, one each
 * @param waiting imports of all athletes that may wait at once, once all of them was uploaded
 */
public record ImportSettings(long maxBytes, int threads, int waiting) {
  /** Of one athlete, imported or recorded, are begun in 24 hours; batches of more are refused. */
  public static final int SESSIONS_A_DAY = 20_000;

  /** Of one athlete, that one included which is worked on. */
  static final int WAITING_OF_ONE = 4;

  private static final int BYTES_A_MIB = 1 << 20;
  private static final int USUAL_MIB = 2_048;
  private static final int USUAL_THREADS = 1;
  private static final int USUAL_WAITING = 100;

  public static ImportSettings usual() {
    return new ImportSettings((long) USUAL_MIB * BYTES_A_MIB, USUAL_THREADS, USUAL_WAITING);
  }

  public static ImportSettings from(ConfigSection training) {
    return new ImportSettings(
        (long) training.integer("importMaxMib", USUAL_MIB, 1, 65_536) * BYTES_A_MIB,
        training.integer("importThreads", USUAL_THREADS, 1, 64),
        training.integer("importsWaiting", USUAL_WAITING, 1, 100_000));
  }
}
