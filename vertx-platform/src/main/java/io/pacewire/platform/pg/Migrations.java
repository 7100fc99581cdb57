package io.pacewire.platform.pg;

import static java.lang.System.Logger.Level.INFO;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.internal.exception.FlywaySqlException;

/** Brings a context's schema to the version this build wants, before the context opens. */
public final class Migrations {
  private static final System.Logger LOG = System.getLogger(Migrations.class.getName());
  private static final long RETRY_MS = 500;
  private static final int TRIES = 120;

  private Migrations() {}

  /** Runs {@code db/platform} and {@code db/SCHEMA}; waits a minute for a database that is away. */
  public static Future<Void> run(Vertx vertx, PgSettings settings) {
    return run(vertx, settings, TRIES);
  }

  private static Future<Void> run(Vertx vertx, PgSettings settings, int tries) {
    return vertx
        .<Void>executeBlocking(
            () -> {
              migrate(settings);
              return null;
            },
            false)
        .recover(cause -> {
          boolean away = cause instanceof FlywaySqlException && tries > 1;
          if (!away) {
            return Future.failedFuture(cause);
          }
          LOG.log(INFO, "{0} waits for PostgreSQL", settings.schema());
          return vertx
              .timer(RETRY_MS, TimeUnit.MILLISECONDS)
              .compose(due -> run(vertx, settings, tries - 1));
        });
  }

  private static void migrate(PgSettings settings) throws FlywayException {
    var unused = Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(settings.jdbcUrl(), settings.user(), settings.password())
        .schemas(settings.schema())
        .createSchemas(false)
        .table("schema_history")
        .locations("classpath:db/platform", "classpath:db/" + settings.schema())
        .connectRetries(0)
        .load()
        .migrate();
  }
}
