package io.pacewire.launcher;

import io.pacewire.stack.Endpoint;
import io.pacewire.stack.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;

/**
 * A database role and a schema for each context, made by the superuser of the embedded PostgreSQL. A
 * context owns its own schema and cannot see another's.
 */
public final class ContextDatabases {
  static final List<String> CONTEXTS = List.of("identity", "training", "inventory", "gamification");
  private static final int PASSWORD_BYTES = 24;

  /** Half of what the server has, so that no role takes all from the others. */
  static final int MOST_CONNECTIONS = 128;

  private ContextDatabases() {}

  public static Path passwordFile(Path secrets, String context) {
    return secrets.resolve("postgres-" + context + ".password");
  }

  /** Twice is once. */
  public static void ensure(Endpoint postgres, String database, Path secrets)
      throws SQLException, IOException {
    Path superuser = postgres.passwordFile();
    if (superuser == null) {
      throw new IOException("PostgreSQL's superuser has no password file");
    }
    String url = "jdbc:postgresql://" + postgres.address() + "/" + database;
    try (Connection connection = DriverManager.getConnection(
            url, postgres.user(), Files.readString(superuser).strip());
        Statement statement = connection.createStatement()) {
      for (String context : CONTEXTS) {
        for (String sql : statements(context, password(secrets, context), database)) {
          statement.execute(sql);
        }
      }
    }
  }

  /** Names are ours and passwords hexadecimal: nothing in these texts comes from outside. */
  private static List<String> statements(String context, String password, String database) {
    String role = "pw_" + context;
    return List.of(
        "DO $$ BEGIN CREATE ROLE " + role
            + " LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
        "ALTER ROLE " + role + " PASSWORD '" + password + "' CONNECTION LIMIT " + MOST_CONNECTIONS,
        "CREATE SCHEMA IF NOT EXISTS " + context + " AUTHORIZATION " + role,
        "REVOKE ALL ON SCHEMA " + context + " FROM PUBLIC",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "GRANT CONNECT ON DATABASE " + database + " TO " + role);
  }

  private static String password(Path secrets, String context) throws IOException {
    Path file = passwordFile(secrets, context);
    // An empty one was begun by a start that was killed in the middle of it.
    if (!Files.exists(file) || Files.readString(file).isBlank()) {
      byte[] random = new byte[PASSWORD_BYTES];
      new SecureRandom().nextBytes(random);
      PrivateFiles.write(file, HexFormat.of().formatHex(random));
    }
    return Files.readString(file).strip();
  }
}
