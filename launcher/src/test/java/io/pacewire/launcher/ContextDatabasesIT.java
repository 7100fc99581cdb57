package io.pacewire.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the roles of contexts may take of the embedded PostgreSQL. */
class ContextDatabasesIT {
  @TempDir
  Path folder;

  @Test
  void noRole_takesAllConnectionsFromTheOthers() throws Exception {
    try (TrainingServers servers = new TrainingServers(folder);
        Connection connection = servers.connect();
        Statement statement = connection.createStatement();
        ResultSet roles = statement.executeQuery(
            "SELECT rolname, rolconnlimit, current_setting('max_connections')::int AS server"
                + " FROM pg_roles WHERE rolname LIKE 'pw\\_%'")) {
      int count = 0;
      while (roles.next()) {
        count++;
        assertThat(roles.getInt("rolconnlimit"))
            .as(roles.getString("rolname"))
            .isPositive()
            .isLessThanOrEqualTo(roles.getInt("server") / 2);
      }
      assertThat(count).isEqualTo(ContextDatabases.CONTEXTS.size());
    }
  }
}
