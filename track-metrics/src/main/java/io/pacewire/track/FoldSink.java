package io.pacewire.track;

/**
 * Takes what a fold puts out as it goes: what grows with the length of a recording and is no state.
 * Outputs come in order and are the same whenever the fold passes over the same samples.
 */
public interface FoldSink {
  /** Takes nothing. */
  FoldSink NONE = new FoldSink() {
    @Override
    public boolean wantsPoints() {
      return false;
    }

    @Override
    public void point(TrackPoint point) {}

    @Override
    public void split(Split split) {}

    @Override
    public void verdict(Verdict verdict) {}

    @Override
    public void lap(Lap lap) {}
  };

  /** Whether points are wanted at all: making one costs more than folding its fix. */
  default boolean wantsPoints() {
    return true;
  }

  /** A fix that was taken. */
  void point(TrackPoint point);

  /** A kilometre that is full, or the begun one at the finish. */
  void split(Split split);

  /** Something that was doubted, in the order in which it was. */
  void verdict(Verdict verdict);

  /** A lap that ended with its mark; the one begun at the finish is none. */
  void lap(Lap lap);
}
