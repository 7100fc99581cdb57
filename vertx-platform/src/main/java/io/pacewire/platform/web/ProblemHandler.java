package io.pacewire.platform.web;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.pacewire.platform.pg.PgFaults;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The one place where failures become answers. What nobody expected is logged and told blank. */
public final class ProblemHandler implements Handler<RoutingContext> {
  private static final System.Logger LOG = System.getLogger(ProblemHandler.class.getName());
  private static final int[] STATUSES = {400, 401, 403, 404, 405, 406, 408, 413, 414, 415, 431};

  /** Makes every failure of a router's routes a problem, those of the router itself too. */
  public static void install(Router router) {
    ProblemHandler handler = new ProblemHandler();
    router.route().failureHandler(handler);
    for (int status : STATUSES) {
      router.errorHandler(status, handler);
    }
    router.errorHandler(500, handler);
  }

  @Override
  public void handle(RoutingContext ctx) {
    if (ctx.response().ended() || ctx.response().headWritten()) {
      return;
    }
    Problem problem = problem(ctx);
    if (problem.extra().get("retryAfterS") instanceof Long seconds) {
      ctx.response().putHeader("Retry-After", seconds.toString());
    }
    if (problem.status() == 401 && !ctx.response().headers().contains("WWW-Authenticate")) {
      ctx.response().putHeader("WWW-Authenticate", "Bearer"); // RFC 9110, 11.6.1
    }
    ctx.response()
        .setStatusCode(problem.status())
        .putHeader("Content-Type", "application/problem+json")
        .end(problem.json(ctx.request().path(), RequestId.of(ctx)).toBuffer())
        .onFailure(gone -> LOG.log(System.Logger.Level.DEBUG, "caller gone"));
  }

  private static Problem problem(RoutingContext ctx) {
    Throwable failure = ctx.failure();
    if (failure instanceof ProblemException expected) {
      return expected.problem();
    }
    Problem fault = ApiFaults.find(failure);
    if (fault != null) {
      return fault;
    }
    int status = failure instanceof HttpException http ? http.getStatusCode() : ctx.statusCode();
    if (isDependencyAway(failure)) {
      LOG.log(WARNING, "request " + RequestId.of(ctx) + " cannot be served now: " + failure);
      return Problem.unavailable("Something this needs does not answer");
    }
    if (failure != null && !(failure instanceof HttpException)) {
      LOG.log(ERROR, "unexpected failure, request " + RequestId.of(ctx), failure);
      return Problem.internal();
    }
    return status == 500 || status < 400
        ? Problem.internal()
        : Problem.ofStatus(status, HttpResponseStatus.valueOf(status).reasonPhrase());
  }

  /** A base or a neighbour that is away or does not answer in time: worth another try, no defect. */
  private static boolean isDependencyAway(@Nullable Throwable failure) {
    return failure instanceof IOException
        || failure instanceof TimeoutException
        || (failure != null && PgFaults.isPassing(failure));
  }
}
