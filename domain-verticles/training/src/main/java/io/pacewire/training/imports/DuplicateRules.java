package io.pacewire.training.imports;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * When two recordings of an athlete are the same activity, though their bytes differ: of another
 * format, of another device on the other wrist, or one cut from the other. Nobody does two things at once.
 * Pure.
 */
final class DuplicateRules {
  /** A receiver finds its first place so much later than a stopwatch starts. */
  static final long START_APART_MS = 300_000;

  /** Of the time that both take together, both have so much; of what was cut, so much lies in the whole. */
  static final double SHARE = 0.9;

  /** Whole ones that are longer are not looked for. */
  static final long LONGEST_MS = 2 * 86_400_000L;

  private static final String ANY_SPORT = "other";

  private DuplicateRules() {}

  /**
   * When something was, and what.
   *
   * @param sport null where it is not known
   */
  record Timed(UUID trainingId, @Nullable String sport, long startAtMs, long endAtMs) {
    private long lastedMs() {
      return endAtMs - startAtMs;
    }
  }

  /** The training that lasted nearly the same time, whatever it is called. */
  static Optional<Timed> same(Timed brought, List<Timed> there) {
    return there.stream()
        .filter(one -> Math.abs(one.startAtMs - brought.startAtMs) <= START_APART_MS)
        .filter(one -> commonMs(one, brought)
            >= SHARE
                * (Math.max(one.endAtMs, brought.endAtMs)
                    - Math.min(one.startAtMs, brought.startAtMs)))
        .min(Comparator.<Timed>comparingLong(one -> Math.abs(one.startAtMs - brought.startAtMs)
                + Math.abs(one.endAtMs - brought.endAtMs))
            .thenComparing(one -> one.trainingId.toString()));
  }

  /** The training of which this is a part: it was cut from it, or broke off early. */
  static Optional<Timed> whole(Timed brought, List<Timed> there) {
    return there.stream()
        .filter(one -> isPart(brought, one))
        .max(Comparator.<Timed>comparingLong(Timed::lastedMs)
            .thenComparing(one -> one.trainingId.toString()));
  }

  /** The trainings that are parts of this. */
  static List<Timed> parts(Timed brought, List<Timed> there) {
    return there.stream()
        .filter(one -> isPart(one, brought))
        .sorted(Comparator.comparingLong(Timed::startAtMs))
        .toList();
  }

  /** Of another sport it is something else: a swim within the day of a hike. */
  private static boolean isPart(Timed part, Timed whole) {
    return isOfOneSport(part, whole)
        && part.lastedMs() > 0
        && part.lastedMs() < whole.lastedMs()
        && whole.lastedMs() <= LONGEST_MS
        && commonMs(part, whole) >= SHARE * part.lastedMs();
  }

  private static boolean isOfOneSport(Timed one, Timed other) {
    String a = one.sport;
    String b = other.sport;
    return a == null || b == null || a.equals(b) || a.equals(ANY_SPORT) || b.equals(ANY_SPORT);
  }

  private static long commonMs(Timed one, Timed other) {
    return Math.min(one.endAtMs, other.endAtMs) - Math.max(one.startAtMs, other.startAtMs);
  }
}
