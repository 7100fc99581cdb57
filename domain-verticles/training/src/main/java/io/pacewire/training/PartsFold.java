package io.pacewire.training;

import io.pacewire.track.AthleteParameters;
import io.pacewire.track.FoldState;
import io.pacewire.track.TrackFold;
import io.pacewire.wire.SampleBatch;

/**
 * One fold over the parts of a training, in their order: way and time add up, splits go on, what lies
 * between two parts is a pause. Pure: the same recipe over the same batches gives the same bits.
 */
final class PartsFold {
  private final Recipe recipe;
  private final FoldState state;
  private final CollectedTrack sink;
  private BatchCut cut;
  private int index;

  PartsFold(Recipe recipe, AthleteParameters athlete, CollectedTrack sink) {
    this.recipe = recipe;
    this.sink = sink;
    state = FoldState.start(athlete);
    cut = new BatchCut(recipe, 0);
  }

  /** The next batch of the recording that the current part is of. */
  void step(SampleBatch batch) {
    fold(cut.take(batch));
  }

  /**
   * The current part's recording has no more batches.
   *
   * @param lastAtMs of the whole recording
   */
  void endPart(long lastAtMs) {
    fold(cut.close(lastAtMs));
    index++;
    if (index < recipe.parts().size()) {
      cut = new BatchCut(recipe, index);
    }
  }

  /** After the last part. */
  FoldState end() {
    TrackFold.end(state, sink);
    return state;
  }

  private void fold(SampleBatch batch) {
    if (!batch.isEmpty()) {
      TrackFold.step(state, batch, sink);
      sink.sensors().hear(batch);
    }
  }
}
