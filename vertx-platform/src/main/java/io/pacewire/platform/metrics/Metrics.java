package io.pacewire.platform.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The counters of a process: one registry for all roles that share a Vert.x. */
public final class Metrics implements Shareable {
  private static final String PATH = "/metrics";
  private static final String NAME = "pacewire.metrics";
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry;
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private volatile MetricsAccess access = MetricsAccess.THIS_MACHINE;

  private Metrics() {
    registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    collections.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** Where roles of this Vert.x register what they count. */
  public static MeterRegistry of(Vertx vertx) {
    return shared(vertx).registry;
  }

  /** Who may read them, on every server of this Vert.x; otherwise this machine alone may. */
  public static void open(Vertx vertx, MetricsAccess access) {
    shared(vertx).access = access;
  }

  /** Answers {@code GET /metrics} in the text format of Prometheus, to whoever may read them. */
  public static void mount(Vertx vertx, Router router) {
    router.get(PATH).handler(ctx -> answer(vertx, ctx));
  }

  private static void answer(Vertx vertx, RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    boolean allowed = shared(vertx)
        .access
        .allows(
            String.valueOf(request.remoteAddress().hostAddress()),
            request.getHeader("Authorization"));
    if (!allowed) {
      ctx.fail(new ProblemException(Problem.unauthorized("metrics are not for everybody")));
      return;
    }
    vertx
        .executeBlocking(() -> shared(vertx).registry.scrape(), false)
        .compose(text -> ctx.response().putHeader("Content-Type", TEXT).end(text))
        .onFailure(ctx::fail);
  }

  private static Metrics shared(Vertx vertx) {
    LocalMap<String, Metrics> map = vertx.sharedData().getLocalMap(NAME);
    return map.computeIfAbsent(NAME, name -> new Metrics());
  }
}
