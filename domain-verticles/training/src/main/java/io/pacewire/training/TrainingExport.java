package io.pacewire.training;

import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;

/**
 * Writes what was recorded of a training, whatever parts it is made of. Chunks come page by page; the
 * work on them is a worker's.
 */
final class TrainingExport {
  private static final int CHUNKS_A_PAGE = 100;

  /** Some ten thousand samples, which are a few megabytes of text. */
  private static final int BYTES_A_STEP = 128 * 1024;

  private final SessionRepository sessions;
  private final ChunkRepository chunks;
  private final SessionFold folds;
  private final WorkerExecutor worker;

  TrainingExport(
      SessionRepository sessions,
      ChunkRepository chunks,
      SessionFold folds,
      WorkerExecutor worker) {
    this.sessions = sessions;
    this.chunks = chunks;
    this.folds = folds;
    this.worker = worker;
  }

  /** Completes with whether there was anything: recordings may have been let go. */
  Future<Boolean> write(UUID athleteId, Training training, ExportedTraining to) {
    Future<Void> chain = Future.succeededFuture();
    for (TrainingPart part : training.recipe().parts()) {
      chain = chain
          .compose(done -> head(new SessionKey(athleteId, part.sessionId())))
          .compose(head -> {
            to.beginPart();
            return part(head, to);
          })
          .compose(done -> work(to::endPart));
    }
    return chain.compose(done -> worker.executeBlocking(to::end, false));
  }

  private Future<SessionHead> head(SessionKey key) {
    return sessions
        .findHead(key)
        .map(found -> found.orElseThrow(
            () -> new ProblemException(Problem.notFound("session", key.sessionId()))));
  }

  private Future<Void> part(SessionHead head, ExportedTraining to) {
    return chunks
        .listWriters(head)
        .compose(writers -> writers.size() > 1
            ? joined(head, to)
            : page(head, writers.isEmpty() ? 0 : writers.get(0), 0, to));
  }

  /** What several recorded, as the fold joins it: written by the workers that do, as it comes. */
  private Future<Void> joined(SessionHead head, ExportedTraining to) {
    return folds
        .runWithoutPoints(head, batch -> {
          try {
            to.take(batch);
          } catch (IOException e) {
            throw new UncheckedIOException("an export cannot be written", e);
          }
        })
        .mapEmpty();
  }

  private Future<Void> page(SessionHead head, int writer, int fromSeq, ExportedTraining to) {
    return chunks.listFrom(head, writer, fromSeq, CHUNKS_A_PAGE).compose(found -> {
      List<byte[]> batches =
          found.stream().filter(chunk -> !chunk.isTombstone()).map(Chunk::body).toList();
      int last = found.isEmpty() ? fromSeq - 1 : found.get(found.size() - 1).seq();
      if (last - fromSeq + 1 > batches.size()) {
        to.misses();
      }
      return steps(batches, 0, to)
          .compose(done -> found.size() < CHUNKS_A_PAGE
              ? Future.succeededFuture()
              : page(head, writer, last + 1, to));
    });
  }

  private Future<Void> steps(List<byte[]> batches, int from, ExportedTraining to) {
    if (from == batches.size()) {
      return Future.succeededFuture();
    }
    int until = from;
    for (int bytes = 0; until < batches.size() && bytes < BYTES_A_STEP; until++) {
      bytes += batches.get(until).length;
    }
    int end = until;
    return work(() -> {
          for (byte[] batch : batches.subList(from, end)) {
            to.take(batch);
          }
        })
        .compose(done -> steps(batches, end, to));
  }

  private interface Work {
    void run() throws Exception;
  }

  private Future<Void> work(Work work) {
    return worker
        .executeBlocking(
            () -> {
              work.run();
              return true;
            },
            false)
        .mapEmpty();
  }
}
