package io.pacewire.training;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/** Makes the monthly partitions of the chunk table ahead of need. */
final class ChunkPartitions {
  private static final int MONTHS_AHEAD = 3;

  private ChunkPartitions() {}

  /** Twice is once: months that exist are left alone. */
  static Future<Void> ensure(SqlClient pool, LocalDate today) {
    LocalDate month = today.withDayOfMonth(1).minusMonths(1);
    Future<Void> made = Future.succeededFuture();
    for (int i = 0; i <= MONTHS_AHEAD; i++) {
      List<String> statements = statements(month.plusMonths(i));
      for (String statement : statements) {
        made = made.compose(done -> pool.query(statement).execute().mapEmpty());
      }
    }
    return made;
  }

  /** Dates only, made by us: no value from outside gets into the text. */
  private static List<String> statements(LocalDate month) {
    String name =
        String.format(Locale.ROOT, "chunk_%04d_%02d", month.getYear(), month.getMonthValue());
    return List.of("CREATE TABLE IF NOT EXISTS "
        + name
        + " PARTITION OF chunk FOR VALUES FROM ('"
        + month
        + "') TO ('"
        + month.plusMonths(1)
        + "')");
  }
}
