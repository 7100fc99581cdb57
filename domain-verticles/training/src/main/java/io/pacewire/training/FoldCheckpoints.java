package io.pacewire.training;

import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.training.CheckpointRepository.Checkpoint;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides which folds are saved, so that who takes over has not far to read. Used from one event loop. */
final class FoldCheckpoints {
  private static final System.Logger LOG = System.getLogger(FoldCheckpoints.class.getName());
  private static final int AFTER_BATCHES = 60;

  /** However seldom the batches of a session come: those of a minute are few. */
  private static final long EVERY_MS = 60_000;

  /** Behind a large poll others wait, who go first, as long as who takes over then reads all at once. */
  private static final long BUSY_EVERY_MS = 90_000;

  private static final int BUSY_AFTER_BATCHES = FoldLoader.TAIL - 2;

  private final CheckpointRepository checkpoints;
  private Future<Void> behind = Future.succeededFuture();

  FoldCheckpoints(CheckpointRepository checkpoints) {
    this.checkpoints = checkpoints;
  }

  /**
   * Saves those that went far enough since the last time, or whose last time is long ago. Completes
   * when those are that are finished: who asks for one of them does not look behind it. The others are
   * saved beside what comes next; {@link #settled} before the next ones are.
   *
   * @param nowMs when the newest of what was consumed was received
   * @param batches of the poll
   */
  Future<Void> save(List<WriterFold> advanced, long nowMs, int batches) {
    Map<WriterFold, Checkpoint> finished = new LinkedHashMap<>();
    Map<WriterFold, Checkpoint> others = new LinkedHashMap<>();
    for (WriterFold fold : advanced) {
      boolean ended = fold.sequence().state().finished();
      if (isDue(fold.unsaved(), fold.unsavedMs(nowMs), ended, batches)) {
        Map<WriterFold, Checkpoint> due = ended ? finished : others;
        checkpoint(fold).ifPresent(checkpoint -> due.put(fold, checkpoint));
      }
    }
    return save(finished, nowMs)
        .onSuccess(done -> behind = save(others, nowMs).recover(cause -> {
          LOG.log(WARNING, "states are saved later: {0}", cause.getMessage());
          return Future.succeededFuture();
        }));
  }

  private Future<Void> save(Map<WriterFold, Checkpoint> due, long nowMs) {
    return checkpoints
        .save(due.values())
        .onSuccess(
            saved -> due.forEach((fold, checkpoint) -> fold.saved(checkpoint.position(), nowMs)));
  }

  /** Nothing is saved any more. Never fails. */
  Future<Void> settled() {
    return behind;
  }

  /**
   * @param unsaved batches since the last checkpoint, the first of which came {@code unsavedMs} ago
   * @param batches of the poll that was folded
   */
  static boolean isDue(int unsaved, long unsavedMs, boolean finished, int batches) {
    boolean waits = batches >= SessionSweep.BUSY_RECORDS && unsaved < BUSY_AFTER_BATCHES;
    long everyMs = waits ? BUSY_EVERY_MS : EVERY_MS;
    return unsaved >= AFTER_BATCHES || (unsaved > 0 && (finished || unsavedMs >= everyMs));
  }

  /** A state that does not fit its bytes costs a longer way back after a restart, and nobody else. */
  private static Optional<Checkpoint> checkpoint(WriterFold fold) {
    try {
      return FoldFault.within(() -> Optional.of(new Checkpoint(
          fold.key(),
          fold.head().algorithmVersion(),
          fold.sequence().position(),
          fold.sequence().state().encode())));
    } catch (FoldFault e) {
      LOG.log(WARNING, "no checkpoint: {0}", FoldFault.told(e));
      return Optional.empty();
    }
  }
}
