package io.pacewire.platform.stack;

import io.pacewire.platform.pg.Migrations;
import io.pacewire.platform.pg.PgSettings;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;

/** A context's schema, migrated, on the real PostgreSQL of the run; closed by who opened it. */
public record TestSchema(Vertx vertx, Pool pool) {

  /** @param context such as {@code training} */
  public static TestSchema open(String context) throws Exception {
    Vertx vertx = Vertx.vertx();
    PgSettings settings = RealServers.schema(context);
    Await.get(Migrations.run(vertx, settings));
    return new TestSchema(vertx, settings.pool(vertx));
  }

  public void close() throws Exception {
    Await.get(pool.close());
    Await.get(vertx.close());
  }
}
