package io.pacewire.training;

import io.pacewire.platform.pg.Migrations;
import io.pacewire.platform.pg.PgSettings;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** The schema of training on a real PostgreSQL, for the tests of one class. */
@ExtendWith(RealServers.class)
abstract class TrainingDatabase {
  static Vertx vertx;
  static Pool pool;

  @BeforeAll
  static void openDatabase() throws Exception {
    vertx = Vertx.vertx();
    PgSettings settings = RealServers.schema("training");
    Await.get(Migrations.run(vertx, settings));
    pool = settings.pool(vertx);
  }

  @AfterAll
  static void closeDatabase() throws Exception {
    Await.get(pool.close());
    Await.get(vertx.close());
  }
}
