package io.pacewire.training;

import io.pacewire.platform.stack.RealServers;
import io.pacewire.platform.stack.TestSchema;
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
  private static TestSchema schema;

  @BeforeAll
  static void openDatabase() throws Exception {
    schema = TestSchema.open("training");
    vertx = schema.vertx();
    pool = schema.pool();
  }

  @AfterAll
  static void closeDatabase() throws Exception {
    schema.close();
  }
}
