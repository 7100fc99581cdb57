package io.pacewire.identity;

import static java.lang.System.Logger.Level.WARNING;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Forgets what has run out: sign-ins, links, counts of wrong passwords. Twice is once. */
final class Expiry {
  private static final System.Logger LOG = System.getLogger(Expiry.class.getName());
  private static final long EVERY_MS = TimeUnit.MINUTES.toMillis(10);

  private final LoginRepository logins;
  private final LinkRepository links;
  private final LoginTryRepository tries;
  private final InstantSource clock;

  Expiry(Pool pool, InstantSource clock) {
    this.logins = new LoginRepository(pool);
    this.links = new LinkRepository(pool);
    this.tries = new LoginTryRepository(pool);
    this.clock = clock;
  }

  /** The timer ends with the verticle that starts it. */
  void start(Vertx vertx) {
    long unused = vertx.setPeriodic(
        EVERY_MS,
        due -> sweep()
            .onFailure(cause -> LOG.log(WARNING, "nothing forgotten: {0}", cause.getMessage())));
  }

  Future<Void> sweep() {
    long now = clock.millis();
    return Future.all(
            List.of(logins.deleteExpired(now), links.deleteExpired(now), tries.deleteExpired(now)))
        .mapEmpty();
  }
}
