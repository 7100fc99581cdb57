package io.pacewire.gateway;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import io.micrometer.core.instrument.Counter;
import io.pacewire.gateway.TokenGate.Caller;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.platform.web.UnreadBody;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The two web doors of ingest, for whoever reaches the gateway alone: handed on as they flow, held
 * nowhere. The gateway looks at the token; what a device may is ingest's to say.
 */
final class IngestRoutes {
  private static final System.Logger LOG = System.getLogger(IngestRoutes.class.getName());
  private static final String STREAM = "/v1/stream";
  private static final long SWEEP_MS = 1_000;

  private final StreamOpening opening;
  private final TokenGate gate;
  private final int maxStreams;
  private final AtomicInteger streams = new AtomicInteger();
  private final Set<SocketPipe> pipes = new LinkedHashSet<>();
  private final Counter refused;
  private final BatchForward batches;

  IngestRoutes(
      StreamOpening opening,
      TokenGate gate,
      int maxStreams,
      Counter refused,
      BatchForward batches) {
    this.opening = opening;
    this.gate = gate;
    this.maxStreams = maxStreams;
    this.refused = refused;
    this.batches = batches;
  }

  /** Ahead of whatever reads bodies. */
  void mount(Router router) {
    router.get(STREAM).handler(this::stream);
    router.post(BatchForward.PATH).handler(batches::pass);
  }

  private void stream(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      ctx.fail(new ProblemException(Problem.ofStatus(426, "Upgrade Required")));
      return;
    }
    UnreadBody.pause(request);
    gate.device(request)
        .compose(caller -> {
          if (streams.get() >= maxStreams) {
            refused.increment();
            return Future.failedFuture(
                new ProblemException(Problem.unavailable("too many streams are open here")));
          }
          streams.incrementAndGet();
          return open(ctx, caller).onFailure(cause -> streams.decrementAndGet());
        })
        .onFailure(cause -> {
          UnreadBody.resume(request);
          if (cause instanceof IngestRefusal refusal) {
            discard(refusal.tell(ctx.response()));
          } else {
            ctx.fail(cause);
          }
        });
  }

  private Future<Void> open(RoutingContext ctx, Caller caller) {
    return opening.open(ctx, caller, this::ended).map(pipe -> {
      pipes.add(pipe);
      pipe.open();
      return null;
    });
  }

  /** @param silentForMs after so long without a sign of one end a stream ends */
  void sweep(Vertx vertx, long silentForMs) {
    long unused = vertx.setPeriodic(SWEEP_MS, timer -> {
      long nowNanos = System.nanoTime();
      List.copyOf(pipes).forEach(pipe -> pipe.look(silentForMs * 1_000_000, nowNanos));
    });
  }

  private void ended(SocketPipe pipe) {
    pipes.remove(pipe);
    streams.decrementAndGet();
  }

  /** The node goes: devices are told, and come back elsewhere. */
  void closeAll() {
    List.copyOf(pipes).forEach(SocketPipe::close);
  }

  static ProblemException away(Throwable cause) {
    LOG.log(WARNING, "no answer from ingest: {0}", cause.getMessage());
    return new ProblemException(Problem.unavailable("ingest does not answer now"));
  }

  static ProblemException away(int status) {
    return away(new IllegalStateException("status " + status));
  }

  static void discard(Future<?> done) {
    done.onFailure(cause -> LOG.log(DEBUG, "gone: {0}", cause.getMessage()));
  }
}
