package io.pacewire.training.imports;

/**
 * When two recordings of an athlete are the same activity, though their bytes differ: of another
 * format, or of another device on the other wrist. Nobody does two things at once.
 */
final class DuplicateRules {
  /** A receiver finds its first place so much later than a stopwatch starts. */
  static final long START_APART_MS = 300_000;

  /** Of the time that both take together, both have so much. */
  static final double SHARE = 0.9;

  private DuplicateRules() {}
}
