package io.pacewire.gateway;

import io.pacewire.gateway.ConsolePages.Asset;
import io.pacewire.gateway.ConsolePages.Page;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Pages for who is signed in, the way to sign in for who is not, and the files both need. */
final class ConsoleRoutes {
  private final ConsolePages pages;
  private final TokenGate gate;

  ConsoleRoutes(ConsolePages pages, TokenGate gate) {
    this.pages = pages;
    this.gate = gate;
  }

  void mount(Router router) {
    router.get("/assets/*").handler(this::asset);
    router.get().handler(this::page);
  }

  private void asset(RoutingContext ctx) {
    pages
        .asset(ctx.request().path().substring(1))
        .ifPresentOrElse(asset -> send(ctx, asset), () -> ctx.fail(notFound(ctx)));
  }

  private void page(RoutingContext ctx) {
    Page page = pages.page(ctx.request().path()).orElse(null);
    Asset asset = page == null ? null : pages.asset(page.file()).orElse(null);
    if (page == null || asset == null) {
      ctx.fail(notFound(ctx));
      return;
    }
    ctx.response().putHeader("Content-Security-Policy", pages.contentSecurityPolicy());
    if (page.open()) {
      send(ctx, asset);
      return;
    }
    gate.caller(ctx.request())
        .onSuccess(caller -> send(ctx, asset))
        .onFailure(cause -> signIn(ctx));
  }

  private static void signIn(RoutingContext ctx) {
    String next = URLEncoder.encode(ctx.request().uri(), StandardCharsets.UTF_8);
    ctx.response()
        .setStatusCode(302)
        .putHeader("Location", "/sign-in?next=" + next)
        .putHeader("Cache-Control", "no-store")
        .end()
        .onFailure(ctx::fail);
  }

  private static void send(RoutingContext ctx, Asset asset) {
    ctx.response()
        .putHeader("Content-Type", asset.type())
        .putHeader("ETag", asset.tag())
        .putHeader("Vary", "Accept-Encoding")
        .putHeader("Cache-Control", "no-cache"); // asked about each time, answered by the tag
    if (asset.tag().equals(ctx.request().getHeader("If-None-Match"))) {
      done(ctx, ctx.response().setStatusCode(304).end());
      return;
    }
    Buffer packed = asset.packed();
    String accepted = ctx.request().getHeader("Accept-Encoding");
    if (packed != null && accepted != null && accepted.contains("gzip")) {
      ctx.response().putHeader("Content-Encoding", "gzip");
      done(ctx, ctx.response().end(packed));
    } else {
      done(ctx, ctx.response().end(asset.plain()));
    }
  }

  private static void done(RoutingContext ctx, Future<Void> sent) {
    sent.onFailure(ctx::fail);
  }

  private static ProblemException notFound(RoutingContext ctx) {
    return new ProblemException(Problem.notFound("page", ctx.request().path()));
  }
}
