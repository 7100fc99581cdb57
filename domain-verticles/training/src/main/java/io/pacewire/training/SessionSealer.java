package io.pacewire.training;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.training.SealingPlan.Piece;
import io.pacewire.training.SealingPlan.Stretch;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.List;
import java.util.Set;

/**
 * Rewrites the chunks of finished sessions that have been quiet for a while into few large ones. The
 * sealed ones are written first, a transaction each; the chunks are removed in a later run, when
 * everybody who stores sees the sealed ones. At no time is a batch in neither, so whoever reads or
 * stores meanwhile, and whoever is killed half way, loses nothing. Runs beside the polls.
 */
final class SessionSealer {
  private static final System.Logger LOG = System.getLogger(SessionSealer.class.getName());
  private static final int SESSIONS_AT_ONCE = 20;
  private static final int PIECES_AT_ONCE = 20_000;
  private static final int CHUNKS_A_DELETE = 5_000;

  private final SealingRepository sealing;
  private final ChunkRepository chunks;
  private final Partitions partitions;
  private final WorkerExecutor worker;
  private Future<Void> running = Future.succeededFuture();

  SessionSealer(
      SealingRepository sealing,
      ChunkRepository chunks,
      Partitions partitions,
      WorkerExecutor worker) {
    this.sealing = sealing;
    this.chunks = chunks;
    this.partitions = partitions;
    this.worker = worker;
  }

  /** Begins with what is due, unless it still works at what was due before. */
  void run(Set<Integer> numbers, long quietBeforeMs) {
    if (!running.isComplete()) {
      return;
    }
    running = sealing
        .listUnsealed(numbers, quietBeforeMs, SESSIONS_AT_ONCE)
        .compose(due -> each(due, this::seal))
        .compose(done -> sealing.listSealed(numbers, SESSIONS_AT_ONCE))
        .compose(due -> each(due, this::removeChunks))
        .recover(cause -> {
          LOG.log(WARNING, "sealing waits: {0}", cause.getMessage());
          return Future.succeededFuture();
        });
  }

  /** When what was begun last has ended. */
  Future<Void> settled() {
    return running;
  }

  private interface Step {
    Future<Void> take(SessionHead head);
  }

  private Future<Void> each(List<SessionHead> due, Step step) {
    Future<Void> chain = Future.succeededFuture();
    for (SessionHead head : due) {
      chain = chain.compose(done -> step.take(head)).recover(cause -> leave(head, cause));
    }
    return chain;
  }

  /** One session's fault must not hold up the others: its chunks stay as they are, until more come. */
  private Future<Void> leave(SessionHead head, Throwable cause) {
    if (!FoldFault.isOfSession(cause)) {
      return Future.failedFuture(cause);
    }
    LOG.log(
        ERROR, "session {0} cannot be sealed; {1}", head.key().sessionId(), FoldFault.told(cause));
    return sealing.done(head.key(), 1);
  }

  private Future<Void> seal(SessionHead head) {
    return partitions
        .ensure(Set.of(head.bucket()))
        .compose(done -> sealing.begin(head.key()))
        .compose(done -> chunks.listWriters(head))
        .compose(writers -> {
          Future<Void> chain = Future.succeededFuture();
          for (int writer : writers) {
            chain = chain.compose(done -> seal(head, writer, 0));
          }
          return chain;
        })
        .compose(done -> sealing.sealed(head.key()));
  }

  private Future<Void> seal(SessionHead head, int writer, int fromSeq) {
    return sealing.listPieces(head, writer, fromSeq, PIECES_AT_ONCE).compose(pieces -> {
      Future<Void> chain = Future.succeededFuture();
      for (Stretch stretch : FoldFault.within(() -> SealingPlan.of(pieces))) {
        chain = chain.compose(done -> seal(head, writer, stretch));
      }
      if (pieces.size() < PIECES_AT_ONCE) {
        return chain;
      }
      int next = pieces.stream().mapToInt(Piece::toSeq).max().orElse(fromSeq) + 1;
      return chain.compose(done -> seal(head, writer, next));
    });
  }

  private Future<Void> seal(SessionHead head, int writer, Stretch stretch) {
    int count = stretch.toSeq() - stretch.fromSeq() + 1;
    return chunks
        .listFrom(head, writer, stretch.fromSeq(), count)
        .compose(found -> worker.executeBlocking(
            () -> FoldFault.within(() ->
                encoded(found.subList(0, Math.min(count, found.size())), writer, stretch)),
            false))
        .compose(body -> sealing.replace(head, writer, stretch, body))
        .compose(replaced -> replaced
            ? Future.succeededFuture()
            : Future.failedFuture(new IllegalStateException("sealed by somebody else meanwhile")));
  }

  /** Looked at once more before anything goes: what does not come back to the byte stays as it is. */
  private static byte[] encoded(List<Chunk> chunks, int writer, Stretch stretch) {
    byte[] body = SealedCodec.encode(chunks);
    List<Chunk> back = SealedCodec.decode(body, writer, stretch.fromSeq(), stretch.reason());
    boolean whole =
        back.size() == stretch.toSeq() - stretch.fromSeq() + 1 && back.size() == chunks.size();
    for (int i = 0; whole && i < back.size(); i++) {
      whole = back.get(i).isSameAs(chunks.get(i));
    }
    if (!whole) {
      throw new IllegalArgumentException(
          "batches " + stretch.fromSeq() + " to " + stretch.toSeq() + " do not come back");
    }
    return body;
  }

  private Future<Void> removeChunks(SessionHead head) {
    return chunks
        .listWriters(head)
        .compose(writers -> {
          Future<Void> chain = Future.succeededFuture();
          for (int writer : writers) {
            chain = chain.compose(done -> removeChunks(head, writer));
          }
          return chain;
        })
        .compose(done -> sealing.done(head.key(), 2));
  }

  private Future<Void> removeChunks(SessionHead head, int writer) {
    return sealing
        .deleteSealedChunks(head, writer, CHUNKS_A_DELETE)
        .compose(deleted ->
            deleted < CHUNKS_A_DELETE ? Future.succeededFuture() : removeChunks(head, writer));
  }
}
