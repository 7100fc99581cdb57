package io.pacewire.training.imports;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of each file of an import. */
final class FileReportRepository {
  private static final String INSERT = """
      INSERT INTO import_file (import_id, number, name, outcome, reason, activities)
      SELECT $1, number, name, outcome, reason, activities
      FROM UNNEST($2::int[], $3::text[], $4::text[], $5::text[], $6::jsonb[])
        AS input (number, name, outcome, reason, activities)
      ON CONFLICT (import_id, number) DO NOTHING
      """;

  private static final String LIST_NUMBERS = "SELECT number FROM import_file WHERE import_id = $1";

  private static final String COUNT = """
      SELECT outcome, count(*) AS files FROM import_file WHERE import_id = $1 GROUP BY outcome
      """;

  private static final String LIST = """
      SELECT number, name, outcome, reason, activities FROM import_file
      WHERE import_id = $1 AND number >= $2 AND ($3::text IS NULL OR outcome = $3)
      ORDER BY number
      LIMIT $4
      """;

  private final SqlClient pool;

  FileReportRepository(SqlClient pool) {
    this.pool = pool;
  }

  Future<Void> insert(UUID importId, List<FileReport> reports) {
    if (reports.isEmpty()) {
      return Future.succeededFuture();
    }
    int size = reports.size();
    Integer[] numbers = new Integer[size];
    String[] names = new String[size];
    String[] outcomes = new String[size];
    String[] reasons = new String[size];
    JsonArray[] activities = new JsonArray[size];
    for (int i = 0; i < size; i++) {
      FileReport report = reports.get(i);
      numbers[i] = report.number;
      names[i] = report.name;
      outcomes[i] = report.outcome();
      reasons[i] = report.reason();
      activities[i] = report.activities();
    }
    return pool.preparedQuery(INSERT)
        .execute(Tuple.of(importId)
            .addValue(numbers)
            .addValue(names)
            .addValue(outcomes)
            .addValue(reasons)
            .addValue(activities))
        .mapEmpty();
  }

  /** Files that were settled before. */
  Future<BitSet> listNumbers(UUID importId) {
    return pool.preparedQuery(LIST_NUMBERS).execute(Tuple.of(importId)).map(rows -> {
      BitSet numbers = new BitSet();
      rows.forEach(row -> numbers.set(row.getInteger("number")));
      return numbers;
    });
  }

  /** How many files came to what. */
  Future<Map<String, Long>> count(UUID importId) {
    return pool.preparedQuery(COUNT).execute(Tuple.of(importId)).map(rows -> {
      Map<String, Long> counts = new LinkedHashMap<>();
      rows.forEach(row -> counts.put(row.getString("outcome"), row.getLong("files")));
      return counts;
    });
  }

  /** By number, from one on; as they are shown. */
  Future<List<JsonObject>> list(
      UUID importId, int fromNumber, @Nullable String outcome, int limit) {
    return pool.preparedQuery(LIST)
        .execute(Tuple.of(importId, fromNumber, outcome, limit))
        .map(rows -> {
          List<JsonObject> files = new ArrayList<>();
          rows.forEach(row -> {
            JsonObject file = new JsonObject()
                .put("number", row.getInteger("number"))
                .put("name", row.getString("name"))
                .put("outcome", row.getString("outcome"))
                .put("activities", row.get(JsonArray.class, "activities"));
            String reason = row.getString("reason");
            files.add(reason == null ? file : file.put("reason", reason));
          });
          return files;
        });
  }
}
