package io.pacewire.training;

import io.pacewire.track.Combination;
import io.pacewire.track.FoldState;
import io.pacewire.track.JoinedFold;
import io.pacewire.track.WriterTrack;
import io.pacewire.training.Recomputation.Folded;
import io.pacewire.training.Recomputation.Missing;
import io.pacewire.wire.SampleBatch;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * All of a session from its chunks: one writer by its own fold, several joined. What is missing is
 * given up. What sensors said is heard once, of the joined batches: of the writers whose sensors count.
 */
final class SessionFold {
  /** Of all writers together, some hundred megabytes at the worst. */
  private static final int MOST_POINTS = 1_000_000;

  private final ChunkRepository chunks;
  private final Recomputation recomputation;
  private final FoldWorkers workers;

  SessionFold(ChunkRepository chunks, Recomputation recomputation, FoldWorkers workers) {
    this.chunks = chunks;
    this.workers = workers;
    this.recomputation = recomputation;
  }

  Future<FoldedSession> run(SessionHead head) {
    return run(head, new CollectedTrack());
  }

  /** @param track where its outputs go */
  Future<FoldedSession> run(SessionHead head, CollectedTrack track) {
    return run(head, track, batch -> {});
  }

  /**
   * For who makes a line of its own of the batches: none is kept here.
   *
   * @param folded is given the session's batches in order, as if one writer had recorded it; the same
   *     object each time
   */
  Future<FoldedSession> runWithoutPoints(SessionHead head, Consumer<SampleBatch> folded) {
    return run(head, CollectedTrack.withoutPoints(), folded);
  }

  private Future<FoldedSession> run(
      SessionHead head, CollectedTrack track, Consumer<SampleBatch> folded) {
    return chunks
        .listWriters(head)
        .compose(writers -> writers.size() > 1
            ? several(head, writers, track, folded)
            : one(head, writers.isEmpty() ? 0 : writers.get(0), track, folded));
  }

  private Future<FoldedSession> one(
      SessionHead head, int writer, CollectedTrack track, Consumer<SampleBatch> each) {
    return recomputation
        .run(head, writer, Missing.GIVEN_UP, track, each)
        .map(folded -> FoldFault.within(() -> new FoldedSession(
            folded.state().figures(),
            track,
            folded.complete(),
            folded.missing(),
            null,
            verdict -> writer)));
  }

  private Future<FoldedSession> several(
      SessionHead head, List<Integer> writers, CollectedTrack track, Consumer<SampleBatch> joined) {
    List<WriterTrack> tracks = new ArrayList<>();
    List<Folded> heard = new ArrayList<>();
    Future<Void> folding = Future.succeededFuture();
    for (int writer : writers) {
      CollectedTrack own = CollectedTrack.first(MOST_POINTS / writers.size());
      folding = folding
          .compose(done -> recomputation.run(head, writer, Missing.GIVEN_UP, own))
          .map(folded -> {
            heard.add(folded);
            tracks.add(new WriterTrack(writer, folded.state(), own.points()));
            return null;
          });
    }
    return folding
        .compose(done -> workers.run(() -> Combination.of(tracks)))
        .compose(who -> workers
            .run(() -> new JoinedFold(who, head.athlete(), batch -> {
              track.sensors().hear(batch);
              joined.accept(batch);
            }))
            .compose(fold -> join(head, who, fold, heard, track)));
  }

  private Future<FoldedSession> join(
      SessionHead head,
      Combination who,
      JoinedFold fold,
      List<Folded> heard,
      CollectedTrack track) {
    Future<Void> hearing = Future.succeededFuture();
    for (WriterTrack one : who.writers()) {
      int writer = one.writer();
      if (fold.listensTo(writer)) {
        hearing = hearing.compose(
            done -> recomputation.each(head, writer, batch -> fold.hear(writer, batch)));
      }
    }
    return hearing
        .compose(
            done -> recomputation.each(head, who.line().writer(), batch -> fold.step(batch, track)))
        .compose(done -> workers.run(() -> {
          fold.end(track);
          return new FoldedSession(
              fold.state().figures(),
              track,
              isComplete(heard),
              heard.stream().flatMap(one -> one.missing().stream()).toList(),
              who,
              fold.writers());
        }));
  }

  /** A hub that only says what it hears is finished by nobody: it must only have no hole. */
  private static boolean isComplete(List<Folded> writers) {
    boolean finished = false;
    for (Folded one : writers) {
      FoldState state = one.state();
      boolean ended = state.finishBatchCount() >= 0;
      finished |= ended;
      boolean whole = (ended || state.started()) ? one.complete() : state.gapCount() == 0;
      if (!whole) {
        return false;
      }
    }
    return finished;
  }
}
