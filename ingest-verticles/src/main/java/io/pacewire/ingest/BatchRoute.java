package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;

import io.pacewire.platform.web.BearerHandler;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.UUID;

/**
 * Lets devices in by {@code POST /v1/batches}: the token decides before a byte of the body is read.
 * One for each event loop.
 */
final class BatchRoute implements Handler<RoutingContext> {
  private static final System.Logger LOG = System.getLogger(BatchRoute.class.getName());
  static final String PATH = "/v1/batches";
  private static final int MOST_BATCHES = 256;
  private static final long ANSWER_WITHIN_MS = 60_000;
  private static final long SECOND_MS = 1_000;

  private final WebServices services;
  private final Vertx vertx;
  private final BatchBody body;
  private final HeldBodies held;
  private final Unpacking unpacking;
  private final HangUp hangUp;

  BatchRoute(WebServices services) {
    this.services = services;
    this.vertx = services.loop().owner();
    this.body = new BatchBody(services.config().maxBodyBytes(), MOST_BATCHES);
    this.held = services.bodies();
    this.unpacking = new Unpacking(vertx);
    this.hangUp = new HangUp(vertx, body.maxBytes());
  }

  @Override
  public void handle(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    request.pause();
    RequestEnd end =
        new RequestEnd(); // before the token is verified: the caller may hang up meanwhile
    ctx.addEndHandler(ended -> end.come());
    services
        .tokens()
        .verify(
            BearerHandler.token(request.getHeader(HttpHeaders.AUTHORIZATION)),
            request.remoteAddress())
        .onSuccess(device -> {
          if (!end.hasCome()) {
            open(ctx, device, end);
          }
        })
        .onFailure(cause -> refuse(ctx, cause));
  }

  private void open(RoutingContext ctx, Device device, RequestEnd end) {
    try {
      take(ctx, device, end);
    } catch (RuntimeException e) {
      refuse(ctx, e);
    }
  }

  private void take(RoutingContext ctx, Device device, RequestEnd end) {
    assert ((ContextInternal) services.loop()).nettyEventLoop().inEventLoop() : "on a foreign loop";
    HttpServerRequest request = ctx.request();
    BatchMedia media = BatchMedia.of(
        request.getHeader(HttpHeaders.CONTENT_TYPE),
        request.getHeader(HttpHeaders.CONTENT_ENCODING));
    if (length(request) > body.maxBytes()) {
      deadLetter(ctx, device);
      throw body.tooLarge();
    }
    WebLimit full = held.enter(device);
    if (full != null) {
      services.meters().refused(full);
      throw full.refusal();
    }
    end.then(() -> held.leave(device));
    HttpDoor door = new HttpDoor(ctx, device, services);
    BodyReading reading = new BodyReading(
        request,
        device.athleteId(),
        held,
        body.maxBytes(),
        services.config().connectTimeoutS() * SECOND_MS);
    end.then(() -> door.brokenOff(reading.brokenOffBytes()));
    end.then(door::closed);
    DeviceWatch watch = services.tokens().watch(device, () -> {
      hangUp.after(ctx);
      door.refuse(new ProblemException(Problem.unauthorized("device was revoked")));
    });
    end.then(watch::close);
    long timer = vertx.setTimer(ANSWER_WITHIN_MS, late -> {
      door.fail("it took too long");
      end.come(); // whether or not anybody hears of it
    });
    end.then(() -> vertx.cancelTimer(timer));
    end.then(reading::close);
    read(ctx, media, door, reading);
    long pace = vertx.setPeriodic(SECOND_MS, second -> {
      if (reading.isTooSlow(door.isRead())) {
        stop(ctx, door, WebLimit.SLOW_BODY);
        end.come();
      }
    });
    end.then(() -> vertx.cancelTimer(pace));
    door.open();
  }

  /** Of what is too long by its own account nothing is read. */
  private void deadLetter(RoutingContext ctx, Device device) {
    HttpDoor door = new HttpDoor(ctx, device, services);
    door.deadLetter(Buffer.buffer(), body.tooLarge());
    door.closed();
  }

  private void read(RoutingContext ctx, BatchMedia media, HttpDoor door, BodyReading reading) {
    reading.read(
        sent -> unpack(media, sent, door.athlete())
            .onSuccess(envelopes -> {
              if (reading.becomes(
                  envelopes.stream().mapToLong(one -> one.length).sum())) {
                door.receive(envelopes);
              } else if (!reading.isClosed()) {
                stop(ctx, door, WebLimit.ATHLETE_BYTES);
              }
            })
            .onFailure(cause -> door.unreadable(sent, cause)),
        () -> {
          hangUp.after(ctx);
          door.unreadable(reading.sent(), body.tooLarge());
        },
        full -> stop(ctx, door, full));
    if ("100-continue".equalsIgnoreCase(ctx.request().getHeader(HttpHeaders.EXPECT))) {
      discard(ctx.response().writeContinue());
    }
  }

  private void stop(RoutingContext ctx, HttpDoor door, WebLimit limit) {
    services.meters().refused(limit);
    if (!ctx.request().isEnded()) {
      hangUp.after(ctx);
    }
    door.refuse(limit.refusal());
  }

  private Future<List<byte[]>> unpack(BatchMedia media, Buffer sent, UUID athlete) {
    long nowMs = services.clock().millis();
    return media.isPlain()
        ? Future.future(done -> done.complete(body.envelopes(media, sent.getBytes(), nowMs)))
        : unpacking.run(athlete, () -> body.envelopes(media, sent.getBytes(), nowMs));
  }

  private void refuse(RoutingContext ctx, Throwable cause) {
    if (cause instanceof ProblemException problem && problem.problem().status() == 401) {
      ctx.response().putHeader("WWW-Authenticate", "Bearer");
    }
    long declared = length(ctx.request());
    if (declared < 0 || declared > body.maxBytes()) {
      hangUp.after(ctx);
    }
    ctx.fail(cause);
    ctx.request().resume(); // what is short is read and dropped, so that the connection lives on
  }

  private static void discard(Future<?> done) {
    done.onFailure(cause -> LOG.log(DEBUG, "caller gone: {0}", cause.getMessage()));
  }

  /** -1 where it is not declared. */
  private static long length(HttpServerRequest request) {
    String declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return declared == null ? -1 : Long.parseLong(declared);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
