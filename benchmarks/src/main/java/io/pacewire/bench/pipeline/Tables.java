package io.pacewire.bench.pipeline;

import io.pacewire.stack.Endpoint;
import io.pacewire.stack.Endpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What the training role has stored, as a superuser sees it. */
final class Tables implements AutoCloseable {
  private static final String BYTES = """
      SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'training' AND c.relkind = 'r'
      """;

  private final Connection connection;

  Tables(Endpoint postgres) throws SQLException, IOException {
    Path password = postgres.passwordFile();
    if (password == null) {
      throw new IOException("PostgreSQL's superuser has no password file");
    }
    connection = DriverManager.getConnection(
        "jdbc:postgresql://" + postgres.address() + "/" + Endpoints.DATABASE
            + "?currentSchema=training",
        postgres.user(),
        Files.readString(password).strip());
  }

  long number(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      if (!found.next()) {
        throw new SQLException("nothing was found: " + query);
      }
      return found.getLong(1);
    }
  }

  long chunks() throws SQLException {
    return number("SELECT count(*) FROM chunk");
  }

  /** Of all tables, indexes and what is stored apart included. */
  long bytes() throws SQLException {
    return number(BYTES);
  }

  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean unused = statement.execute(sql);
    }
  }

  /** Forgets what was recorded: each row begins with empty tables. */
  void forget() throws SQLException {
    run("TRUNCATE chunk, sealed_chunk, session_head, checkpoint, skip");
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
