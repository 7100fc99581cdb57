package io.pacewire.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pacewire.platform.pg.PgSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.flywaydb.core.Flyway;

/**
 * All rows of a schema as SQL, and back. Tables are not dumped: the migrations up to the dump's make
 * them, and what the dump says of these is compared when later ones follow, so a migration that was
 * changed after it was shipped does not pass.
 */
final class SchemaDump {
  private static final String HISTORY = "schema_history";
  private static final String VERSION = "-- schema version ";

  private static final String TABLES = """
      SELECT relname FROM pg_class
      WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
        AND NOT relispartition
      ORDER BY relname
      """;

  private static final String PARTITIONS = """
      SELECT format('CREATE TABLE IF NOT EXISTS %I PARTITION OF %I %s;', part.relname, parent.relname,
        pg_get_expr(part.relpartbound, part.oid))
      FROM pg_inherits JOIN pg_class AS part ON part.oid = inhrelid
        JOIN pg_class AS parent ON parent.oid = inhparent
      WHERE parent.relkind = 'p' AND part.relkind = 'r'
        AND part.relnamespace = current_schema()::regnamespace
      ORDER BY part.relname
      """;

  private static final String COLUMNS = """
      SELECT string_agg(format('quote_nullable(%I::text)', attname), ', ' ORDER BY attnum)
      FROM pg_attribute
      WHERE attrelid = '%1$s'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
      """;

  private static final String NAMES = """
      SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum)
      FROM pg_attribute
      WHERE attrelid = '%1$s'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
      """;

  private static final String SEQUENCES = """
      SELECT format('SELECT setval(%L, %s);', sequencename, last_value)
      FROM pg_sequences WHERE schemaname = current_schema() AND last_value IS NOT NULL
      ORDER BY sequencename
      """;

  private SchemaDump() {}

  static byte[] of(PgSettings settings) throws SQLException, IOException {
    List<String> lines = new ArrayList<>();
    try (Connection connection = connect(settings);
        Statement statement = connection.createStatement()) {
      lines.add(VERSION
          + strings(
                  statement,
                  "SELECT version FROM schema_history WHERE version IS NOT NULL"
                      + " ORDER BY installed_rank DESC LIMIT 1")
              .get(0));
      lines.addAll(strings(statement, PARTITIONS));
      for (String table : strings(statement, TABLES)) {
        if (table.equals(HISTORY)) {
          lines.add("DELETE FROM schema_history;");
        }
        String names = strings(statement, NAMES.formatted(table)).get(0);
        String columns = strings(statement, COLUMNS.replace("%1$s", table)).get(0);
        lines.addAll(strings(
            statement,
            "SELECT 'INSERT INTO " + table + " (" + names
                + ") OVERRIDING SYSTEM VALUE VALUES (' || "
                + "concat_ws(', ', " + columns + ") || ');' AS row FROM " + table
                + " ORDER BY 1"));
      }
      lines.addAll(strings(statement, SEQUENCES));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream packed = new GZIPOutputStream(bytes)) {
      packed.write((String.join("\n", lines) + "\n").getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  /** Into an empty schema. */
  static void restore(byte[] dump, PgSettings settings) throws SQLException, IOException {
    String script;
    try (InputStream unpacked = new GZIPInputStream(new java.io.ByteArrayInputStream(dump))) {
      script = new String(unpacked.readAllBytes(), UTF_8);
    }
    String version = script.substring(VERSION.length(), script.indexOf('\n'));
    var unused = Flyway.configure(SchemaDump.class.getClassLoader())
        .dataSource(url(settings), settings.user(), settings.password())
        .schemas(settings.schema())
        .createSchemas(false)
        .table(HISTORY)
        .target(version)
        .locations("classpath:db/platform", "classpath:db/" + settings.schema())
        .load()
        .migrate();
    try (Connection connection = connect(settings);
        Statement statement = connection.createStatement()) {
      boolean done = statement.execute(script);
      if (done) {
        throw new IllegalStateException("the first statement of a dump gives no rows");
      }
    }
  }

  /** Of every table but the history, name and count. */
  static List<String> counts(PgSettings settings) throws SQLException {
    List<String> counts = new ArrayList<>();
    try (Connection connection = connect(settings);
        Statement statement = connection.createStatement()) {
      for (String table : strings(statement, TABLES)) {
        counts.add(table + " "
            + strings(
                    statement,
                    "SELECT count(*) || ' ' || coalesce(sum(hashtext(t::text)::bigint), 0) FROM "
                        + table + " AS t")
                .get(0));
      }
    }
    return counts;
  }

  private static List<String> strings(Statement statement, String query) throws SQLException {
    List<String> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  private static String url(PgSettings settings) {
    return "jdbc:postgresql://" + settings.address();
  }

  private static Connection connect(PgSettings settings) throws SQLException {
    return DriverManager.getConnection(
        url(settings) + "?currentSchema=" + settings.schema(),
        settings.user(),
        settings.password());
  }
}
