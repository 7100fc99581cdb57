package io.pacewire.platform.web;

import static java.lang.System.Logger.Level.INFO;

import io.pacewire.platform.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The HTTP server of a role: request ids, bounded bodies, problems, and health. */
public final class RoleServer {
  private static final System.Logger LOG = System.getLogger(RoleServer.class.getName());
  private static final int IDLE_S = 2 * RoleClient.KEEP_ALIVE_S;
  private static final int GRACE_S = 5;
  private static final int CHECK_S = 2;

  private final Vertx vertx;
  private final String role;
  private final Router router;
  private final Map<String, Supplier<Future<?>>> checks = new LinkedHashMap<>();
  /** Of the checks, those of what the role gets along without. */
  private final Set<String> spare = new HashSet<>();

  private final Set<String> streamed = new HashSet<>();
  private @Nullable HttpServer server;

  private RoleServer(Vertx vertx, String role) {
    this.vertx = vertx;
    this.role = role;
    this.router = Router.router(vertx);
  }

  /** A server whose router already has the standard handlers. */
  public static RoleServer create(Vertx vertx, String role, long maxBodyBytes) {
    RoleServer created = new RoleServer(vertx, role);
    ProblemHandler.install(created.router);
    created.router.route().handler(new RequestId());
    created.router.get("/health/live").respond(ctx -> Future.succeededFuture(created.status()));
    created.router.get("/health/ready").respond(ctx -> created.ready());
    Metrics.mount(vertx, created.router);
    BodyHandler bodies = BodyHandler.create(false).setBodyLimit(maxBodyBytes);
    created.router.route().handler(ctx -> {
      if (created.streamed.contains(ctx.request().path())
          && HttpMethod.POST.equals(ctx.request().method())) {
        ctx.next();
      } else {
        bodies.handle(ctx);
      }
    });
    return created;
  }

  public Router router() {
    return router;
  }

  /** Nobody reads the body of a POST to this path before its route does, however long it is. */
  public void streams(String path) {
    streamed.add(path);
  }

  /** Something the role cannot do without. */
  public void check(String name, Supplier<Future<?>> check) {
    checks.put(name, check);
  }

  /** Something the role gets along without, and that an operator wants to know of. */
  public void note(String name, Supplier<Future<?>> check) {
    spare.add(name);
    checks.put(name, check);
  }

  public Future<RoleServer> listen(String host, int port) {
    HttpServer created = vertx
        .createHttpServer(new HttpServerOptions()
            .setHost(host)
            .setPort(port)
            .setIdleTimeout(IDLE_S)
            // Answers of 40 KB behind an upgrade to HTTP/2 stalled now and then (Vert.x 5.0.8).
            .setHttp2ClearTextEnabled(false))
        .requestHandler(router);
    server = created;
    return created
        .listen()
        .map(this)
        .onSuccess(up -> LOG.log(INFO, "{0} on port {1}", role, Integer.toString(port())));
  }

  public int port() {
    return server == null ? 0 : server.actualPort();
  }

  /** Takes no more requests, and gives those under way a few seconds to be answered. */
  public Future<Void> close() {
    return server == null ? Future.succeededFuture() : server.shutdown(GRACE_S, TimeUnit.SECONDS);
  }

  private JsonObject status() {
    return new JsonObject().put("role", role).put("status", "up");
  }

  private Future<JsonObject> ready() {
    JsonObject found = new JsonObject();
    Future<Void> all = Future.succeededFuture();
    for (Map.Entry<String, Supplier<Future<?>>> check : checks.entrySet()) {
      all = all.compose(done -> check
          .getValue()
          .get()
          .timeout(CHECK_S, TimeUnit.SECONDS)
          .<Void>mapEmpty()
          .onSuccess(up -> found.put(check.getKey(), "up"))
          .recover(cause -> {
            found.put(check.getKey(), "down");
            return Future.succeededFuture();
          }));
    }
    return all.map(done -> {
      if (found.stream()
          .anyMatch(entry -> "down".equals(entry.getValue()) && !spare.contains(entry.getKey()))) {
        throw new ProblemException(
            Problem.unavailable(role + " is not ready").with("checks", found));
      }
      return status().put("checks", found);
    });
  }
}
