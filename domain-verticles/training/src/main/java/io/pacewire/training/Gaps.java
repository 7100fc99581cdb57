package io.pacewire.training;

import java.util.ArrayList;
import java.util.List;

/** Which stretches of a recording are still missing, told by what is stored around them. Pure. */
final class Gaps {
  private Gaps() {}

  /** A hole in the sequence, and the time it spans by the device's clock. */
  record Gap(int fromSeq, int toSeq, long fromAtMs, long toAtMs) {
    long durationMs() {
      return Math.max(0, toAtMs - fromAtMs);
    }
  }

  /**
   * @param position first sequence number that is missing
   * @param foldedUntilMs time of the newest folded sample
   * @param beyond what is stored from {@code position} on, by ascending sequence number
   */
  static List<Gap> between(int position, long foldedUntilMs, List<ChunkSpan> beyond) {
    List<Gap> gaps = new ArrayList<>();
    int expected = position;
    long until = foldedUntilMs;
    for (ChunkSpan span : beyond) {
      if (span.seq() > expected) {
        gaps.add(new Gap(expected, span.seq() - 1, until, Math.max(until, span.firstAtMs())));
      }
      expected = span.seq() + 1;
      until = Math.max(until, span.lastAtMs());
    }
    return gaps;
  }
}
