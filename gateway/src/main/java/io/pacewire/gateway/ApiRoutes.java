package io.pacewire.gateway;

import io.pacewire.gateway.RouteTable.Entry;
import io.pacewire.gateway.TokenGate.Caller;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The REST side: each request to the role that knows, once its caller is known. */
final class ApiRoutes {
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");
  private static final String AUTH = "/v1/auth/";

  private final RouteTable table;
  private final TokenGate gate;
  private final ApiProxy proxy;
  private final IdempotencyKeys keys;
  private final JsonObject server;

  ApiRoutes(
      RouteTable table, TokenGate gate, ApiProxy proxy, IdempotencyKeys keys, JsonObject server) {
    this.table = table;
    this.gate = gate;
    this.proxy = proxy;
    this.keys = keys;
    this.server = server;
  }

  void mount(Router router) {
    router.get("/v1/server").respond(ctx -> Future.succeededFuture(server));
    router.route("/v1/*").handler(this::handle);
    router.get("/.well-known/jwks.json").handler(this::handle);
  }

  private void handle(RoutingContext ctx) {
    Entry entry = table.find(ctx.request().path()).orElse(null);
    if (entry == null) {
      ctx.fail(new ProblemException(Problem.notFound("resource", ctx.request().path())));
      return;
    }
    caller(ctx, entry).compose(caller -> answer(ctx, entry, caller)).onFailure(ctx::fail);
  }

  private Future<@Nullable Caller> caller(RoutingContext ctx, Entry entry) {
    if (!entry.open()) {
      return gate.caller(ctx.request()).map(caller -> caller);
    }
    // The refresh cookie is as good as a token: another site's page must not use it either.
    boolean browser = ctx.request().getHeader("Cookie") != null;
    boolean changes = !HttpMethod.GET.equals(ctx.request().method());
    return browser && changes && !TokenGate.isSameOrigin(ctx.request())
        ? Future.failedFuture(TokenGate.foreignOrigin())
        : Future.succeededFuture(null);
  }

  private Future<Void> answer(RoutingContext ctx, Entry entry, @Nullable Caller caller) {
    String path = ctx.request().path();
    String token = caller == null ? null : caller.token();
    boolean cookies = path.startsWith(AUTH);
    String key = ctx.request().getHeader("Idempotency-Key");
    if (key == null || !HttpMethod.POST.equals(ctx.request().method()) || !entry.keeps()) {
      return proxy
          .ask(ctx, entry.upstream(), token, cookies)
          .compose(response -> ApiProxy.answer(ctx, response));
    }
    if (!KEY.matcher(key).matches()) {
      throw new ProblemException(
          Problem.badRequest("Idempotency-Key", "must have 1 to 200 visible ASCII characters"));
    }
    String subject = Objects.requireNonNull(caller, "what is open keeps nothing")
        .principal()
        .subject()
        .toString();
    Buffer asked = Buffer.buffer(ctx.request().getHeader("If-Match") + "\n");
    if (ctx.body().buffer() != null) {
      asked.appendBuffer(ctx.body().buffer());
    }
    return keys.once(
            subject + "\nPOST\n" + ctx.request().uri(),
            key,
            asked,
            () -> proxy.ask(ctx, entry.upstream(), token, false))
        .compose(answer -> ApiProxy.answer(ctx, answer.status(), answer.headers(), answer.body()));
  }
}
