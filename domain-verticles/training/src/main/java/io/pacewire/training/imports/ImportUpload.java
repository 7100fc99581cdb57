package io.pacewire.training.imports;

import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.UUID;

/**
 * Stores a request's body piece by piece as it flows: it is read no faster than pieces are stored, and
 * a piece and what was already on its way is all that is in memory. Used from one event loop.
 */
final class ImportUpload {
  private final HttpServerRequest request;
  private final ImportStores stores;
  private final UUID id;
  private final long maxBytes;
  private final InstantSource clock;
  private final UploadPace pace;
  private final Promise<Body> stored = Promise.promise();
  private final MessageDigest digest = Sha256.begin();
  private Buffer piece = Buffer.buffer();
  private int number;
  private long bytes;
  private boolean storing;
  private boolean ended;
  private long bytesBefore;
  private boolean storedSince;

  ImportUpload(
      HttpServerRequest request,
      ImportStores stores,
      UUID id,
      long maxBytes,
      InstantSource clock,
      UploadPace pace) {
    this.pace = pace;
    this.request = request;
    this.stores = stores;
    this.id = id;
    this.maxBytes = maxBytes;
    this.clock = clock;
  }

  /** What came: the same bytes have the same hash. */
  record Body(long bytes, byte[] sha256) {}

  /** The request is paused. Completes once all of it is stored. */
  Future<Body> run() {
    request.handler(this::take);
    request.exceptionHandler(stored::tryFail);
    request.endHandler(end -> {
      ended = true;
      advance();
    });
    request.resume();
    long timer = pace.vertx().setPeriodic(pace.windowMs(), due -> look());
    return stored.future().onComplete(done -> pace.vertx().cancelTimer(timer));
  }

  /** While a piece is stored nothing is read, which is not the sender's fault. */
  private void look() {
    boolean ours = storing || storedSince || ended;
    if (!ours && bytes - bytesBefore < pace.leastBytes()) {
      fail(pace.tooSlow());
    }
    bytesBefore = bytes;
    storedSince = false;
  }

  private void take(Buffer part) {
    if (stored.future().isComplete()) {
      return; // refused: what still comes is nobody's
    }
    bytes += part.length();
    if (bytes > maxBytes) {
      fail(tooLarge(maxBytes));
      return;
    }
    digest.update(part.getBytes());
    piece.appendBuffer(part);
    if (number == 0 && !storing && piece.length() >= Signature.ENOUGH_BYTES) {
      check();
    }
    advance();
  }

  private void advance() {
    if (storing || stored.future().isComplete()) {
      return;
    }
    boolean full = piece.length() >= PieceRepository.PIECE_BYTES;
    if (!full && !ended) {
      return;
    }
    if (number == 0) {
      check();
    }
    if (stored.future().isComplete()) {
      return;
    }
    if (piece.length() == 0) {
      boolean unused = stored.tryComplete(new Body(bytes, digest.digest()));
      return;
    }
    store();
  }

  private void store() {
    storing = true;
    Buffer full = piece;
    piece = Buffer.buffer();
    boolean paused = !ended;
    if (paused) {
      request.pause();
    }
    stores
        .pieces()
        .insert(id, number++, full)
        .compose(done -> stores.imports().touch(id, bytes, clock.millis()))
        .compose(wanted -> wanted ? Future.succeededFuture() : Future.failedFuture(unwanted()))
        .onFailure(this::fail)
        .onSuccess(done -> {
          storing = false;
          storedSince = true;
          if (paused) {
            request.resume();
          }
          advance();
        });
  }

  private void check() {
    if (piece.length() == 0) {
      fail(new ProblemException(Problem.badRequest("body", "is empty")));
    } else if (!Signature.isKnown(piece)) {
      fail(new ProblemException(Problem.of(
          415,
          "unsupported-media-type",
          "The body is of another kind",
          "The body must be a GPX, TCX or FIT file, gzipped or not, or a zip of such")));
    }
  }

  private void fail(Throwable cause) {
    if (stored.tryFail(cause) && !ended) {
      request.resume();
    }
  }

  /** Cancelled meanwhile, or so slow that it was let go. */
  static ProblemException unwanted() {
    return new ProblemException(
        Problem.conflict("import-ended", "The import was cancelled, or its upload took too long"));
  }

  static ProblemException tooLarge(long maxBytes) {
    return new ProblemException(
        Problem.tooLarge("An upload may have " + maxBytes + " bytes; zips can be split")
            .with("maxBytes", maxBytes));
  }
}
