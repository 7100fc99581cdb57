package io.pacewire.training;

import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.activity.ActivityZip;
import io.pacewire.activity.ExportFormat;
import io.pacewire.training.LeftOut.Why;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything of one athlete on its way into one zip, a training at a time: each is sent before the next is
 * made. What cannot be in it is named in it.
 */
final class ZipExport {
  private static final System.Logger LOG = System.getLogger(ZipExport.class.getName());
  private static final int PAGE = 100;

  private final Sources sources;
  private final HttpServerRequest request;
  private final UUID athlete;
  private final ExportFormat format;
  private final ExportSpool spool;
  private final ActivityZip zip;
  private final LeftOut leftOut = new LeftOut();

  /** What it is made of, and by whom. */
  record Sources(
      TrainingRepository trainings,
      TrainingLines lines,
      TrainingExport export,
      WorkerExecutor worker,
      Turnstile turnstile,
      PacedSending sending,
      InstantSource clock) {}

  ZipExport(
      Sources sources,
      HttpServerRequest request,
      UUID athlete,
      ExportFormat format,
      ExportSpool spool,
      ActivityZip zip) {
    this.sources = sources;
    this.request = request;
    this.athlete = athlete;
    this.format = format;
    this.spool = spool;
    this.zip = zip;
  }

  /** Completes with a zip that is to be closed; what was written last is still to be sent. */
  Future<Void> run() {
    return page(null).compose(done -> tell());
  }

  private Future<Void> page(@Nullable UUID after) {
    return sources.trainings().listIds(athlete, after, PAGE).compose(ids -> {
      Future<Void> chain = each(ids, 0);
      return ids.size() < PAGE ? chain : chain.compose(done -> page(ids.get(ids.size() - 1)));
    });
  }

  private Future<Void> each(List<UUID> ids, int at) {
    if (at == ids.size()) {
      return Future.succeededFuture();
    }
    return sources
        .trainings()
        .find(athlete, ids.get(at))
        .compose(found -> found
            .filter(training -> !training.status().equals(Training.DELETED))
            .map(this::add)
            .orElseGet(Future::succeededFuture))
        .compose(done -> each(ids, at + 1));
  }

  private Future<Void> add(Training training) {
    return sources
        .turnstile()
        .passBegun(
            athlete,
            () -> ExportRoutes.awaited(request.response())
                .compose(so -> sources.lines().ofBegun(athlete, training))
                .map(line -> new ExportedTraining(
                    training, line, format, outline -> zip.begin(format, outline)))
                .compose(
                    to -> sources.export().write(athlete, training, to).map(any -> why(any, to))))
        .recover(cause -> left(training, cause))
        .compose(why -> {
          why.ifPresent(what ->
              leftOut.add(training.trainingId(), training.startAtMs(), training.sport(), what));
          return flushed();
        });
  }

  private static Optional<Why> why(boolean any, ExportedTraining to) {
    if (!any) {
      return Optional.of(Why.GONE);
    }
    Set<ExportLack> lacks = to.lacks();
    if (lacks.contains(ExportLack.PART_GONE)) {
      return Optional.of(Why.PARTLY_GONE);
    }
    return lacks.isEmpty() ? Optional.empty() : Optional.of(Why.GAPS);
  }

  /** What may pass is no fault of the training. What was written of its file by then is taken back. */
  private Future<Optional<Why>> left(Training training, Throwable cause) {
    Why why;
    if (RecordingGone.is(cause)) {
      why = Why.GONE;
    } else if (FoldFault.isOfSession(cause)
        && !(cause.getCause() instanceof UncheckedIOException)) {
      LOG.log(WARNING, "training " + training.trainingId() + " is not exported", cause);
      why = Why.UNREADABLE;
    } else {
      return Future.failedFuture(cause);
    }
    return sources
        .worker()
        .executeBlocking(
            () -> {
              zip.takeBack();
              return Optional.of(why);
            },
            false);
  }

  private Future<Void> flushed() {
    return sources
        .worker()
        .executeBlocking(
            () -> {
              spool.done();
              return true;
            },
            false)
        .compose(done -> sources.sending().send(spool, request));
  }

  private Future<Void> tell() {
    return leftOut.isEmpty()
        ? Future.succeededFuture()
        : sources
            .worker()
            .executeBlocking(
                () -> {
                  write(leftOut.table());
                  return true;
                },
                false)
            .mapEmpty();
  }

  private void write(byte[] table) throws IOException {
    try (OutputStream file =
        zip.file(LeftOut.NAME, LeftOut.EXTENSION, sources.clock().millis())) {
      file.write(table);
    }
  }
}
