package io.pacewire.training;

import static java.lang.System.Logger.Level.WARNING;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/** What has to be done now and then, whoever trains: months made ahead, and old ones let go. */
final class Housekeeping {
  private static final System.Logger LOG = System.getLogger(Housekeeping.class.getName());
  private static final long INTERVAL_H = 6;

  private final Vertx vertx;
  private final Partitions partitions;
  private final Retention retention;
  private final Timescale timescale;
  private final int keepMonths;
  private final InstantSource clock;
  private long timer = -1;

  /** @param keepMonths so many before this one are kept, 0 for all */
  Housekeeping(Vertx vertx, Pool pool, int keepMonths, InstantSource clock) {
    this.vertx = vertx;
    this.partitions = new Partitions(vertx, pool);
    this.retention = new Retention(pool);
    this.timescale = new Timescale(pool);
    this.keepMonths = keepMonths;
    this.clock = clock;
  }

  /** Completes when this month can be written to; the rest goes on beside. */
  Future<Void> start() {
    timer = vertx.setPeriodic(
        TimeUnit.HOURS.toMillis(INTERVAL_H),
        due -> partitions.ahead(today()).compose(done -> letGo()).onFailure(this::later));
    return timescale
        .adopt()
        .compose(done -> partitions.ahead(today()))
        .onSuccess(done -> letGo().onFailure(this::later));
  }

  Future<Void> close() {
    boolean unused = vertx.cancelTimer(timer);
    return Future.succeededFuture();
  }

  private Future<Void> letGo() {
    return keepMonths == 0
        ? Future.succeededFuture()
        : retention.run(today().withDayOfMonth(1).minusMonths(keepMonths));
  }

  private void later(Throwable cause) {
    LOG.log(WARNING, "months wait for the next look: {0}", cause.getMessage());
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
